import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { char } from '../../../src/framework/fields/char-field.js';
import type { FieldContext } from '../../../src/framework/fields/field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { UniqueValidator, type UniqueOptions } from '../../../src/framework/validators/unique-validator.js';
import { models } from '../../../src/library/generated/models.js';
import { compile, read, refusal } from '../serializers/compiling.js';
import { asking, type Exists } from './placing.js';

const titled = (options: UniqueOptions<typeof models.book>) =>
  class TitleSerializer extends ModelSerializer(models.book, { fields: ['id'] }) {
    title = char({ validators: [new UniqueValidator(options)] });
  };

describe('UniqueValidator', () => {
  it.each<[string, UniqueOptions<typeof models.book>, Exists]>([
    ['the field’s own column', {}, { values: { title: 'Kindred' } }],
    ['another column', { field: 'isbn' }, { values: { isbn: 'Kindred' } }],
    ['but for case', { lookup: 'iexact' }, { values: { title: 'Kindred' }, compare: { title: 'iexact' } }],
    ['in some of the rows', { queryset: { inStock: true } }, { values: { title: 'Kindred' }, scope: { inStock: { equals: true } } as never }],
  ])('asks about %s', async (_what, options, expected) => {
    const { asked, lookups } = asking();
    await read(compile(titled(options)), { title: 'Kindred' }, { lookups });
    expect(asked).toEqual([expected]);
  });

  it.each<[string, UniqueOptions<typeof models.book>, string]>([
    ['DRF’s words', {}, 'This field must be unique.'],
    ['words of its own', { message: 'Taken.' }, 'Taken.'],
  ])('refuses in %s, under the code unique (VAL-1)', async (_what, options, message) => {
    const error = await read(compile(titled(options)), { title: 'Kindred' }, { lookups: asking(true).lookups }).catch((thrown: unknown) => thrown);
    expect((error as ValidationError).body()).toEqual({ title: [message] });
    expect((error as ValidationError).getCodes()).toEqual({ title: ['unique'] });
  });

  it('leaves the changed row out of its own table, and of no other', async () => {
    class Elsewhere extends ModelSerializer(models.book, { fields: [] as never[] }) {
      title = char({ validators: [new UniqueValidator({ model: models.genre, field: 'name' }), new UniqueValidator()] });
    }
    const { asked, lookups } = asking();
    await read(compile(Elsewhere), { title: 'Kindred' }, { lookups, instance: { id: 3, title: 'Dawn' } });
    expect(asked).toEqual([{ values: { name: 'Kindred' } }, { values: { title: 'Kindred' }, except: { id: 3 } }]);
  });

  it.each<[string, unknown, Partial<FieldContext>]>([
    ['null', { title: null }, {}],
    ['nothing', {}, { partial: true }],
    ['what the field refuses', { title: [] }, {}],
    ['what a validator refuses', { title: 'x'.repeat(300) }, {}],
  ])('asks nothing about %s', async (_what, input, context) => {
    class Nullable extends ModelSerializer(models.book, { fields: ['id'] }) {
      title = char({ allowNull: true, maxLength: 200, validators: [new UniqueValidator()] });
    }
    const { asked, lookups } = asking();
    await read(compile(Nullable), input, { lookups, ...context }).catch(() => {});
    expect(asked).toEqual([]);
  });

  it('stands in place of the one that a unique column has', async () => {
    class Isbn extends ModelSerializer(models.book, { fields: ['id'] }) {
      isbn = char({ validators: [new UniqueValidator({ message: 'That ISBN is here.' })] });
      other = char({ source: 'isbn', required: false, validators: [new UniqueValidator({ model: models.author, field: 'email' })] });
    }
    const { asked, lookups } = asking(true);
    expect(await refusal(compile(Isbn), { isbn: 'x', other: 'y' }, { lookups })).toEqual({
      isbn: ['That ISBN is here.'],
      other: ['This field must be unique.', 'book with this isbn already exists.'],
    });
    expect(asked.map(({ values }) => values)).toEqual([{ isbn: 'x' }, { isbn: 'y' }, { email: 'y' }]);
  });

  class Plain extends Serializer {
    title = char({ validators: [new UniqueValidator()] });
  }
  class Wrong extends ModelSerializer(models.book, { fields: ['id'] }) {
    nonsense = char({ validators: [new UniqueValidator()] });
  }
  class Numbers extends ModelSerializer(models.book, { fields: ['id'] }) {
    pages = integer({ validators: [new UniqueValidator({ lookup: 'iexact' })] });
  }
  class Whole extends ModelSerializer(models.book, { fields: ['title'] }) {
    override readonly validators = [new UniqueValidator()];
  }
  it.each([
    [Plain, 'Plain.title: UniqueValidator has no model to look in; name one: new UniqueValidator({ model: models.book, … }).'],
    [Wrong, 'Wrong.nonsense: UniqueValidator names nonsense, whose source nonsense is no column of Book.'],
    [Numbers, 'Numbers.pages: UniqueValidator compares pages by iexact, and only texts have case; leave lookup out.'],
    [Whole, "Whole: UniqueValidator is of one field; name it in the field's validators."],
  ])('is refused at boot where it cannot stand: %s', (serializer, message) => {
    expect(() => compile(serializer)).toThrow(message);
  });
});
