import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { models } from '../../../src/library/generated/models.js';
import { openLoginDatabase } from '../authentication/login-database.js';
import { granting } from './granting.js';

let login: Awaited<ReturnType<typeof openLoginDatabase>>;
let granted: ReturnType<typeof granting>;
beforeAll(async () => {
  login = await openLoginDatabase();
  granted = granting(login.database, models);
});
afterAll(() => login.close());
beforeEach(async () => {
  await login.client.$executeRawUnsafe('TRUNCATE auth_group, auth_permission, auth_object_permission RESTART IDENTITY CASCADE');
});

const held = async () => ({
  models: (await login.client.authPermission.findMany({ include: { users: true, groups: true }, orderBy: { id: 'asc' } })).flatMap(
    ({ codename, users, groups }) => [...users.map(({ username }) => `${username} ${codename}`), ...groups.map(({ name }) => `${name} ${codename}`)],
  ),
  objects: (await login.client.authObjectPermission.findMany({ include: { permission: true, user: true, group: true } }))
    .map(({ objectKey, permission, user, group }) => `${user?.username ?? group?.name} ${permission.codename} ${objectKey}`)
    .sort(),
});

describe('assigning a permission', () => {
  it('gives it to a user or a group, for a model or an object, once', async () => {
    const group = await login.client.authGroup.create({ data: { name: 'editors' } });
    for (const to of [{ user: login.alice }, { group }]) {
      for (let times = 0; times < 2; times++) {
        await granted.assignments.assignPerm('change_book', to);
        await granted.assignments.assignPerm('view_book', to, { id: 12 });
      }
    }
    expect(await held()).toEqual({
      models: ['alice change_book', 'editors change_book'],
      objects: ['alice view_book 12', 'editors view_book 12'],
    });
  });

  it('at the same moment gives it once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => granted.assignments.assignPerm('view_book', { user: login.alice }, { id: 12 })));
    expect((await held()).objects).toEqual(['alice view_book 12']);
    expect(await login.client.authPermission.count()).toBe(1);
  });

  it('writes the permission’s row in Django’s words', async () => {
    await granted.assignments.assignPerm('view_readinglist', { user: login.alice });
    expect(await login.client.authPermission.findMany()).toMatchObject([
      { codename: 'view_readinglist', model: 'ReadingList', name: 'Can view reading list' },
    ]);
  });

  it.each([
    ['a user without a key', { user: { id: undefined as never } }],
    ['a user with a key that none can have', { user: { id: 'alice' as never } }],
    ['a group without a key', { group: {} as never }],
  ])('to %s is refused', async (_what, to) => {
    await expect(granted.assignments.assignPerm('view_book', to)).rejects.toThrow("A permission's holder");
    await expect(granted.assignments.assignPerm('view_book', to, { id: 1 })).rejects.toThrow("A permission's holder");
    await expect(granted.assignments.removePerm('view_book', to, { id: 1 })).rejects.toThrow("A permission's holder");
  });

  it('for an object without a key is refused', async () => {
    await expect(granted.assignments.assignPerm('view_book', { user: login.alice }, {})).rejects.toThrow("Book: the row has no 'id', its key");
  });
});

describe('taking a permission back', () => {
  it('takes the one that was given, and no other', async () => {
    const group = await login.client.authGroup.create({ data: { name: 'editors' } });
    for (const to of [{ user: login.alice }, { user: login.carol }, { group }]) {
      await granted.assignments.assignPerm('change_book', to);
      for (const id of [1, 2]) await granted.assignments.assignPerm('change_book', to, { id });
      await granted.assignments.assignPerm('change_author', to, { id: 1 });
    }
    await granted.assignments.removePerm('change_book', { user: login.alice });
    await granted.assignments.removePerm('change_book', { user: login.alice }, { id: 1 });
    await granted.assignments.removePerm('change_book', { group }, { id: 2 });
    const { models: ofModels, objects } = await held();
    expect(ofModels).toEqual(['carol change_book', 'editors change_book']);
    expect(objects).toEqual([
      'alice change_author 1',
      'alice change_book 2',
      'carol change_author 1',
      'carol change_book 1',
      'carol change_book 2',
      'editors change_author 1',
      'editors change_book 1',
    ]);
  });

  it('that was not given is no error', async () => {
    await granted.assignments.removePerm('change_book', { user: login.alice });
    await granted.assignments.assignPerm('change_book', { user: login.carol });
    await granted.assignments.removePerm('change_book', { user: login.alice });
    await granted.assignments.removePerm('change_book', { user: login.alice }, { id: 1 });
    expect((await held()).models).toEqual(['carol change_book']);
  });

  it('of a row that is deleted takes everybody’s', async () => {
    await granted.assignments.assignPerm('change_book', { user: login.alice }, { id: 1 });
    await granted.assignments.assignPerm('view_book', { user: login.carol }, { id: 1 });
    await granted.assignments.assignPerm('view_book', { user: login.carol }, { id: 2 });
    await granted.assignments.assignPerm('view_author', { user: login.carol }, { id: 1 });
    await granted.assignments.removeObject(models.book, { id: 1 });
    expect((await held()).objects).toEqual(['carol view_author 1', 'carol view_book 2']);
  });
});

describe('sync', () => {
  it('writes a row for every permission there is, again and again', async () => {
    await granted.assignments.assignPerm('change_book', { user: login.alice });
    await granted.assignments.sync();
    await granted.assignments.sync();
    expect(await login.client.authPermission.count()).toBe(Object.keys(models).length * 4);
    expect((await held()).models).toEqual(['alice change_book']);
  });
});
