import { describe, expect, it } from 'vitest';
import { rememberReading } from '../../../src/framework/plan/instances.js';
import type { RawRow, ReadTree } from '../../../src/framework/plan/read-plan.js';
import { holds } from '../../../src/framework/plan/read-tree.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import type { Sources } from '../../../src/framework/sources/sources.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import { count } from '../../../src/framework/relations/count-field.js';
import { representation } from '../../../src/framework/serializers/representation.js';
import { models } from '../../../src/library/generated/models.js';
import { compile } from './compiling.js';

class Author extends ModelSerializer(models.author, { fields: ['id', 'name'] }) {}
class AuthorName extends ModelSerializer(models.author, { fields: ['name'] }) {}
class Book extends ModelSerializer(models.book, { fields: ['id', 'title'] }) {}
class BookWithAuthor extends ModelSerializer(models.book, { fields: ['id', 'title'] }) {
  author = nested(() => Author, { readOnly: true });
}
class BookWithName extends ModelSerializer(models.book, { fields: ['title'] }) {
  author = nested(() => AuthorName, { readOnly: true });
}
class Counted extends ModelSerializer(models.book, { fields: ['id'] }) {
  reviewCount = count(models.book, 'reviews');
}
const treeOf = (serializer: Parameters<typeof compile>[0]) => compile(serializer).tree as ReadTree;

describe('what was read by one serializer’s tree', () => {
  it.each([
    ['holds the same', Book, Book, true],
    ['holds fewer columns', BookWithAuthor, Book, true],
    ['holds fewer columns of a relation', BookWithAuthor, BookWithName, true],
    ['lacks a column', BookWithName, Book, false],
    ['lacks a relation', Book, BookWithAuthor, false],
    ['lacks a column of a relation', BookWithName, BookWithAuthor, false],
    ['lacks a count', BookWithAuthor, Counted, false],
    ['is of another model', Author, Book, false],
  ])('%s', (_what, one, other, expected) => {
    expect(holds(treeOf(one), treeOf(other))).toBe(expected);
  });
});

describe('a row', () => {
  const request = { baseUrl: 'http://api' } as RestRequest;
  const asked: unknown[] = [];
  /** Sources that have one row, and note what they are asked for. */
  const holding = (row: RawRow | undefined) =>
    ({
      objects: (model: unknown) => ({ filter: (where: unknown) => ({ getOne: async (tree: ReadTree) => (asked.push([model, where, tree]), row) }) }),
    }) as unknown as Sources;

  it('that was read for its serializer is shown without a statement', async () => {
    asked.length = 0;
    const compiled = compile(Book);
    const row = { id: 1, title: 'Dune' } as unknown as RawRow;
    const instance = rememberReading({ id: 1, title: 'Dune' }, { row, tree: compiled.tree as ReadTree });
    expect(await representation(request, compiled, instance, holding(undefined))).toEqual({ id: 1, title: 'Dune' });
    expect(asked).toEqual([]);
  });

  it('that was not is read again by its key', async () => {
    asked.length = 0;
    const compiled = compile(BookWithAuthor);
    const row = { id: 1, title: 'Dune', author: { id: 2, name: 'H' } } as unknown as RawRow;
    expect(await representation(request, compiled, { id: 1, title: 'Old' }, holding(row))).toEqual(row);
    expect(asked).toEqual([[models.book, { id: 1 }, compiled.tree]]);
  });

  it('that is gone by then is null', async () => {
    expect(await representation(request, compile(Book), { id: 1 }, holding(undefined))).toBeNull();
  });

  it('of no model is shown as it is', async () => {
    class Plain extends Serializer {
      name = new CharField();
    }
    expect(await representation(request, compile(Plain), { name: 'x' }, holding(undefined))).toEqual({ name: 'x' });
  });
});
