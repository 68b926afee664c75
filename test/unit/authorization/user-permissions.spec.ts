import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { rememberModel } from '../../../src/framework/plan/instances.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { models } from '../../../src/library/generated/models.js';
import { openLoginDatabase } from '../authentication/login-database.js';
import { granting, userOf } from './granting.js';

type LoginDatabase = Awaited<ReturnType<typeof openLoginDatabase>>;

let login: LoginDatabase;
let granted: ReturnType<typeof granting>;
beforeAll(async () => {
  login = await openLoginDatabase();
  granted = granting(login.database, models, { Book: ['publish'] });
});
afterAll(() => login.close());
beforeEach(async () => {
  await login.client.$executeRawUnsafe('TRUNCATE auth_group, auth_permission, auth_object_permission RESTART IDENTITY CASCADE');
});

const ALICE = () => userOf(login.alice.id);
const book = (id: number) => ({ id });
const namesOf = (set: ReadonlySet<string>) => [...set].sort();
const editors = async (...users: { id: number }[]) =>
  login.client.authGroup.create({ data: { name: 'editors', users: { connect: users.map(({ id }) => ({ id })) } } });

describe('a permission for a model', () => {
  it('is had by the user and by the groups, once', async () => {
    const group = await editors(login.alice);
    await granted.assignments.assignPerm('add_book', { user: ALICE() });
    await granted.assignments.assignPerm('add_book', { group });
    await granted.assignments.assignPerm('change_book', { group });
    expect(namesOf(await granted.userPermissions.getAllPermissions(ALICE()))).toEqual(['add_book', 'change_book']);
    expect(await granted.userPermissions.hasPerm(ALICE(), 'change_book')).toBe(true);
    expect(await granted.userPermissions.hasPerms(ALICE(), ['add_book', 'delete_book'])).toBe(false);
    expect(await granted.userPermissions.hasPerm(userOf(login.carol.id), 'change_book')).toBe(false);
  });

  it.each([
    ['an anonymous client', () => null],
    ['an inactive user', () => userOf(login.alice.id, { isActive: false })],
    ['an inactive superuser', () => userOf(login.alice.id, { isActive: false, isSuperuser: true })],
    ['a key that no user can have', () => userOf('nobody')],
  ])('is not had by %s, who has all of none', async (_who, who) => {
    await granted.assignments.assignPerm('add_book', { user: ALICE() });
    expect(namesOf(await granted.userPermissions.getAllPermissions(who()))).toEqual([]);
    expect(await granted.userPermissions.hasPerm(who(), 'add_book')).toBe(false);
    expect(await granted.userPermissions.hasPerms(who(), [])).toBe(true);
  });

  it('is had by a superuser, without a look into the database', async () => {
    const root = userOf(99, { isSuperuser: true });
    const statements = await login.statementsOf(async () => {
      expect(await granted.userPermissions.hasPerms(root, ['add_book', 'publish_book'])).toBe(true);
      expect(await granted.userPermissions.hasPerm(root, 'delete_book', book(3))).toBe(true);
      expect((await granted.userPermissions.getAllPermissions(root)).has('view_loan')).toBe(true);
      expect(namesOf(await granted.userPermissions.getAllPermissions(root, book(3), models.book))).toEqual(
        ['add', 'change', 'delete', 'publish', 'view'].map((action) => `${action}_book`),
      );
    });
    expect(statements).toEqual([]);
    expect(await granted.userPermissions.hasPerm(userOf(99, { isSuperuser: 1 }), 'add_book')).toBe(false);
  });

  it('is read in one statement for a request, and anew for the next', async () => {
    await granted.assignments.assignPerm('add_book', { user: ALICE() });
    const request = { user: ALICE() } as RestRequest;
    const statements = await login.statementsOf(async () => {
      expect(await granted.userPermissions.of(request).hasPerms(['add_book'])).toBe(true);
      expect(await granted.userPermissions.of(request).hasPerm('change_book')).toBe(false);
    });
    expect(statements).toHaveLength(1);
    await granted.assignments.removePerm('add_book', { user: ALICE() });
    expect(await granted.userPermissions.of(request).hasPerm('add_book')).toBe(true);
    expect(await granted.userPermissions.of({ user: request.user } as RestRequest).hasPerm('add_book')).toBe(false);
  });

  it('is another user’s where the request’s has changed', async () => {
    await granted.assignments.assignPerm('add_book', { user: ALICE() });
    const request = { user: null } as RestRequest;
    expect(await granted.userPermissions.of(request).hasPerm('add_book')).toBe(false);
    request.user = ALICE();
    expect(await granted.userPermissions.of(request).hasPerm('add_book')).toBe(true);
  });

  it('is found by a key that came as text', async () => {
    await granted.assignments.assignPerm('add_book', { user: ALICE() });
    expect(await granted.userPermissions.hasPerm(userOf(String(login.alice.id)), 'add_book')).toBe(true);
  });

  it('that there is none of is a mistake', async () => {
    await expect(granted.userPermissions.hasPerm(ALICE(), 'ad_book')).rejects.toThrow('Did you mean add_book?');
    await expect(granted.assignments.assignPerm('ad_book', { user: ALICE() })).rejects.toThrow(ConfigurationError);
  });
});

describe('a permission for an object', () => {
  it('is had for that one, by the user or a group', async () => {
    const group = await editors(login.alice);
    await granted.assignments.assignPerm('change_book', { user: ALICE() }, book(1));
    await granted.assignments.assignPerm('delete_book', { group }, book(1));
    const checker = granted.userPermissions.for(ALICE());
    const statements = await login.statementsOf(async () => {
      expect(await checker.hasPerms(['change_book', 'delete_book'], book(1))).toBe(true);
      expect(await checker.hasPerm('view_book', book(1))).toBe(false);
    });
    expect(statements).toHaveLength(1);
    expect(await checker.hasPerm('change_book', book(2))).toBe(false);
    expect(await checker.hasPerm('change_book')).toBe(false);
    expect(namesOf(await checker.getAllPermissions(book(1), models.book))).toEqual(['change_book', 'delete_book']);
  });

  it('is none of another model’s row with the same key', async () => {
    await granted.assignments.assignPerm('change_book', { user: ALICE() }, book(1));
    expect(await granted.userPermissions.hasPerm(ALICE(), 'change_author', { id: 1 })).toBe(false);
    const author = rememberModel({ id: 1 }, models.author);
    await expect(granted.userPermissions.hasPerm(ALICE(), 'change_book', author)).rejects.toThrow('a permission for Book is asked of a Author');
  });

  it('is not given by one for the model, as in Django', async () => {
    await granted.assignments.assignPerm('change_book', { user: ALICE() });
    expect(await granted.userPermissions.hasPerm(ALICE(), 'change_book', book(1))).toBe(false);
  });

  it('is read for many objects in one statement', async () => {
    await granted.assignments.assignPerm('change_book', { user: ALICE() }, book(2));
    const checker = granted.userPermissions.for(ALICE());
    const statements = await login.statementsOf(async () => {
      await checker.prefetch([book(1), book(2), book(3)], models.book);
      expect(await Promise.all([1, 2, 3].map((id) => checker.hasPerm('change_book', book(id))))).toEqual([false, true, false]);
    });
    expect(statements).toHaveLength(1);
  });

  it('needs a row with a key of one column', async () => {
    await expect(granted.userPermissions.hasPerm(ALICE(), 'change_book', {})).rejects.toThrow("Book: the row has no 'id', its key");
    await expect(granted.userPermissions.getAllPermissions(ALICE(), {})).rejects.toThrow('nobody knows what model the object is of');
  });
});

describe('the rows that a user has a permission for', () => {
  const where = (user: Parameters<typeof granted.userPermissions.for>[0], options?: object) =>
    granted.userPermissions.for(user).objectsWith(models.book, 'view_book', options);

  it('are those with a permission of the user’s or a group’s', async () => {
    const group = await editors(login.alice);
    await granted.assignments.assignPerm('view_book', { user: ALICE() }, book(3));
    await granted.assignments.assignPerm('view_book', { group }, book(3));
    await granted.assignments.assignPerm('view_book', { group }, book(5));
    await granted.assignments.assignPerm('change_book', { user: ALICE() }, book(7));
    await granted.assignments.assignPerm('view_book', { user: login.carol }, book(9));
    const statements = await login.statementsOf(async () => {
      expect(await where(ALICE(), { acceptGlobalPerms: false })).toEqual({ id: { in: [3, 5] } });
    });
    expect(statements).toHaveLength(1);
  });

  it('are all of them for a superuser, and with a permission for the model where that counts', async () => {
    await granted.assignments.assignPerm('view_book', { user: ALICE() });
    expect(await where(userOf(99, { isSuperuser: true }))).toEqual({});
    expect(await where(ALICE())).toEqual({});
    expect(await where(ALICE(), { acceptGlobalPerms: false })).toEqual({ id: { in: [] } });
  });

  it('are none for an anonymous client', async () => {
    expect(await where(null)).toEqual({ OR: [] });
  });

  it('are no more than can be listed', async () => {
    for (const id of [1, 2, 3]) await granted.assignments.assignPerm('view_book', { user: ALICE() }, book(id));
    expect(await where(ALICE(), { maxObjects: 3 })).toEqual({ id: { in: [1, 2, 3] } });
    await expect(where(ALICE(), { maxObjects: 2 })).rejects.toThrow(
      'has view_book for more than 2 rows. Give Book a foreign key on AuthObjectPermission',
    );
  });

  it('are of the permission’s model', async () => {
    await expect(granted.userPermissions.for(ALICE()).objectsWith(models.author, 'view_book')).rejects.toThrow(
      'view_book is no permission for Author',
    );
  });
});
