import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import type { Model } from '../../../src/framework/models/model.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { nested, type NestedOptions, type WritePolicy } from '../../../src/framework/serializers/nested-field.js';
import { Serializer, type SerializerClass } from '../../../src/framework/serializers/serializer.js';
import { writeOf } from '../../../src/framework/serializers/writes/write-data.js';
import { models } from '../../../src/library/generated/models.js';
import { compile, read, refusal } from './compiling.js';

class Item extends ModelSerializer(models.readingListItem, { fields: ['id', 'book', 'position', 'note'] }) {}
class Keyless extends ModelSerializer(models.readingListItem, { fields: ['book', 'position'] }) {}
class Genre extends ModelSerializer(models.genre, { fields: ['id', 'name'] }) {}
class Author extends ModelSerializer(models.author, { fields: ['id', 'name'] }) {}
class Book extends ModelSerializer(models.book, { fields: ['id', 'title'] }) {}
class Plain extends Serializer {
  name = new CharField();
}

/** A serializer of a model with one nested field. */
function owner(model: Model, name: string, serializer: SerializerClass, options: NestedOptions): SerializerClass {
  return class Owner extends ModelSerializer(model, { fields: [] }) {
    constructor() {
      super();
      Object.assign(this, { [name]: nested(() => serializer, options) });
    }
  };
}

describe('a nested serializer is refused at boot', () => {
  it.each<[what: string, model: Model, name: string, serializer: SerializerClass, options: NestedOptions, message: string]>([
    [
      'where it is not said what a write does',
      models.readingList,
      'items',
      Item,
      { many: true },
      "Owner.items: the nested Item can be written to, and it is not said how. Set readOnly: true, or write: 'connect', 'create', 'update', 'replace' or 'append'.",
    ],
    [
      'where rows are to be found by a key that is not shown',
      models.readingList,
      'items',
      Keyless,
      { many: true, write: 'update' },
      "Owner.items: write: 'update' finds rows by their key, which Keyless does not show. Add 'id' to its fields.",
    ],
    [
      'where rows are to be named by a key that is not shown',
      models.readingListItem,
      'book',
      class Titled extends ModelSerializer(models.book, { fields: ['title'] }) {},
      { write: 'connect' },
      "Owner.book: write: 'connect' finds rows by their key, which Titled does not show. Add 'id' to its fields.",
    ],
    [
      'where rows cannot be let go of',
      models.readingList,
      'items',
      Item,
      { many: true, write: 'connect' },
      "Owner.items: a ReadingListItem cannot be without its readingList, so that write: 'connect' cannot let go of one. Use write: 'replace', which deletes it.",
    ],
    [
      'where it would delete rows that others refer to',
      models.book,
      'author',
      Author,
      { write: 'replace' },
      "Owner.author: other rows may refer to the same Author, which write: 'replace' would delete. Use 'connect', 'create', 'update' or 'append'.",
    ],
    [
      'where it is of another model',
      models.book,
      'author',
      Genre,
      { write: 'update' },
      'Owner.author: Genre is not of Author, whose rows it would write. Derive it from ModelSerializer(models.author, …), or set readOnly: true.',
    ],
    [
      'where it has no model',
      models.book,
      'author',
      Plain,
      { write: 'update' },
      'Owner.author: Plain is not of Author, whose rows it would write. Derive it from ModelSerializer(models.author, …), or set readOnly: true.',
    ],
    [
      'where it is one of many',
      models.book,
      'genres',
      Genre,
      { write: 'append', writeOnly: true },
      'Owner: Book.genres is a list of rows: set many: true.',
    ],
  ])('%s', (_what, model, name, serializer, options, message) => {
    expect(() => compile(owner(model, name, serializer, options))).toThrow(new ConfigurationError(message));
  });

  it('never where nothing is saved: its outer serializer has no model', async () => {
    class Outer extends Serializer {
      items = nested(() => Item, { many: true });
    }
    expect(await read(compile(Outer), { items: [{ book: 1, position: 0 }] })).toEqual({ items: [{ book: 1, position: 0 }] });
  });
});

const list = (write: WritePolicy) => compile(owner(models.readingList, 'items', Item, { many: true, write }));
const instance = { id: 7, ownerId: 1, name: 'L', items: [{ id: 1, readingListId: 7, bookId: 1, position: 0, note: '' }] };

describe('validated data of nested rows', () => {
  it('tells of which row each object is', async () => {
    const data = await read(
      list('replace'),
      {
        items: [
          { id: 1, note: 'x' },
          { book: 2, position: 1 },
        ],
      },
      { instance, partial: true },
    );
    expect(data).toEqual({
      items: [
        { id: 1, note: 'x' },
        { book: 2, position: 1 },
      ],
    });
    expect(writeOf(list('replace'), data as never).relations['items']).toEqual({
      kind: 'rows',
      others: 'remove',
      rows: [
        { key: { id: 1 }, write: { model: models.readingListItem, columns: { note: 'x' }, relations: {} } },
        { write: { model: models.readingListItem, columns: { bookId: 2, position: 1 }, relations: {} } },
      ],
    });
  });

  it('tells it of a form too, where an empty key is none', async () => {
    const form = new FormValues();
    for (const [name, value] of Object.entries({
      'items[0]id': '1',
      'items[0]note': 'x',
      'items[1]id': '',
      'items[1]book': '2',
      'items[1]position': '1',
    }))
      form.append(name, value);
    const data = await read(list('replace'), form, { instance, partial: true });
    expect(writeOf(list('replace'), data as never).relations['items']).toMatchObject({
      rows: [{ key: { id: 1 } }, { write: { columns: { bookId: 2 } } }],
    });
  });

  it('is a key where rows are connected', async () => {
    const connected = compile(owner(models.readingListItem, 'book', Book, { write: 'connect' }));
    const data = await read(connected, { book: { id: '3', title: 'not read' } });
    expect(data).toEqual({ book: 3 });
    expect(await read(connected, FormValues.of('book.id', '3'))).toEqual({ book: 3 });
    expect(await refusal(connected, FormValues.of('book.id', ''))).toEqual({ book: { id: ['This field is required.'] } });
    expect(writeOf(connected, data as never)).toEqual({ model: models.readingListItem, columns: { bookId: 3 }, relations: {} });
  });

  it('may have a key that the client chose, where the serializer takes one', async () => {
    class Chosen extends ModelSerializer(models.readingListItem, { fields: ['id', 'book', 'position'], extra: { id: { readOnly: false } } }) {}
    const chosen = compile(owner(models.readingList, 'items', Chosen, { many: true, write: 'append' }));
    const input = {
      items: [
        { id: 1, position: 3 },
        { id: 99, book: 1, position: 1 },
      ],
    };
    const data = (await read(chosen, input, { instance, partial: true })) as { items: object[] };
    expect(writeOf(chosen, { items: data.items.map((item) => ({ ...item, note: 'copied' })) }).relations['items']).toMatchObject({
      rows: [{ key: { id: 1 } }, { write: { columns: { id: 99, bookId: 1, position: 1, note: 'copied' } } }],
    });
  });

  it('gives hooks the row that is changed', async () => {
    const seen: unknown[] = [];
    class Seeing extends ModelSerializer(models.readingListItem, { fields: ['id', 'note'] }) {
      override validate(data: object, { instance: row, partial }: { instance?: object; partial: boolean }) {
        seen.push([(row as { position?: number } | undefined)?.position, partial]);
        return data;
      }
    }
    const compiled = compile(owner(models.readingList, 'items', Seeing, { many: true, write: 'append' }));
    await read(compiled, { items: [{ id: 1 }, { note: 'new' }] }, { instance, partial: true });
    expect(seen).toEqual([
      [0, true],
      [undefined, false],
    ]);
  });

  it('asks for what is beneath a row only where rows are found by key', () => {
    expect(list('create').currentTree).toBeUndefined();
    expect([...list('update').currentTree!.relations.keys()]).toEqual(['items']);
  });
});

describe('values of the application’s', () => {
  const sent = { items: [{ book: 2, position: 1, note: 'theirs' }] };
  const columns = (extra: object, data: object = sent) => {
    const { relations, ...write } = writeOf(list('append'), data as never, extra as never);
    const change = relations['items'] as { rows?: { write: { columns: object } }[] } | undefined;
    return [write.columns, change?.rows?.map((row) => row.write.columns)];
  };

  it.each<[what: string, extra: object, written: unknown]>([
    ['beside the client’s', { name: 'ours' }, [{ name: 'ours' }, [{ bookId: 2, position: 1, note: 'theirs' }]]],
    ['in every nested row', { items: { note: 'ours' } }, [{}, [{ bookId: 2, position: 1, note: 'ours' }]]],
    ['in place of the nested rows', { items: [{ book: 9, position: 9 }] }, [{}, [{ bookId: 9, position: 9 }]]],
    ['by the column where the client gave the relation', { ownerId: 5 }, [{ ownerId: 5 }, [{ bookId: 2, position: 1, note: 'theirs' }]]],
  ])('stand %s', (_what, extra, written) => {
    expect(columns(extra)).toEqual(written);
  });

  it('make no nested row that the client did not send', () => {
    expect(columns({ items: { note: 'ours' } }, {})).toEqual([{}, undefined]);
  });

  it.each<[string, object, string]>([
    ['the model', { ownr: 1 }, "ReadingList has no 'ownr' to write; it has id, ownerId, name, owner, items."],
    [
      'the nested model',
      { items: { nte: 1 } },
      "ReadingListItem has no 'nte' to write; it has id, readingListId, bookId, position, note, readingList, book.",
    ],
  ])('of a name that %s lacks are the developer’s mistake', (_what, extra, message) => {
    expect(() => columns(extra)).toThrow(new ConfigurationError(message));
  });
});

describe('a list of nested rows that is far too long', () => {
  it('is refused before any of them is read', async () => {
    const short = compile(owner(models.readingList, 'items', Item, { many: true, write: 'append', maxLength: 100 }));
    const input = { items: Array.from({ length: 10_001 }, () => null) };
    expect(await refusal(short, input)).toEqual({ items: { non_field_errors: ['Ensure this field has no more than 100 elements.'] } });
  });
});
