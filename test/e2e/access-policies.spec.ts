import { Controller, Get, Injectable, Module, Post, UseGuards } from '@nestjs/common';
import {
  AccessPolicy,
  Action,
  and,
  APIView,
  BulkModelViewSet,
  CurrentRequest,
  IsAuthenticated,
  ModelSerializer,
  ModelViewSet,
  not,
  View,
  ViewSet,
  type AccessStatement,
  type RestRequest,
} from 'nest-rest-framework';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { models, type Genre, type GenreModel } from '#library/generated/models.js';
import { openLibrary, type Library } from './library.js';

class GenreSerializer extends ModelSerializer(models.genre, { fields: ['id', 'name', 'slug'] }) {}

@Injectable()
class OpeningHours {
  isOpen = true;
}

@Injectable()
class GenrePolicy extends AccessPolicy<Genre> {
  constructor(private readonly hours: OpeningHours) {
    super();
  }

  override readonly message = 'The policy says no.';
  override readonly statements: readonly AccessStatement<Genre>[] = [
    { effect: 'allow', principal: '*', action: '<safe_methods>' },
    { effect: 'allow', principal: ['group:editors', 'id:3'], action: 'create', condition: async () => this.hours.isOpen },
    { effect: 'allow', principal: 'authenticated', action: ['update', 'partialUpdate'], objectCondition: (_request, { slug }) => slug === 'jazz' },
    { effect: 'allow', principal: 'staff', action: '<method:delete>' },
    { effect: 'allow', principal: 'admin', action: '*' },
    { effect: 'allow', principal: 'authenticated', action: 'rename', objectCondition: async (request, { id }) => request.user?.id === id },
    { effect: 'deny', principal: '*', action: 'destroy', objectCondition: (_request, { slug }) => slug === 'kept' },
    { effect: 'deny', principal: 'anonymous', action: 'retrieve', objectCondition: (_request, { slug }) => slug === 'kept' },
    { effect: 'deny', principal: '*', action: ['list', 'create'], condition: (request) => request.headers['x-closed'] !== undefined },
  ];
}

const genres = { model: models.genre, serializer: GenreSerializer, pagination: null } as const;

@ViewSet('policed', { ...genres, basename: 'policed', permissions: [GenrePolicy] })
class PolicedView extends ModelViewSet<GenreModel> {
  @Action({ detail: true, methods: ['POST'] })
  async rename(@CurrentRequest() request: RestRequest) {
    return { name: ((await this.getObject(request)) as Genre).name };
  }

  @Action({ detail: false, methods: ['POST'] })
  shuffle() {
    return {};
  }
}

class OwnJazz extends AccessPolicy<Genre> {
  override readonly statements: readonly AccessStatement<Genre>[] = [
    {
      effect: 'allow',
      principal: 'authenticated',
      action: ['bulkDestroy', 'partialBulkUpdate'],
      objectCondition: (_request, { slug }) => slug === 'jazz',
    },
  ];
}
@ViewSet('bulk', { ...genres, basename: 'bulk', permissions: [OwnJazz], maxBulkSize: 10 })
class BulkView extends BulkModelViewSet<GenreModel> {}

class Quiet extends AccessPolicy {
  override readonly statements: readonly AccessStatement[] = [{ effect: 'allow', principal: 'staff', action: '*' }];
}
@ViewSet('composed', { ...genres, basename: 'composed', permissions: [and(IsAuthenticated, not(Quiet))] })
class ComposedView extends ModelViewSet<GenreModel> {}

class PlainPolicy extends AccessPolicy {
  override readonly statements: readonly AccessStatement[] = [
    { effect: 'allow', principal: '*', action: 'get' },
    { effect: 'allow', principal: '*', action: '<method:POST>', objectCondition: () => true },
  ];
}
@View('plain-view', { permissions: [PlainPolicy] })
class PlainView extends APIView {
  get() {
    return {};
  }
  post() {
    return {};
  }
}

class WrittenPolicy extends AccessPolicy {
  override readonly statements: readonly AccessStatement[] = [
    { effect: 'allow', principal: 'staff', action: '<safe_methods>' },
    { effect: 'allow', principal: 'id:2', action: '<method:post>' },
  ];
}
@Controller('written')
@UseGuards(WrittenPolicy)
class WrittenController {
  @Get()
  read() {
    return 'read';
  }
  @Post()
  write() {
    return 'written';
  }
}

@Module({ providers: [OpeningHours], controllers: [PolicedView, BulkView, ComposedView, PlainView, WrittenController] })
class PolicyModule {}

const settings = { users: { model: models.user, isSuperuserField: 'isSuperuser' } } as const;
let library: Library;
const ids: Record<string, number> = {};
beforeAll(async () => {
  library = await openLibrary({ settings, imports: [PolicyModule] });
  await library.prisma.authGroup.create({ data: { name: 'editors', users: { connect: { username: 'alice' } } } });
});
afterAll(() => library.close());
beforeEach(async () => {
  library.app.get(OpeningHours).isOpen = true;
  await library.prisma.genre.deleteMany({ where: { slug: { in: ['jazz', 'kept', 'soul', 'other'] } } });
  for (const slug of ['jazz', 'kept', 'other']) ids[slug] = (await library.prisma.genre.create({ data: { name: slug, slug } })).id;
});

type Who = 'admin' | 'alice' | 'bob' | undefined;
const ask = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', url: string, as: Who, headers: Record<string, string> = {}) => {
  const at = url.replace(/:(\w+)/, (_all, slug: string) => String(ids[slug]));
  const json =
    method === 'POST'
      ? { name: 'Soul', slug: 'soul' }
      : method === 'PUT' || method === 'PATCH'
        ? { name: 'Other', slug: at.length > 0 ? 'soul' : '' }
        : undefined;
  const answer = await library.send(method, at, { ...(as && { as }), ...(json && { json }), headers });
  return answer;
};

describe('an access policy', () => {
  it.each<[string, Parameters<typeof ask>, number]>([
    ['anyone lists', ['GET', '/policed/', undefined], 200],
    ['anyone retrieves', ['GET', '/policed/:jazz/', undefined], 200],
    ['anyone asks for OPTIONS', ['OPTIONS', '/policed/', undefined], 200],
    ['a deny of an object', ['GET', '/policed/:kept/', undefined], 401],
    ['a deny of an object is of its principals alone', ['GET', '/policed/:kept/', 'bob'], 200],
    ['a deny with a condition, over an allow before it', ['GET', '/policed/', 'alice', { 'x-closed': '1' }], 403],
    ['a deny over an admin', ['GET', '/policed/', 'admin', { 'x-closed': '1' }], 403],
    ['nobody is anonymous and creates', ['POST', '/policed/', undefined], 401],
    ['a group creates', ['POST', '/policed/', 'alice'], 201],
    ['an id creates', ['POST', '/policed/', 'bob'], 201],
    ['an object condition, met', ['PATCH', '/policed/:jazz/', 'bob'], 200],
    ['an object condition, met by PUT', ['PUT', '/policed/:jazz/', 'alice'], 200],
    ['an object condition, not met', ['PATCH', '/policed/:other/', 'bob'], 403],
    ['an admin does everything', ['PATCH', '/policed/:other/', 'admin'], 200],
    ['a method of staff', ['DELETE', '/policed/:other/', 'admin'], 204],
    ['not of others', ['DELETE', '/policed/:other/', 'alice'], 403],
    ['a deny of an object over two allows', ['DELETE', '/policed/:kept/', 'admin'], 403],
    ['an asynchronous object condition', ['POST', '/policed/:jazz/rename/', 'alice'], 403],
    ['an action that no statement names', ['POST', '/policed/shuffle/', 'alice'], 403],
    ['the same for an admin', ['POST', '/policed/shuffle/', 'admin'], 200],
    ['a method that there is not, of who may nothing', ['PUT', '/policed/', 'alice'], 403],
    ['in a composition: staff may not', ['GET', '/composed/', 'admin'], 403],
    ['in a composition: others may', ['GET', '/composed/:jazz/', 'alice'], 200],
    ['a plain view’s method', ['GET', '/plain-view/', undefined], 200],
    ['an object condition where there is no object', ['POST', '/plain-view/', 'alice'], 403],
    ['as a guard', ['GET', '/written', 'admin'], 200],
    ['as a guard that denies', ['GET', '/written', 'alice'], 403],
    ['as a guard, another method', ['POST', '/written', 'alice'], 201],
  ])('%s', async (_what, request, status) => {
    expect((await ask(...request)).statusCode).toBe(status);
  });

  it('answers its message, and changes nothing', async () => {
    const answer = await ask('PATCH', '/policed/:other/', 'bob');
    expect(answer.json()).toEqual({ detail: 'The policy says no.' });
    expect(await library.prisma.genre.findUnique({ where: { slug: 'other' } })).not.toBeNull();
  });

  it('asks the providers that it takes', async () => {
    library.app.get(OpeningHours).isOpen = false;
    expect((await ask('POST', '/policed/', 'alice')).statusCode).toBe(403);
  });

  it('reads groups in one statement, where one is named', async () => {
    await ask('POST', '/policed/', 'alice');
    const groups = () => library.counter.statements.filter((sql) => sql.includes('auth_group')).length;
    library.counter.reset();
    await ask('POST', '/policed/', 'alice');
    expect(groups()).toBe(1);
    library.counter.reset();
    await ask('GET', '/policed/:jazz/', 'alice');
    expect(groups()).toBe(0);
  });
});

describe('an access policy of bulk writes', () => {
  it('asks about each object', async () => {
    const patch = (...slugs: string[]) =>
      library.send('PATCH', '/bulk/', { as: 'alice', json: slugs.map((slug) => ({ id: ids[slug], name: `New ${slug}` })) });
    expect((await patch('jazz')).statusCode).toBe(200);
    expect((await patch('jazz', 'other')).statusCode).toBe(403);
    expect(await library.prisma.genre.findMany({ where: { slug: 'other' } })).toMatchObject([{ name: 'other' }]);
    expect((await library.send('POST', '/bulk/', { as: 'alice', json: [] })).statusCode).toBe(403);
  });
});

describe('boot refuses', () => {
  const allow = { effect: 'allow', principal: '*', action: '*' } as const;
  it.each<[string, readonly AccessStatement[], string]>([
    [
      'a misspelt action',
      [allow, { ...allow, action: 'renam' }],
      'RefusedView: Policy.statements[1]: the view has no action renam. Did you mean rename?',
    ],
    ['admins that nobody can be', [{ ...allow, principal: 'admin' }], 'nobody is an admin, for the setting users names no isSuperuserField.'],
    ['a policy without a statement', [], 'Policy.statements is empty, so that nobody could do anything.'],
  ])('%s', async (_what, statements, message) => {
    class Policy extends AccessPolicy {
      override readonly statements = statements;
    }
    @ViewSet('refused', { basename: 'refused', permissions: [Policy] })
    class RefusedView extends PolicedView {}
    @Module({ controllers: [RefusedView] })
    class RefusedModule {}
    await expect(openLibrary({ imports: [RefusedModule] })).rejects.toThrow(message);
  });
});
