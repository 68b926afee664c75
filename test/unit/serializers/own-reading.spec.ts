import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import type { FieldContext } from '../../../src/framework/fields/field.js';
import { IntegerField } from '../../../src/framework/fields/integer-field.js';
import type { Lookup } from '../../../src/framework/plan/lookup.js';
import type { RenderContext } from '../../../src/framework/serializers/compiled/compile-environment.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { models } from '../../../src/library/generated/models.js';
import { Temporal } from 'temporal-polyfill';
import { compile, everything, read, refusal } from './compiling.js';

class Trimmed extends Serializer {
  title = new CharField();
  pages = new IntegerField({ required: false });

  override async toInternalValue(data: unknown, context: FieldContext) {
    if (data === 'nothing') return { title: 'Nothing' };
    const { pages, ...rest } = await super.toInternalValue(typeof data === 'string' ? { title: data } : data, context);
    return { ...rest, long: (pages as number) > 500 };
  }

  override validate(data: Record<string, unknown>) {
    if (data['title'] === 'Bad') throw new ValidationError('Not this one.');
    return { ...data, checked: true };
  }
}
const trimmed = compile(Trimmed);

describe('a serializer with a toInternalValue of its own', () => {
  it.each<[string, unknown, unknown]>([
    ['changes what the fields have made', { title: 'Dune', pages: 612 }, { title: 'Dune', long: true, checked: true }],
    ['takes what no field takes', 'Dune', { title: 'Dune', long: false, checked: true }],
    ['may do without the fields', 'nothing', { title: 'Nothing', checked: true }],
  ])('%s', async (_what, input, data) => {
    expect(await read(trimmed, input)).toEqual(data);
  });

  it.each<[string, unknown, unknown]>([
    ['fields', { pages: 'x' }, { title: ['This field is required.'], pages: ['A valid integer is required.'] }],
    ['the whole', 'Bad', { non_field_errors: ['Not this one.'] }],
    ['what is no object', 7, { non_field_errors: ['Invalid data. Expected a dictionary, but got int.'] }],
  ])('tells of %s as any other', async (_what, input, body) => {
    expect(await refusal(trimmed, input)).toEqual(body);
  });

  it('may be synchronous', async () => {
    class Upper extends Serializer {
      override toInternalValue(data: unknown) {
        return { text: String(data).toUpperCase() };
      }
    }
    expect(await read(compile(Upper), 'x')).toEqual({ text: 'X' });
  });

  it('has its errors where it is nested', async () => {
    class Shelf extends Serializer {
      books = nested(() => Trimmed, { many: true });
    }
    expect(await read(compile(Shelf), { books: ['A', { title: 'B', pages: 501 }] })).toEqual({
      books: [
        { title: 'A', long: false, checked: true },
        { title: 'B', long: true, checked: true },
      ],
    });
    expect(await refusal(compile(Shelf), { books: ['A', 'Bad', { pages: 1 }] })).toEqual({
      books: { 1: { non_field_errors: ['Not this one.'] }, 2: { title: ['This field is required.'] } },
    });
  });

  it('asks the database with all the others, in one call', async () => {
    class Item extends ModelSerializer(models.readingListItem, { fields: ['book', 'position'] }) {
      override async toInternalValue(data: unknown, context: FieldContext) {
        return { ...(await super.toInternalValue(data, context)), note: 'read' };
      }
    }
    class List extends Serializer {
      first = nested(() => Item, { write: 'create' });
      items = nested(() => Item, { many: true, write: 'create' });
    }
    const asked: (readonly Lookup[])[] = [];
    const [one, two, three] = [1, 2, 3].map((book) => ({ book, position: book }));
    expect(
      await read(compile(List), { first: one, items: [two, three] }, { lookups: (lookups) => (asked.push(lookups), everything(lookups)) }),
    ).toEqual({
      first: { book: 1, position: 1, note: 'read' },
      items: [
        { book: 2, position: 2, note: 'read' },
        { book: 3, position: 3, note: 'read' },
      ],
    });
    expect(asked).toEqual([[{ kind: 'rows', model: models.book, field: 'id', values: [1, 2, 3] }]]);
  });

  it('is told where it loses the context', async () => {
    class Lost extends Serializer {
      override toInternalValue(data: unknown) {
        return super.toInternalValue(data, { partial: false });
      }
    }
    await expect(read(compile(Lost), {})).rejects.toThrow(
      new ConfigurationError('Lost.toInternalValue: super.toInternalValue was given another context; hand on the one that it is called with.'),
    );
  });

  it('is told where it was never compiled', () => {
    expect(() => new Trimmed().toRepresentation({}, { baseUrl: '' })).toThrow(
      new ConfigurationError('Trimmed was made by hand and is not compiled. Ask Serializers for it: serializers.of(Trimmed).'),
    );
  });
});

class Priced extends ModelSerializer(models.book, { fields: ['title', 'price', 'published'] }) {
  override toRepresentation(book: { title: string; published: Temporal.PlainDate | null }, context: RenderContext) {
    const shown = super.toRepresentation(book, context);
    return { ...shown, year: book.published?.year ?? null, at: context.baseUrl };
  }
}
const row = { title: 'Dune', price: '9.90', published: new Date('1965-08-01T00:00:00Z') } as never;
const shown = { title: 'Dune', price: '9.90', published: '1965-08-01', year: 1965, at: 'http://api' };

describe('a serializer with a toRepresentation of its own', () => {
  it('shows what it makes of the fields, and reads what they read', () => {
    const compiled = compile(Priced);
    expect(compiled.render(row, { baseUrl: 'http://api' })).toEqual(shown);
    expect([...compiled.tree!.columns].sort()).toEqual(['price', 'published', 'title']);
  });

  it('does so where it is nested, with its rows read', () => {
    class Author extends ModelSerializer(models.author, { fields: ['name'] }) {
      books = nested(() => Priced, { many: true, readOnly: true });
    }
    const compiled = compile(Author);
    expect(compiled.render({ name: 'Ann', books: [row] } as never, { baseUrl: 'http://api' })).toEqual({ name: 'Ann', books: [shown] });
    expect([...compiled.tree!.relations.get('books')!.tree.columns].sort()).toEqual(['price', 'published', 'title']);
  });

  it('is not called for a serializer that has none', () => {
    class Plain extends ModelSerializer(models.book, { fields: ['title'] }) {}
    expect(compile(Plain).showsByHand).toBe(false);
  });
});

describe('validators of the whole', () => {
  const no = (text: string) => () => {
    throw new ValidationError(text);
  };
  const seen: unknown[] = [];
  class Checked extends Serializer {
    a = new IntegerField();
    b = new IntegerField({ readOnly: true, default: 7 });
    override readonly validators = [
      (data: Record<string, unknown>) => void seen.push(data),
      async ({ a }: { a: number }) => {
        if (a === 1) throw new ValidationError('One.');
      },
      ({ a }: { a: number }) => {
        if (a === 1) throw new ValidationError(['Uno.', 'Un.']);
        if (a === 2) throw new ValidationError({ a: 'Two.' });
      },
    ];
    override validate(data: Record<string, unknown>) {
      seen.push('validate');
      return data;
    }
  }
  const checked = compile(Checked);

  it('see what read-only fields have by default, which is no part of the data (SER-31)', async () => {
    seen.length = 0;
    expect(await read(checked, { a: 3 })).toEqual({ a: 3 });
    expect(seen).toEqual([{ a: 3, b: 7 }, 'validate']);
  });

  it.each<[string, number, unknown]>([
    ['tell everything, and nothing comes after them', 1, { non_field_errors: ['One.', 'Uno.', 'Un.'] }],
    ['may tell of a field', 2, { a: ['Two.'] }],
  ])('%s (SER-8)', async (_what, a, body) => {
    seen.length = 0;
    expect(await refusal(checked, { a })).toEqual(body);
    expect(seen).not.toContain('validate');
  });

  it('are not asked while a field is wrong', async () => {
    class Never extends Serializer {
      a = new IntegerField();
      override readonly validators = [no('Never.')];
    }
    expect(await refusal(compile(Never), {})).toEqual({ a: ['This field is required.'] });
  });
});
