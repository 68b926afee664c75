import { describe, expect, it } from 'vitest';
import { constraintError } from '../../../src/framework/conflicts/constraint-error.js';
import { camelCase, snakeCase } from '../../../src/framework/settings/naming.js';
import { models } from '../../../src/library/generated/models.js';

const settings = { models, naming: snakeCase, nonFieldErrorsKey: 'non_field_errors' };
const violated = (constraint: object, modelName?: string) =>
  Object.assign(new Error('Unique constraint failed'), {
    code: 'P2002',
    meta: { modelName, driverAdapterError: { cause: { originalCode: '23505', kind: 'UniqueConstraintViolation', constraint } } },
  });

describe('a violated unique constraint', () => {
  it.each([
    ['one field by its index', violated({ index: 'book_isbn_key' }), { isbn: ['book with this isbn already exists.'] }],
    ['one field by its column', violated({ fields: ['isbn'] }, 'Book'), { isbn: ['book with this isbn already exists.'] }],
    [
      'a set by its index',
      violated({ index: 'book_author_id_title_key' }),
      { non_field_errors: ['The fields author, title must make a unique set.'] },
    ],
    [
      'a set by its columns',
      violated({ fields: ['reading_list_id', 'position'] }),
      { non_field_errors: ['The fields reading_list, position must make a unique set.'] },
    ],
    [
      'a column that several models have, of the one in the error',
      violated({ fields: ['name'] }, 'Genre'),
      { name: ['genre with this name already exists.'] },
    ],
    ['the same column of another model', violated({ fields: ['name'] }, 'Publisher'), { name: ['publisher with this name already exists.'] }],
  ])('names %s, as the check before would have (VAL-9)', (_what, error, body) => {
    const exception = constraintError(error, settings);
    expect([exception?.status, exception?.body(), exception?.cause]).toEqual([400, body, error]);
  });

  it('names fields as they are on the wire', () => {
    const error = violated({ index: 'reading_list_item_reading_list_id_position_key' });
    expect(constraintError(error, { ...settings, naming: camelCase })?.body()).toEqual({
      non_field_errors: ['The fields readingList, position must make a unique set.'],
    });
  });

  it.each([
    ['of a table that no model is of', violated({ index: 'audit_key' })],
    ['that is of something else', new Error('connection lost')],
    ['that is no error', 'P2002'],
  ])('leaves an error alone %s', (_what, error) => {
    expect(constraintError(error, settings)).toBeUndefined();
  });
});
