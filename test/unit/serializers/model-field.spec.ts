import { describe, expect, it } from 'vitest';
import { char } from '../../../src/framework/fields/char-field.js';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { modelField } from '../../../src/framework/serializers/model-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { models } from '../../../src/library/generated/models.js';
import { compile, everything, nothing, read, refusal } from './compiling.js';

class StocktakingSerializer extends Serializer {
  isbn = modelField(models.book, 'isbn');
  language = modelField(models.book, 'language', { required: true, label: 'Tongue' });
  publisher = modelField(models.book, 'publisher');
  createdAt = modelField(models.book, 'createdAt');
  shelf = char({ maxLength: 3 });
}
const serializer = compile(StocktakingSerializer);
const valid = { isbn: '9780000000001', language: 'fr', shelf: 'C7' };

describe('a model’s field in a serializer of no model', () => {
  it('reads what the column takes, without asking whether it is unique', async () => {
    expect(await read(serializer, valid, { lookups: nothing })).toEqual(valid);
    expect(await read(serializer, { ...valid, publisher: null, created_at: 'x' }, { lookups: nothing })).toEqual({ ...valid, publisher: null });
  });

  it('refuses what the column does not take', async () => {
    expect(await refusal(serializer, { isbn: '1', language: 'xx', publisher: 'x', shelf: 'long' }, { lookups: everything })).toMatchObject({
      isbn: [expect.any(String)],
      language: ['"xx" is not a valid choice.'],
      publisher: ['Incorrect type. Expected pk value, received str.'],
    });
    expect(await refusal(serializer, {}, { lookups: everything })).toEqual({
      isbn: ['This field is required.'],
      language: ['This field is required.'],
      shelf: ['This field is required.'],
    });
    expect(await refusal(serializer, { ...valid, publisher: 7 }, { lookups: nothing })).toEqual({
      publisher: ['Invalid pk "7" - object does not exist.'],
    });
  });

  it('has the options over those of the model', () => {
    const { language, createdAt } = new StocktakingSerializer();
    expect(language.options).toMatchObject({ required: true, label: 'Tongue' });
    expect(createdAt.options).toMatchObject({ readOnly: true });
  });

  it('is one that the model has', () => {
    const unknown = () => modelField(models.book, 'isnb' as never);
    expect(unknown).toThrow(ConfigurationError);
    expect(unknown).toThrow('modelField(Book, "isnb"): there is no such field. Did you mean isbn?');
    expect(() => modelField(models.book, 'toString' as never)).toThrow('there is no such field.');
  });
});
