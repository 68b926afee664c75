import { Module } from '@nestjs/common';
import {
  AllowAny,
  BulkModelViewSet,
  GenericViewSet,
  BulkDestroyMixin,
  Conflict,
  ModelSerializer,
  Permission,
  ViewSet,
  type RestRequest,
  type Where,
} from 'nest-rest-framework';
import { openApiDocument } from 'nest-rest-framework/openapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models, type AuthorModel, type ReadingListModel, type ReviewModel } from '#library/generated/models.js';
import { openLibrary, type Library } from './library.js';

class AuthorSerializer extends ModelSerializer(models.author, { fields: ['id', 'name', 'email', 'bio'] }) {}
class ListSerializer extends ModelSerializer(models.readingList, { fields: ['id', 'name'] }) {}
class ReviewSerializer extends ModelSerializer(models.review, { fields: ['id', 'rating'] }) {}

@ViewSet('bulk-authors', { model: models.author, serializer: AuthorSerializer, basename: 'bulk-author', permissions: [AllowAny], maxBulkSize: 60 })
class BulkAuthorViewSet extends BulkModelViewSet<AuthorModel> {}

@ViewSet('bulk-lists', { model: models.readingList, serializer: ListSerializer, basename: 'bulk-list', permissions: [AllowAny], maxBulkSize: 5 })
class BulkListViewSet extends BulkModelViewSet<ReadingListModel> {
  override getQueryset({ user }: RestRequest): Where<ReadingListModel> {
    return { ownerId: user?.id ?? 0 };
  }

  override performCreate(request: RestRequest, data: Record<string, unknown>) {
    if (data['name'] === 'refused') throw new Conflict('Not this one.');
    return super.performCreate(request, data, { owner: request.user?.id });
  }
}

class IsOwner extends Permission {
  override hasObjectPermission(request: RestRequest, review: { userId: number }) {
    return review.userId === request.user?.id;
  }
}

@ViewSet('bulk-reviews', { model: models.review, serializer: ReviewSerializer, basename: 'bulk-review', permissions: [IsOwner], maxBulkSize: 5 })
class BulkReviewViewSet extends BulkModelViewSet<ReviewModel> {}

@Module({ controllers: [BulkAuthorViewSet, BulkListViewSet, BulkReviewViewSet] })
class BulkModule {}

describe('bulk writes', () => {
  let library: Library;
  let run = 0;
  beforeAll(async () => {
    library = await openLibrary({ imports: [BulkModule] });
  });
  afterAll(() => library?.close());

  const AT = '/bulk-authors/';
  const authors = (size: number) => {
    const mark = `bulk${++run}`;
    return Array.from({ length: size }, (_, at) => ({ name: `Author ${at}`, email: `${mark}-${at}@example.org` }));
  };
  const make = async (size: number) =>
    (await library.send('POST', AT, { json: authors(size) })).json() as { id: number; name: string; email: string }[];
  const count = () => library.prisma.author.count();

  it('POST of a list creates all of them in their order; of an object, one', async () => {
    const made = await library.send('POST', AT, { json: authors(2) });
    expect([made.statusCode, made.json()]).toMatchObject([201, [{ name: 'Author 0', bio: '' }, { name: 'Author 1' }]]);
    const one = await library.send('POST', AT, { json: authors(1)[0] });
    expect([one.statusCode, one.json()]).toMatchObject([201, { name: 'Author 0' }]);
  });

  it('an error of one element is told by its index, and nothing is written', async () => {
    const [first, second, third] = authors(3);
    const before = await count();
    const answer = await library.send('POST', AT, { json: [first, { ...second, email: 'no' }, third] });
    expect([answer.statusCode, answer.json()]).toEqual([400, { 1: { email: ['Enter a valid email address.'] } }]);
    expect(await count()).toBe(before);
  });

  it('two elements with one unique value are rivals', async () => {
    const [first, second] = authors(2);
    const answer = await library.send('POST', AT, { json: [first, { ...second, email: first!.email }] });
    expect([answer.statusCode, answer.json()]).toEqual([400, { 1: { email: ['author with this email already exists.'] } }]);
  });

  it.each([
    ['POST', [], 'This list may not be empty.'],
    ['PUT', [], 'This list may not be empty.'],
    ['DELETE', [], 'This list may not be empty.'],
    ['DELETE', undefined, 'Expected a list of items but got type "dict".'],
    ['PATCH', { id: 1 }, 'Expected a list of items but got type "dict".'],
    ['PUT', 'text', 'Expected a list of items but got type "str".'],
    ['POST', 61, 'Ensure this field has no more than 60 elements.'],
    ['PATCH', 61, 'Ensure this field has no more than 60 elements.'],
    ['DELETE', 61, 'Ensure this field has no more than 60 elements.'],
  ] as const)('%s of %j is refused as a whole (61: so many elements)', async (method, given, message) => {
    const json = given === 61 ? Array(61).fill(method === 'DELETE' ? 1 : {}) : given;
    const before = await count();
    const answer = await library.send(method, AT, { json });
    expect([answer.statusCode, answer.json()]).toEqual([400, { non_field_errors: [message] }]);
    expect(await count()).toBe(before);
  });

  const dictionary = (got: string) => ({ non_field_errors: [`Invalid data. Expected a dictionary, but got ${got}.`] });
  it.each(['POST', 'PUT', 'PATCH'] as const)('%s of elements that are no objects tells so of each', async (method) => {
    const answer = await library.send(method, AT, { json: [null, 1, 'x', [], [[{}]], true] });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      {
        0: ['This field may not be null.'],
        1: dictionary('int'),
        2: dictionary('str'),
        3: dictionary('list'),
        4: dictionary('list'),
        5: dictionary('bool'),
      },
    ]);
  });

  it('PATCH changes what elements name, PUT asks for everything', async () => {
    const made = await make(2);
    const patched = await library.send('PATCH', AT, {
      json: [
        { id: made[1]!.id, bio: 'b' },
        { id: String(made[0]!.id), name: 'N' },
      ],
    });
    expect([patched.statusCode, patched.json()]).toEqual([
      200,
      [
        { ...made[1], bio: 'b' },
        { ...made[0], name: 'N' },
      ],
    ]);
    const put = await library.send('PUT', AT, { json: [{ id: made[0]!.id, name: 'M' }] });
    expect([put.statusCode, put.json()]).toEqual([400, { 0: { email: ['This field is required.'] } }]);
  });

  it('rows may exchange unique values', async () => {
    const [a, b] = await make(2);
    const answer = await library.send('PATCH', AT, {
      json: [
        { id: a!.id, email: b!.email },
        { id: b!.id, email: a!.email },
      ],
    });
    expect([answer.statusCode, answer.json()]).toMatchObject([200, [{ email: b!.email }, { email: a!.email }]]);
  });

  const pk = (value: unknown) => [`Invalid pk "${value}" - object does not exist.`];
  it('an element whose key is missing, unknown, malformed or named before is refused, and the others are not changed', async () => {
    const [made] = await make(1);
    const keys = [made!.id, undefined, null, 999999, made!.id, 'x', {}, '99999999999999999999', '\0'];
    const answer = await library.send('PATCH', AT, { json: keys.map((id) => ({ id, bio: 'changed' })) });
    const type = (name: string) => [`Incorrect type. Expected pk value, received ${name}.`];
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      {
        1: { id: ['This field is required.'] },
        2: { id: ['This field may not be null.'] },
        3: { id: pk(999999) },
        4: { id: ['This row is named more than once.'] },
        5: { id: type('str') },
        6: { id: type('dict') },
        7: { id: pk('99999999999999999999') },
        8: { id: type('str') },
      },
    ]);
    expect((await library.prisma.author.findUniqueOrThrow({ where: { id: made!.id } })).bio).toBe('');
  });

  it('DELETE of keys deletes their rows, or none of them', async () => {
    const [a, b] = await make(2);
    const refused = await library.send('DELETE', AT, { json: [a!.id, 999999, a!.id, null, [b!.id], { id: b!.id }] });
    expect([refused.statusCode, Object.keys(refused.json())]).toEqual([400, ['1', '2', '3', '4', '5']]);
    expect(await library.prisma.author.count({ where: { id: { in: [a!.id, b!.id] } } })).toBe(2);
    const done = await library.send('DELETE', AT, { json: [a!.id, b!.id] });
    expect([done.statusCode, done.body]).toEqual([204, '']);
    expect(await library.prisma.author.count({ where: { id: { in: [a!.id, b!.id] } } })).toBe(0);
  });

  it('rows outside of getQueryset do not exist, and an overridden performCreate makes each row, all or none', async () => {
    const mine = await library.send('POST', '/bulk-lists/', { as: 'alice', json: [{ name: 'a' }, { name: 'b' }] });
    const [a, b] = mine.json() as { id: number }[];
    expect(await library.prisma.readingList.findUniqueOrThrow({ where: { id: a!.id }, select: { owner: { select: { username: true } } } })).toEqual({
      owner: { username: 'alice' },
    });
    const other = await library.send('PATCH', '/bulk-lists/', { as: 'bob', json: [{ id: a!.id, name: 'stolen' }] });
    expect([other.statusCode, other.json()]).toEqual([400, { 0: { id: pk(a!.id) } }]);
    expect((await library.send('DELETE', '/bulk-lists/', { as: 'bob', json: [b!.id] })).json()).toEqual({ 0: pk(b!.id) });
    const before = await library.prisma.readingList.count();
    expect((await library.send('POST', '/bulk-lists/', { as: 'alice', json: [{ name: 'c' }, { name: 'refused' }] })).statusCode).toBe(409);
    expect(await library.prisma.readingList.count()).toBe(before);
  });

  it.each(['PATCH', 'DELETE'] as const)('%s asks object permissions of every row', async (method) => {
    const [review] = await library.prisma.review.findMany({ take: 1, where: { user: { username: 'alice' } } });
    const [foreign] = await library.prisma.review.findMany({ take: 1, where: { NOT: { userId: review!.userId } } });
    const named = (id: number) => (method === 'PATCH' ? { id, rating: 1 } : id);
    const refused = await library.send(method, '/bulk-reviews/', { as: 'alice', json: [named(review!.id), named(foreign!.id)] });
    expect(refused.statusCode).toBe(403);
    expect(await library.prisma.review.count({ where: { id: { in: [review!.id, foreign!.id] } } })).toBe(2);
    expect((await library.send(method, '/bulk-reviews/', { as: 'alice', json: [named(review!.id)] })).statusCode).toBe(
      method === 'PATCH' ? 200 : 204,
    );
  });

  it('needs as many statements for 50 elements as for 2', async () => {
    const counts: number[][] = [];
    for (const size of [2, 50]) {
      let made: { id: number; email: string }[] = [];
      const create = await library.counter.during(async () => {
        made = await make(size);
      });
      expect(made).toHaveLength(size);
      const json = made.map(({ id, email }) => ({ id, name: 'Changed', email: `new-${email}` }));
      const update = await library.counter.during(async () => {
        expect((await library.send('PUT', AT, { json })).statusCode).toBe(200);
      });
      const destroy = await library.counter.during(async () => {
        expect((await library.send('DELETE', AT, { json: made.map(({ id }) => id) })).statusCode).toBe(204);
      });
      counts.push([create.length, update.length, destroy.length]);
    }
    expect(counts[1]).toEqual(counts[0]);
    expect(counts[0]).toEqual([3, 4, 2]);
  });

  it('the list address allows the methods, and the document has their bodies', async () => {
    const options = await library.send('OPTIONS', AT);
    expect(options.headers['allow']).toBe('GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS');
    const { post, patch, delete: remove } = (await openApiDocument(library.app, { title: 'Library', version: '1' })).paths[AT] as Record<string, any>;
    const schemaOf = (operation: any) => operation.requestBody.content['application/json'].schema;
    expect(schemaOf(post)).toMatchObject({ oneOf: [{ $ref: expect.any(String) }, { type: 'array', minItems: 1, maxItems: 60 }] });
    expect(schemaOf(patch)).toMatchObject({ type: 'array', items: { allOf: [{}, { required: ['id'] }] } });
    expect(schemaOf(remove)).toEqual({ type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 60 });
    expect([post.operationId, patch.operationId]).toEqual(['createBulkAuthor', 'partialBulkUpdateBulkAuthors']);
  });

  it.each([undefined, 0, 1.5])('a viewset with a bulk action and maxBulkSize %s does not boot', async (maxBulkSize) => {
    class Endless extends BulkDestroyMixin(GenericViewSet<AuthorModel>) {}
    ViewSet('endless', { model: models.author, basename: 'endless', ...(maxBulkSize !== undefined && { maxBulkSize }) })(Endless);
    @Module({ controllers: [Endless] })
    class EndlessModule {}
    await expect(openLibrary({ imports: [EndlessModule] })).rejects.toThrow(`Endless: maxBulkSize is ${maxBulkSize}`);
  });
});
