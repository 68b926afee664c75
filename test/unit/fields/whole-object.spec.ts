import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { char } from '../../../src/framework/fields/char-field.js';
import { Field, type FieldOptions } from '../../../src/framework/fields/field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { writeOf } from '../../../src/framework/serializers/writes/write-data.js';
import { models } from '../../../src/library/generated/models.js';
import { compile, read, refusal } from '../serializers/compiling.js';

interface Place {
  readonly lat: number | null;
  readonly lon: number | null;
}

/** A field of two columns. */
class Coordinates extends Field<Place, Place> {
  constructor(options: FieldOptions = {}) {
    super({ source: '*', ...options }, { invalid: 'Write 1,2.', outside: 'Not on this planet.' });
  }

  override toInternalValue(value: unknown): Place {
    if (value === null) return { lat: null, lon: null };
    const [lat, lon] = typeof value === 'string' ? value.split(',').map(Number) : [];
    if (lat === undefined || lon === undefined || Number.isNaN(lat + lon)) this.fail('invalid');
    if (Math.abs(lat) > 90) this.fail('outside');
    return { lat, lon };
  }

  override toRepresentation({ lat, lon }: Place): string {
    return `${lat},${lon}`;
  }

  override describe() {
    return { type: 'string', schema: { type: 'string' } };
  }
}

class Stop extends Serializer {
  name = char();
  at = new Coordinates({ allowNull: true });
}

describe("a field of the whole object: source: '*' (SER-12, FLD-31)", () => {
  const stop = compile(Stop);

  it('is shown of the object', () => expect(stop.render({ name: 'A', lat: 1, lon: 2 } as never, { baseUrl: '' })).toEqual({ name: 'A', at: '1,2' }));

  it('puts what it answers into the data', async () => expect(await read(stop, { name: 'A', at: '1,2' })).toEqual({ name: 'A', lat: 1, lon: 2 }));

  it('says itself what null means', async () => expect(await read(stop, { name: 'A', at: null })).toEqual({ name: 'A', lat: null, lon: null }));

  it('refuses under its own name', async () => {
    expect(await refusal(stop, { name: 'A', at: 'x' })).toEqual({ at: ['Write 1,2.'] });
    expect(await refusal(stop, { name: 'A', at: '91,2' })).toEqual({ at: ['Not on this planet.'] });
    expect(await refusal(stop, { name: 'A' })).toEqual({ at: ['This field is required.'] });
  });

  it('may be left out of a partial update', async () => expect(await read(stop, { name: 'B' }, { partial: true })).toEqual({ name: 'B' }));
});

describe('a field of several columns of a row', () => {
  class Shelf extends Field {
    constructor(reads?: readonly string[]) {
      super({ source: '*', readOnly: true, ...(reads && { reads }) });
    }
    override toInternalValue(value: unknown) {
      return value;
    }
    override toRepresentation({ published, pages }: { published: Temporal.PlainDate; pages: number }) {
      return [published instanceof Temporal.PlainDate, pages];
    }
    override describe() {
      return { type: 'field', schema: {} };
    }
  }
  class Book extends ModelSerializer(models.book, { fields: ['id'] }) {
    shelf = new Shelf(['published', 'pages']);
  }

  it('has what it reads selected, with Temporal values for dates', () => {
    const compiled = compile(Book);
    expect([...(compiled.tree?.columns ?? [])].sort()).toEqual(['id', 'pages', 'published']);
    expect(compiled.render({ id: 1, published: new Date(0), pages: 7 } as never, { baseUrl: '' })).toEqual({ id: 1, shelf: [true, 7] });
  });

  it.each([
    [undefined, /Wrong: a Shelf has the source '\*' and does not say what it reads of Book; set reads/],
    [['titel'], /Wrong: Book has no field titel/],
  ])('stops the application where it does not say what it reads: %j', (reads, message) => {
    class Wrong extends ModelSerializer(models.book, { fields: ['id'] }) {
      shelf = new Shelf(reads);
    }
    expect(() => compile(Wrong)).toThrow(ConfigurationError);
    expect(() => compile(Wrong)).toThrow(message);
  });
});

describe('a nested serializer of the whole object', () => {
  class Size extends Serializer {
    pages = integer();
    isbn = char({ required: false });
    override validate(data: { pages: number }) {
      return { ...data, pages: data.pages + 1 };
    }
  }
  class Book extends ModelSerializer(models.book, { fields: ['id', 'title'] }) {
    size = nested(() => Size, { source: '*' });
  }
  class BookSize extends ModelSerializer(models.book, { fields: ['pages', 'isbn'] }) {}
  class Row extends ModelSerializer(models.book, { fields: ['id', 'title'] }) {
    size = nested(() => BookSize, { source: '*' });
  }

  it('shows some of a row’s own fields as an object of their own', () => {
    const compiled = compile(Row);
    expect([...(compiled.tree?.columns ?? [])].sort()).toEqual(['id', 'isbn', 'pages', 'title']);
    expect(compiled.render({ id: 1, title: 'T', pages: 7, isbn: '9' } as never, { baseUrl: '' })).toEqual({
      id: 1,
      title: 'T',
      size: { pages: 7, isbn: '9' },
    });
  });

  it('reads them into the data of the row, which is written as one', async () => {
    const data = (await read(compile(Row), { title: 'T', size: { pages: 7, isbn: '9780000000002' } })) as Record<string, unknown>;
    expect(data).toEqual({ title: 'T', pages: 7, isbn: '9780000000002' });
    expect(writeOf(compile(Row), data).columns).toEqual(data);
  });

  it('has hooks and messages of its own', async () => {
    expect(await read(compile(Book), { title: 'T', size: { pages: 7 } })).toEqual({ title: 'T', pages: 8 });
    expect(await refusal(compile(Book), { title: 'T', size: {} })).toEqual({ size: { pages: ['This field is required.'] } });
    expect(await refusal(compile(Book), { title: 'T', size: null })).toEqual({ size: ['This field may not be null.'] });
  });

  it('cannot be a list', () => expect(() => nested(() => Size, { source: '*', many: true })).toThrow(ConfigurationError));
});

describe('what a plain object lacks (SER-12)', () => {
  class Shown extends Serializer {
    plain = char();
    optional = char({ required: false });
    nullable = char({ required: false, allowNull: true });
    standing = char({ default: 'x' });
    made = char({ default: () => 'made' });
    shown = integer({ readOnly: true, default: 7 });
    part = nested(() => Part, { required: false });
    parts = nested(() => Part, { many: true, allowNull: true });
  }
  class Part extends Serializer {
    size = integer();
  }
  const compiled = compile(Shown);

  it('is the default, null where it is allowed, or left out', () =>
    expect(compiled.render({ plain: 'p' } as never, { baseUrl: '' })).toEqual({
      plain: 'p',
      nullable: null,
      standing: 'x',
      made: 'made',
      shown: 7,
      parts: null,
    }));

  it('is no null, which is shown', () =>
    expect(compiled.render({ plain: null, optional: null, standing: null, part: null, parts: null } as never, { baseUrl: '' })).toMatchObject({
      plain: null,
      optional: null,
      standing: null,
      part: null,
      parts: null,
    }));

  it('is a mistake of the application’s where the field is required', () =>
    expect(() => compiled.render({} as never, { baseUrl: '' })).toThrow(/^Shown\.plain: the object that is shown has no such value/));
});
