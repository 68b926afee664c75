import { Module } from '@nestjs/common';
import {
  AccessPolicy,
  AllowAny,
  and,
  APIKeys,
  HasAPIKey,
  IsAdminUser,
  IsAuthenticated,
  IsAuthenticatedOrReadOnly,
  IsAuthenticatedOrTokenHasScope,
  ModelPermissions,
  ModelPermissionsOrAnonReadOnly,
  ModelSerializer,
  ModelViewSet,
  not,
  ObjectPermissions,
  or,
  or404,
  Permission,
  PermissionAssignments,
  TokenHasReadWriteScope,
  TokenHasResourceScope,
  TokenHasScope,
  Users,
  ViewSet,
  type AccessStatement,
  type PermissionClass,
  type RequestUser,
  type RestRequest,
} from 'nest-rest-framework';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models, type Genre, type GenreModel } from '#library/generated/models.js';
import { checkObjectPermissions, checkPermissions } from '../../src/framework/permissions/check-permissions.js';
import type { PermissionLike } from '../../src/framework/permissions/permission-expression.js';
import { RestRequest as Request } from '../../src/framework/requests/rest-request.js';
import { PolicyInstances } from '../../src/framework/settings/policy-instances.js';
import type { Handler } from '../../src/framework/viewsets/handler.js';
import { openLibrary, type Library } from './library.js';

class OwnsJazz extends Permission {
  override hasObjectPermission({ user }: RestRequest, genre: Genre) {
    return user?.id === 2 && genre.slug === 'jazz';
  }
}
class JazzPolicy extends AccessPolicy<Genre> {
  override readonly statements: readonly AccessStatement<Genre>[] = [
    { effect: 'allow', principal: '*', action: '<safe_methods>' },
    { effect: 'allow', principal: 'group:editors', action: '<method:delete>' },
    { effect: 'allow', principal: 'authenticated', action: '<method:delete>', objectCondition: (_request, { slug }) => slug === 'jazz' },
    { effect: 'deny', principal: 'staff', action: '*', objectCondition: (_request, { slug }) => slug !== 'jazz' },
  ];
}
class Strict extends ObjectPermissions {
  override readonly permsMap = { ...ModelPermissions.permsMap, GET: ['view_{model}'] };
}

class GenreSerializer extends ModelSerializer(models.genre, { fields: ['id', 'name', 'slug'] }) {}
@ViewSet('genres-of-all', { model: models.genre, serializer: GenreSerializer, basename: 'all', permissions: [AllowAny] })
class GenresView extends ModelViewSet<GenreModel> {}
@Module({ controllers: [GenresView] })
class VerdictModule {}

/**
 * Who asks. `model` has the permissions for genres, `object` those for jazz alone and for the model too, `editor` is in a group; `reader` and `writer` have
 * tokens with scopes, `program` has an API key and is nobody.
 */
type Who = 'nobody' | 'user' | 'staff' | 'superuser' | 'model' | 'object' | 'editor' | 'reader' | 'writer' | 'program' | 'inactive';
const WHO: readonly Who[] = ['nobody', 'user', 'staff', 'superuser', 'model', 'object', 'editor', 'reader', 'writer', 'program', 'inactive'];

/** Allow, deny, no opinion: of GET and DELETE, then of them about jazz, then about blues. */
type Cell = `${string} ${string} ${string}`;
const EVERYBODY_READS = { nobody: 'ad -- --', program: 'ad -- --' } as const;

const TABLE: readonly [permission: PermissionClass, byDefault: Cell, others: Partial<Record<Who, Cell>>][] = [
  [AllowAny, 'aa -- --', {}],
  [IsAuthenticated, 'aa -- --', { nobody: 'dd -- --', program: 'dd -- --' }],
  [IsAuthenticatedOrReadOnly, 'aa -- --', EVERYBODY_READS],
  [IsAdminUser, 'dd -- --', { staff: 'aa -- --' }],
  [TokenHasScope.of('read'), 'dd -- --', { reader: 'aa -- --', writer: 'aa -- --' }],
  [TokenHasReadWriteScope, 'dd -- --', { reader: 'ad -- --', writer: 'aa -- --' }],
  [TokenHasResourceScope.of('genres'), 'dd -- --', { writer: 'da -- --' }],
  [IsAuthenticatedOrTokenHasScope.of('write'), 'aa -- --', { nobody: 'dd -- --', program: 'dd -- --', reader: 'dd -- --', writer: 'aa -- --' }],
  [HasAPIKey, 'dd -- --', { program: 'aa -- --' }],
  [ModelPermissions, 'ad -- --', { nobody: 'dd -- --', program: 'dd -- --', superuser: 'aa -- --', model: 'aa -- --', object: 'aa -- --' }],
  [ModelPermissionsOrAnonReadOnly, 'ad -- --', { superuser: 'aa -- --', model: 'aa -- --', object: 'aa -- --' }],
  [ObjectPermissions, 'ad ad ad', { nobody: 'dd ad ad', program: 'dd ad ad', superuser: 'aa aa aa', model: 'aa ad ad', object: 'aa aa ad' }],
  [Strict, 'dd dd dd', { superuser: 'aa aa aa', model: 'aa dd dd', object: 'aa aa dd' }],
  [JazzPolicy, 'a- aa ad', { nobody: 'ad ad ad', program: 'ad ad ad', editor: 'aa aa aa', staff: 'a- aa dd' }],
  [OwnsJazz, '-- dd dd', { user: '-- aa dd', reader: '-- aa dd', writer: '-- aa dd' }],
];

let library: Library;
let policies: PolicyInstances;
let handler: Handler;
let key: string;
const users: Partial<Record<Who, RequestUser>> = {};
const genres: Record<'jazz' | 'blues', Genre> = {} as never;

beforeAll(async () => {
  library = await openLibrary({ settings: { users: { model: models.user, isSuperuserField: 'isSuperuser' } }, imports: [VerdictModule] });
  const { prisma, app } = library;
  policies = app.get(PolicyInstances, { strict: false });
  const assignments = app.get(PermissionAssignments, { strict: false });
  for (const slug of ['jazz', 'blues'] as const) genres[slug] = (await prisma.genre.create({ data: { name: slug, slug } })) as Genre;
  await prisma.user.create({ data: { username: 'root', password: '!', isSuperuser: true, isActive: true } });
  for (const username of ['model', 'object', 'editor', 'inactive', 'staff']) {
    await prisma.user.create({ data: { username, password: '!', isStaff: username === 'staff' } });
  }
  const row = async (username: string) => prisma.user.findUniqueOrThrow({ where: { username } });
  await prisma.authGroup.create({ data: { name: 'editors', users: { connect: [{ username: 'editor' }] } } });
  for (const perm of ['view_genre', 'delete_genre']) {
    for (const name of ['model', 'object', 'inactive']) await assignments.assignPerm(perm, { user: await row(name) });
    await assignments.assignPerm(perm, { user: await row('object') }, genres.jazz);
  }
  await prisma.user.update({ where: { username: 'inactive' }, data: { isActive: false } });
  const find = async (username: string) => (await app.get(Users).findByUsername(username))!;
  for (const who of ['model', 'object', 'editor', 'inactive', 'staff'] as const) users[who] = await find(who);
  users.superuser = await find('root');
  users.user = users.reader = users.writer = await find('alice');
  [key] = await app.get(APIKeys, { strict: false }).create({ name: 'nightly' });
  handler = { ...(await captured()), permissions: [] };
});
afterAll(() => library.close());

/** The handler of a real route: what a request is matched with. */
async function captured(): Promise<Handler> {
  let found: Handler | undefined;
  const view = library.app.get(GenresView, { strict: false });
  const { getQueryset } = view;
  view.getQueryset = (request) => {
    found = request.handler;
    return getQueryset.call(view, request);
  };
  await library.send('GET', `/genres-of-all/${genres.jazz.id}/`);
  view.getQueryset = getQueryset;
  return found!;
}

function requestOf(who: Who, method: string): RestRequest {
  const raw = {
    method,
    url: '/genres-of-all/1/',
    headers: who === 'program' ? { authorization: `Api-Key ${key}` } : {},
    routeOptions: { config: { rest: handler } },
  };
  const request = Request.of(raw as never);
  request.user = users[who] ?? null;
  request.auth = who === 'reader' ? { scope: 'read' } : who === 'writer' ? { scope: 'read write genres:write' } : null;
  return request;
}

const make = async (permission: PermissionLike) => (await policies.permissions([permission]))[0]!;
const letter = (verdict: unknown) => (verdict === true ? 'a' : verdict === undefined ? '-' : 'd');

async function cell(permission: Permission, who: Who): Promise<string> {
  const [reading, deleting] = [requestOf(who, 'GET'), requestOf(who, 'DELETE')];
  const verdicts = [
    await permission.hasPermission(reading),
    await permission.hasPermission(deleting),
    ...(await Promise.all(
      [genres.jazz, genres.blues].flatMap((genre) => [
        permission.hasObjectPermission(reading, genre),
        permission.hasObjectPermission(deleting, genre),
      ]),
    )),
  ].map(letter);
  return [verdicts.slice(0, 2), verdicts.slice(2, 4), verdicts.slice(4)].map((two) => two.join('')).join(' ');
}

const expectedOf = ([, byDefault, others]: (typeof TABLE)[number], who: Who) => others[who] ?? byDefault;

describe.each(TABLE.map((row) => ({ row, name: row[0].name })))('$name', ({ row }) => {
  it.each(WHO)('of %s', async (who) => expect(await cell(await make(row[0]), who)).toBe(expectedOf(row, who)));
});

/** What a permission says of the request and one object together (a denied request is never asked about an object). */
const together = (ofRequest: string, ofObject: string) => (ofRequest === 'd' ? 'd' : ofObject === '-' ? ofRequest : ofObject);
const AND = (a: string, b: string) => (a === 'd' || b === 'd' ? 'd' : a === '-' || b === '-' ? '-' : 'a');
const OR = (a: string, b: string) => (a === 'a' || b === 'a' ? 'a' : a === '-' || b === '-' ? '-' : 'd');
const NOT = (a: string) => (a === 'a' ? 'd' : a === 'd' ? 'a' : '-');

/** A composition's cell, from the cells of its parts as the table has them. */
function composed(cells: readonly string[], combine: (...letters: string[]) => string): string {
  const [requests, ...objects] = [0, 3, 6].map((at) => cells.map((one) => one.slice(at, at + 2)));
  const view = [0, 1].map((method) => combine(...requests!.map((one) => one[method]!))).join('');
  const rows = objects.map((parts) =>
    [0, 1].map((method) => combine(...parts.map((part, index) => together(requests![index]![method]!, part[method]!)))).join(''),
  );
  return [view, ...rows].join(' ');
}

describe.each(TABLE.map((row) => ({ row, name: row[0].name })))('$name, composed', ({ row }) => {
  it.each(WHO)('with every other one, of %s', async (who) => {
    const mine = expectedOf(row, who);
    expect(await cell(await make(not(row[0])), who)).toBe(composed([mine], NOT));
    expect(await cell(await make(or404(row[0])), who)).toBe(composed([mine], (one) => one));
    for (const other of TABLE) {
      const name = `${row[0].name} and ${other[0].name}`;
      const cells = [mine, expectedOf(other, who)];
      expect([name, await cell(await make(and(row[0], other[0])), who)]).toEqual([name, composed(cells, AND)]);
      expect([name, await cell(await make(or(row[0], other[0])), who)]).toEqual([name, composed(cells, OR)]);
    }
  });
});

/** In a list the first that denies decides, of the request and then of the object. */
describe('two in a list', () => {
  it.each(WHO)('of %s', async (who) => {
    for (const first of TABLE) {
      for (const second of TABLE) {
        const permissions = await policies.permissions([first[0], second[0]]);
        const request = requestOf(who, 'DELETE');
        const passes = async (ask: () => unknown) => {
          try {
            await ask();
            return 'passes';
          } catch {
            return 'denied';
          }
        };
        const cells = [expectedOf(first, who), expectedOf(second, who)];
        const found = [
          await passes(() => checkPermissions(request, permissions, [])),
          await passes(() => checkObjectPermissions(request, permissions, genres.blues, [])),
        ];
        const expected = [1, 7].map((at) => (cells.some((one) => one[at] === 'd') ? 'denied' : 'passes'));
        expect([first[0].name, second[0].name, ...found]).toEqual([first[0].name, second[0].name, ...expected]);
      }
    }
  });
});
