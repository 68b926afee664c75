import { Controller, Get, Module, Post, UseGuards } from '@nestjs/common';
import {
  ApiRoot,
  APIView,
  BulkModelViewSet,
  IsAuthenticated,
  ModelPermissions,
  ModelPermissionsOrAnonReadOnly,
  ModelSerializer,
  ModelViewSet,
  ObjectPermissions,
  ObjectPermissionsFilter,
  or,
  OrderingFilter,
  Permission,
  PermissionAssignments,
  View,
  ViewSet,
  type RestRequest,
} from 'nest-rest-framework';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { models, type Genre, type GenreModel, type ReadingListModel } from '#library/generated/models.js';
import { openLibrary, type Library } from './library.js';

class GenreSerializer extends ModelSerializer(models.genre, { fields: ['id', 'name', 'slug'] }) {}
class ListSerializer extends ModelSerializer(models.readingList, { fields: ['id', 'name', 'owner'] }) {}

class Strict extends ObjectPermissions {
  override readonly permsMap = { ...ModelPermissions.permsMap, GET: ['view_{model}'] };
}
class ReadAndAdd extends ModelPermissions {
  override readonly permsMap = { GET: ['view_{model}'], OPTIONS: [], POST: ['add_{model}'] };
}
class IsJazz extends Permission {
  override hasObjectPermission(_request: RestRequest, genre: Genre) {
    return genre.slug === 'jazz';
  }
}

const genres = { model: models.genre, serializer: GenreSerializer, pagination: null, filterBackends: [OrderingFilter] } as const;

@ViewSet('model', { ...genres, basename: 'model', permissions: [ModelPermissions] })
class ModelView extends ModelViewSet<GenreModel> {}
@ViewSet('anon', { ...genres, basename: 'anon', permissions: [ModelPermissionsOrAnonReadOnly] })
class AnonView extends ModelViewSet<GenreModel> {}
@ViewSet('mapped', { ...genres, basename: 'mapped', permissions: [ReadAndAdd] })
class MappedView extends ModelViewSet<GenreModel> {}
@ViewSet('object', { ...genres, basename: 'object', permissions: [ObjectPermissions] })
class ObjectView extends ModelViewSet<GenreModel> {}
@ViewSet('strict', { ...genres, basename: 'strict', permissions: [Strict] })
class StrictView extends ModelViewSet<GenreModel> {}
@ViewSet('either', { ...genres, basename: 'either', permissions: [or(IsJazz, Strict)] })
class EitherView extends ModelViewSet<GenreModel> {}
@ViewSet('filtered', { ...genres, basename: 'filtered', permissions: [IsAuthenticated], filterBackends: [ObjectPermissionsFilter] })
class FilteredView extends ModelViewSet<GenreModel> {}
@ViewSet('bulk', { model: models.readingList, serializer: ListSerializer, basename: 'bulk', permissions: [ObjectPermissions], maxBulkSize: 50 })
class BulkView extends BulkModelViewSet<ReadingListModel> {}
@View('', { permissions: [ModelPermissions] })
class Root extends ApiRoot {}

@Controller('written')
class WrittenController {
  @Get()
  @UseGuards(ModelPermissions.of(models.genre))
  read() {
    return 'read';
  }
  @Post()
  @UseGuards(ModelPermissions.of(models.genre))
  write() {
    return 'written';
  }
}

@Module({ controllers: [ModelView, AnonView, MappedView, ObjectView, StrictView, EitherView, FilteredView, BulkView, Root, WrittenController] })
class PermissionsModule {}

let library: Library;
let assignments: PermissionAssignments;
let jazz: Genre;
let blues: Genre;
const settings = { users: { model: models.user, isSuperuserField: 'isSuperuser' } } as const;
const user = { alice: { user: { id: 2 } }, bob: { user: { id: 3 } }, carol: { user: { id: 4 } } } as const;

beforeAll(async () => {
  library = await openLibrary({ settings, imports: [PermissionsModule] });
  assignments = library.app.get(PermissionAssignments, { strict: false });
});
afterAll(() => library.close());

beforeEach(async () => {
  await library.prisma.$executeRawUnsafe('TRUNCATE auth_group, auth_permission, auth_object_permission CASCADE');
  await library.prisma.genre.deleteMany({ where: { slug: { in: ['jazz', 'blues', 'soul'] } } });
  jazz = (await library.prisma.genre.create({ data: { name: 'Jazz', slug: 'jazz' } })) as Genre;
  blues = (await library.prisma.genre.create({ data: { name: 'Blues', slug: 'blues' } })) as Genre;
});

const NO_GENRE = { detail: 'No Genre matches the given query.' };
const FORBIDDEN = { detail: 'You do not have permission to perform this action.' };
const SOUL = { name: 'Soul', slug: 'soul' };

const status = async (...request: Parameters<Library['send']>) => (await library.send(...request)).statusCode;
const answer = async (...request: Parameters<Library['send']>) => {
  const response = await library.send(...request);
  return [response.statusCode, response.json()];
};

describe('ModelPermissions', () => {
  it('lets who is signed in read, and change what the user’s permissions name', async () => {
    const at = `/model/${jazz.id}/`;
    expect(await status('GET', '/model/')).toBe(401);
    expect(await status('GET', '/model/', { as: 'bob' })).toBe(200);
    expect(await status('HEAD', '/model/', { as: 'bob' })).toBe(200);
    expect(await status('OPTIONS', at, { as: 'bob' })).toBe(200);
    expect(await answer('POST', '/model/', { as: 'bob', json: SOUL })).toEqual([403, FORBIDDEN]);
    await assignments.assignPerm('add_genre', user.bob);
    expect(await status('POST', '/model/', { as: 'bob', json: SOUL })).toBe(201);
    expect(await status('PATCH', at, { as: 'bob', json: { name: 'Jazz!' } })).toBe(403);
    await assignments.assignPerm('change_genre', user.bob);
    expect(await status('PATCH', at, { as: 'bob', json: { name: 'Jazz!' } })).toBe(200);
    expect(await status('PUT', at, { as: 'bob', json: { name: 'Jazz', slug: 'jazz' } })).toBe(200);
    expect(await status('DELETE', at, { as: 'bob' })).toBe(403);
    await assignments.assignPerm('delete_genre', user.bob);
    expect(await status('DELETE', at, { as: 'bob' })).toBe(204);
  });

  it('counts the permissions of groups, and a superuser’s are all', async () => {
    const group = await library.prisma.authGroup.create({ data: { name: 'staff', users: { connect: { id: 3 } } } });
    await assignments.assignPerm('add_genre', { group });
    expect(await status('POST', '/model/', { as: 'bob', json: SOUL })).toBe(201);
    expect(await status('DELETE', `/model/${jazz.id}/`, { as: 'admin' })).toBe(204);
  });

  it('reads a user’s permissions in one statement', async () => {
    await assignments.assignPerm('add_genre', user.bob);
    const with_ = await library.counter.during(() => library.send('POST', '/model/', { as: 'bob', json: { name: '' } }));
    const without = await library.counter.during(() => library.send('GET', '/model/', { as: 'bob' }));
    expect([with_.length, without.length]).toEqual([2, 2]);
    expect(with_.filter((sql) => sql.includes('auth_permission'))).toHaveLength(1);
    expect(without.filter((sql) => sql.includes('auth_permission'))).toHaveLength(0);
  });

  it('ModelPermissionsOrAnonReadOnly lets anonymous clients read', async () => {
    expect(await status('GET', '/anon/')).toBe(200);
    expect(await status('POST', '/anon/', { json: SOUL })).toBe(401);
    expect(await status('POST', '/anon/', { as: 'bob', json: SOUL })).toBe(403);
  });

  it('answers 405 where its map lacks the method, to who is signed in, and asks of a HEAD what it asks of a GET', async () => {
    const at = `/mapped/${jazz.id}/`;
    expect(await status('DELETE', at)).toBe(401);
    expect(await answer('DELETE', at, { as: 'bob' })).toEqual([405, { detail: 'Method "DELETE" not allowed.' }]);
    expect([await status('GET', at, { as: 'bob' }), await status('HEAD', at, { as: 'bob' })]).toEqual([403, 403]);
    await assignments.assignPerm('view_genre', user.bob);
    expect([await status('GET', at, { as: 'bob' }), await status('HEAD', at, { as: 'bob' })]).toEqual([200, 200]);
  });

  it('lets who is signed in see the root of the API', async () => {
    expect([await status('GET', '/'), await status('GET', '/', { as: 'bob' })]).toEqual([401, 200]);
  });

  it('guards a hand-written controller for a model that is named', async () => {
    expect([await status('GET', '/written'), await status('GET', '/written', { as: 'bob' })]).toEqual([401, 200]);
    expect(await status('POST', '/written', { as: 'bob' })).toBe(403);
    await assignments.assignPerm('add_genre', user.bob);
    expect(await status('POST', '/written', { as: 'bob' })).toBe(201);
  });
});

describe('ObjectPermissions', () => {
  const change = (where: string, genre: Genre, as?: 'admin' | 'alice' | 'bob') =>
    answer('PATCH', `/${where}/${genre.id}/`, { json: { name: `${genre.name}!` }, ...(as && { as }) });

  it('wants the permission for the model, and the one for the object', async () => {
    expect(await change('object', jazz, 'bob')).toEqual([403, FORBIDDEN]);
    await assignments.assignPerm('change_genre', user.bob, jazz);
    expect(await change('object', jazz, 'bob')).toEqual([403, FORBIDDEN]);
    await assignments.assignPerm('change_genre', user.bob);
    expect((await change('object', jazz, 'bob'))[0]).toBe(200);
    expect(await change('object', blues, 'bob')).toEqual([403, FORBIDDEN]);
    expect((await change('object', blues, 'admin'))[0]).toBe(200);
  });

  it('counts a group’s permission for the object', async () => {
    const group = await library.prisma.authGroup.create({ data: { name: 'staff', users: { connect: { id: 3 } } } });
    await assignments.assignPerm('change_genre', user.bob);
    await assignments.assignPerm('change_genre', { group }, blues);
    expect([(await change('object', blues, 'bob'))[0], (await change('object', jazz, 'bob'))[0]]).toEqual([200, 403]);
  });

  it('answers who may not read an object as if it were not there, and who may read it that it may not be changed', async () => {
    for (const perm of ['view_genre', 'change_genre']) await assignments.assignPerm(perm, user.bob);
    expect(await answer('GET', `/strict/${jazz.id}/`, { as: 'bob' })).toEqual([404, NO_GENRE]);
    expect(await answer('GET', '/strict/0/', { as: 'bob' })).toEqual([404, NO_GENRE]);
    expect(await change('strict', jazz, 'bob')).toEqual([404, NO_GENRE]);
    await assignments.assignPerm('view_genre', user.bob, jazz);
    expect(await status('GET', `/strict/${jazz.id}/`, { as: 'bob' })).toBe(200);
    expect(await change('strict', jazz, 'bob')).toEqual([403, FORBIDDEN]);
    await assignments.assignPerm('change_genre', user.bob, jazz);
    expect((await change('strict', jazz, 'bob'))[0]).toBe(200);
  });

  it('composes: another permission may let pass what it hides', async () => {
    for (const perm of ['view_genre', 'change_genre']) await assignments.assignPerm(perm, user.bob);
    expect((await change('either', jazz, 'bob'))[0]).toBe(200);
    expect(await change('either', blues, 'bob')).toEqual([404, NO_GENRE]);
  });

  it('reads the permissions for all objects of a bulk write in one statement', async () => {
    await assignments.assignPerm('change_readinglist', user.alice);
    const patch = async (count: number) => {
      const lists = await library.prisma.readingList.createManyAndReturn({
        data: Array.from({ length: count }, (_, at) => ({ name: `l${at}`, ownerId: 2 })),
      });
      for (const list of lists) await assignments.assignPerm('change_readinglist', user.alice, list);
      let code = 0;
      const json = lists.map(({ id }) => ({ id, name: 'renamed' }));
      const statements = await library.counter.during(async () => (code = await status('PATCH', '/bulk/', { as: 'alice', json })));
      expect(code).toBe(200);
      return statements.length;
    };
    expect(await patch(20)).toBe(await patch(2));
    const foreign = await library.prisma.readingList.create({ data: { name: 'other', ownerId: 3 } });
    expect(await status('PATCH', '/bulk/', { as: 'alice', json: [{ id: foreign.id, name: 'stolen' }] })).toBe(403);
  });
});

describe('ObjectPermissionsFilter', () => {
  const slugs = async (as: 'admin' | 'alice' | 'bob' | undefined) =>
    (await library.send('GET', '/filtered/', { ...(as && { as }) })).json().map(({ slug }: Genre) => slug);

  it('leaves the rows that the user may view, in lists and details', async () => {
    expect(await slugs('bob')).toEqual([]);
    await assignments.assignPerm('view_genre', user.bob, jazz);
    await assignments.assignPerm('view_genre', user.alice, blues);
    expect(await slugs('bob')).toEqual(['jazz']);
    expect(await slugs('alice')).toEqual(['blues']);
    expect((await slugs('admin')).length).toBeGreaterThan(2);
    expect(await status('GET', `/filtered/${jazz.id}/`, { as: 'bob' })).toBe(200);
    expect(await answer('GET', `/filtered/${blues.id}/`, { as: 'bob' })).toEqual([404, NO_GENRE]);
    expect(await answer('DELETE', `/filtered/${blues.id}/`, { as: 'bob' })).toEqual([404, NO_GENRE]);
  });

  it('costs one statement, however many rows', async () => {
    const cost = async () => (await library.counter.during(() => library.send('GET', '/filtered/', { as: 'bob' }))).length;
    await assignments.assignPerm('view_genre', user.bob, jazz);
    const few = await cost();
    for (const genre of await library.prisma.genre.findMany()) await assignments.assignPerm('view_genre', user.bob, genre);
    expect([few, await cost()]).toEqual([3, 3]);
  });
});

describe('a view does not boot', () => {
  class Misspelt extends ModelPermissions {
    override readonly permsMap = { ...ModelPermissions.permsMap, GET: ['viw_{model}'] };
  }
  class MisspeltFilter extends ObjectPermissionsFilter {
    override readonly perm = 'see_{model}';
  }
  @View('plain', { permissions: [or(IsAuthenticated, ModelPermissions)] })
  class PlainView extends APIView {
    get() {
      return {};
    }
  }
  @ViewSet('misspelt', { ...genres, basename: 'misspelt', permissions: [Misspelt] })
  class MisspeltView extends ModelViewSet<GenreModel> {}
  @ViewSet('misspelt-filter', { ...genres, basename: 'misspelt-filter', filterBackends: [MisspeltFilter] })
  class MisspeltFilterView extends ModelViewSet<GenreModel> {}

  it.each([
    ['without a model', PlainView, 'PlainView: ModelPermissions decides by the model of the view, and there is none.'],
    [
      'with a permission that there is none of',
      MisspeltView,
      'MisspeltView: Misspelt.permsMap.GET: there is no permission viw_genre. Did you mean view_genre?',
    ],
    ['with a filter by one', MisspeltFilterView, 'MisspeltFilterView: MisspeltFilter.perm: there is no permission see_genre. Did you mean'],
  ])('%s', async (_what, view, message) => {
    @Module({ controllers: [view] })
    class Broken {}
    await expect(openLibrary({ settings, imports: [Broken] })).rejects.toThrow(message);
  });
});
