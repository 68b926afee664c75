import { Module } from '@nestjs/common';
import {
  AllowAny,
  BulkModelViewSet,
  Conflict,
  ModelSerializer,
  Permission,
  ServiceUnavailable,
  ViewSet,
  type RestRequest,
} from 'nest-rest-framework';
import { openApiDocument } from 'nest-rest-framework/openapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models, type AuthorModel, type ReadingListModel, type ReviewModel } from '#library/generated/models.js';
import { openLibrary, type Library } from './library.js';

class AuthorSerializer extends ModelSerializer(models.author, { fields: ['id', 'name', 'email'] }) {}
class ListSerializer extends ModelSerializer(models.readingList, { fields: ['id', 'name'] }) {}
class ReviewSerializer extends ModelSerializer(models.review, { fields: ['id', 'rating'] }) {}

const shared = { permissions: [AllowAny], atomicBulk: false };

@ViewSet('each-authors', { model: models.author, serializer: AuthorSerializer, basename: 'each-author', maxBulkSize: 60, ...shared })
class EachAuthorViewSet extends BulkModelViewSet<AuthorModel> {}

@ViewSet('each-lists', { model: models.readingList, serializer: ListSerializer, basename: 'each-list', maxBulkSize: 5, ...shared })
class EachListViewSet extends BulkModelViewSet<ReadingListModel> {
  override async performCreate(request: RestRequest, data: Record<string, unknown>) {
    const row = await super.performCreate(request, data, { owner: request.user?.id });
    if (data['name'] === 'refused') throw new Conflict('Not this one.');
    if (data['name'] === 'broken') throw new TypeError('Nobody expected this.');
    if (data['name'] === 'away') throw new ServiceUnavailable();
    return row;
  }
}

class IsOwner extends Permission {
  override hasObjectPermission(request: RestRequest, review: { userId: number }) {
    return review.userId === request.user?.id;
  }
}

@ViewSet('each-reviews', {
  model: models.review,
  serializer: ReviewSerializer,
  basename: 'each-review',
  permissions: [IsOwner],
  maxBulkSize: 5,
  atomicBulk: false,
})
class EachReviewViewSet extends BulkModelViewSet<ReviewModel> {}

@Module({ controllers: [EachAuthorViewSet, EachListViewSet, EachReviewViewSet] })
class EachModule {}

describe('a bulk write that is not atomic', () => {
  let library: Library;
  let run = 0;
  beforeAll(async () => {
    library = await openLibrary({ imports: [EachModule] });
  });
  afterAll(() => library?.close());

  const AT = '/each-authors/';
  const authors = (size: number) => {
    const mark = `each${++run}`;
    return Array.from({ length: size }, (_, at) => ({ name: `Author ${at}`, email: `${mark}-${at}@example.org` }));
  };
  const make = async (size: number) => {
    const answer = await library.send('POST', AT, { json: authors(size) });
    return (answer.json() as { data: { id: number; name: string; email: string } }[]).map(({ data }) => data);
  };
  const count = () => library.prisma.author.count();
  const pk = (value: unknown) => [`Invalid pk "${value}" - object does not exist.`];

  it('creates what nothing is against, and tells of each element in its place', async () => {
    const [first, second, third] = authors(3);
    const before = await count();
    const answer = await library.send('POST', AT, { json: [first, { ...second, email: 'no' }, third, null, 7] });
    expect([answer.statusCode, answer.json()]).toEqual([
      207,
      [
        { status: 201, data: { ...first, id: expect.any(Number) } },
        { status: 400, errors: { email: ['Enter a valid email address.'] } },
        { status: 201, data: { ...third, id: expect.any(Number) } },
        { status: 400, errors: ['This field may not be null.'] },
        { status: 400, errors: { non_field_errors: ['Invalid data. Expected a dictionary, but got int.'] } },
      ],
    ]);
    expect(await count()).toBe(before + 2);
  });

  it('answers one object as ever', async () => {
    const [one] = authors(1);
    const answer = await library.send('POST', AT, { json: one });
    expect([answer.statusCode, answer.json()]).toMatchObject([201, one!]);
  });

  it('writes nothing where every element is refused', async () => {
    const before = await count();
    const answer = await library.send('POST', AT, { json: [{}, { name: 'x' }] });
    expect([answer.statusCode, (answer.json() as { status: number }[]).map(({ status }) => status)]).toEqual([207, [400, 400]]);
    expect(await count()).toBe(before);
  });

  it.each([
    ['POST', [], 'This list may not be empty.'],
    ['DELETE', {}, 'Expected a list of items but got type "dict".'],
    ['PATCH', Array.from({ length: 61 }, () => ({})), 'Ensure this field has no more than 60 elements.'],
  ] as const)('refuses a list as a whole: %s', async (method, json, message) => {
    const answer = await library.send(method, AT, { json });
    expect([answer.statusCode, answer.json()]).toEqual([400, { non_field_errors: [message] }]);
  });

  it('changes the rows that are there', async () => {
    const [a, b] = await make(2);
    const answer = await library.send('PATCH', AT, {
      json: [{ id: a!.id, name: 'A' }, { id: 999_999, name: 'nobody' }, { name: 'no key' }, { id: b!.id, email: 'no' }, { id: b!.id, name: 'B' }],
    });
    expect([answer.statusCode, answer.json()]).toEqual([
      207,
      [
        { status: 200, data: { ...a, name: 'A' } },
        { status: 400, errors: { id: pk(999_999) } },
        { status: 400, errors: { id: ['This field is required.'] } },
        { status: 400, errors: { email: ['Enter a valid email address.'] } },
        { status: 400, errors: { id: ['This row is named more than once.'] } },
      ],
    ]);
  });

  it('saves one by one what the database refuses together', async () => {
    const [a, b] = await make(2);
    const protectedAuthor = await library.prisma.author.findFirstOrThrow({ where: { books: { some: {} } } });
    const answer = await library.send('DELETE', AT, { json: [a!.id, protectedAuthor.id, 999_999, b!.id] });
    expect([answer.statusCode, answer.json()]).toEqual([
      207,
      [{ status: 204 }, { status: 409, errors: { detail: 'Other rows refer to this one.' } }, { status: 400, errors: pk(999_999) }, { status: 204 }],
    ]);
    expect(await library.prisma.author.count({ where: { id: { in: [a!.id, b!.id, protectedAuthor.id] } } })).toBe(1);
  });

  it('keeps what was saved where a hook refuses another or breaks, and leaves nothing of those', async () => {
    const before = await library.prisma.readingList.count();
    const names = ['first', 'refused', 'last'];
    const answer = await library.send('POST', '/each-lists/', { as: 'alice', json: names.map((name) => ({ name })) });
    expect([answer.statusCode, answer.json()]).toEqual([
      207,
      [
        { status: 201, data: { id: expect.any(Number), name: 'first' } },
        { status: 409, errors: { detail: 'Not this one.' } },
        { status: 201, data: { id: expect.any(Number), name: 'last' } },
      ],
    ]);
    expect(await library.prisma.readingList.count()).toBe(before + 2);
    const late = await library.send('POST', '/each-lists/', { as: 'alice', json: [{ name: 'kept' }, { name: 'refused' }, { name: 'broken' }] });
    expect((late.json() as unknown[])[2]).toEqual({ status: 500, errors: { detail: 'A server error occurred.' } });
    expect(await library.prisma.readingList.count()).toBe(before + 3);
  });

  it.each([
    ['away', 503, 'The service is temporarily unavailable.'],
    ['broken', 500, 'A server error occurred.'],
  ])('fails as a whole where the server does: %s', async (name, status, detail) => {
    const before = await library.prisma.readingList.count();
    const answer = await library.send('POST', '/each-lists/', { as: 'alice', json: [{ name: 'first' }, { name }] });
    expect([answer.statusCode, answer.json()]).toEqual([status, { detail }]);
    expect(await library.prisma.readingList.count()).toBe(before);
  });

  it('is denied as a whole', async () => {
    const [own] = await library.prisma.review.findMany({ take: 1, where: { user: { username: 'alice' } } });
    const [foreign] = await library.prisma.review.findMany({ take: 1, where: { NOT: { userId: own!.userId } } });
    const answer = await library.send('DELETE', '/each-reviews/', { as: 'alice', json: [own!.id, foreign!.id] });
    expect(answer.statusCode).toBe(403);
    expect(await library.prisma.review.count({ where: { id: { in: [own!.id, foreign!.id] } } })).toBe(2);
  });

  it('needs as many statements for 50 elements as for 2, refused ones among them', async () => {
    const counts: number[] = [];
    for (const size of [2, 50]) {
      const statements = await library.counter.during(async () => {
        const answer = await library.send('POST', AT, { json: [...authors(size), { name: 'x', email: 'no' }] });
        expect(answer.json()).toHaveLength(size + 1);
      });
      counts.push(statements.length);
    }
    expect(counts).toEqual([3, 3]);
  });

  it('is described in the document', async () => {
    const { post, delete: remove } = (await openApiDocument(library.app, { title: 'Library', version: '1' })).paths[AT] as Record<string, any>;
    const results = (operation: any) => operation.responses[207].content['application/json'].schema;
    expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['201', '207', '400']));
    expect(results(post)).toMatchObject({
      type: 'array',
      items: { required: ['status'], properties: { status: { type: 'integer' }, data: { $ref: expect.any(String) } } },
    });
    expect(results(remove).items.properties).not.toHaveProperty('data');
    expect(remove.responses).not.toHaveProperty('204');
  });
});
