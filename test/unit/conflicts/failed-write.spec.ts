import { describe, expect, it } from 'vitest';
import { conflictError } from '../../../src/framework/conflicts/conflict-error.js';
import { attempted, failedWriteOf, inElement } from '../../../src/framework/conflicts/failed-write.js';
import { Conflict, ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { toWrite } from '../../../src/framework/services/to-write.js';
import { camelCase } from '../../../src/framework/settings/naming.js';
import { resolveSettings } from '../../../src/framework/settings/resolve-settings.js';
import { models } from '../../../src/library/generated/models.js';

const settings = resolveSettings({ authentication: [], permissions: [], models, naming: camelCase });
const violated = (originalCode: string, constraint: object, code = 'P2002') =>
  Object.assign(new Error('Constraint failed'), { code, meta: { driverAdapterError: { cause: { originalCode, constraint } } } });
const fails = (error: unknown) => async (): Promise<never> => {
  throw error;
};
const thrown = (run: () => Promise<unknown>) => run().catch((error: unknown) => error);

const list = toWrite(models.readingList, { name: 'a', owner: 2, items: [{ book: 1, position: 0 }] });

describe('a write of plain data that is refused', () => {
  it.each([
    [
      'a unique set',
      violated('23505', { index: 'reading_list_item_reading_list_id_position_key' }),
      { items: { 0: { nonFieldErrors: expect.any(Array) } } },
    ],
    ['of a table that it does not write to', violated('23505', { index: 'book_isbn_key' }), { isbn: ['book with this isbn already exists.'] }],
  ])('is told by the names of the model: %s', async (_what, error, body) => {
    const failed = await thrown(() => attempted({ rows: [{ write: list }], many: false }, fails(error)));
    expect(failed).toBe(error);
    expect(conflictError(failed, { ...settings, nonFieldErrorsKey: 'nonFieldErrors' })?.body()).toEqual(body);
  });

  it('tells no client of a foreign key that no field of its is of, and where the address is under it a 404', async () => {
    const error = violated('23503', { index: 'reading_list_owner_id_fkey' }, 'P2003');
    await thrown(() => attempted({ rows: [{ write: list }], many: false }, fails(error)));
    expect(conflictError(error, settings)?.body()).toEqual(['Object does not exist.']);
    expect(conflictError(error, settings, { owner: 2 })).toMatchObject({ status: 404 });
  });

  it('looks nothing up where it can be one row alone', async () => {
    const error = violated('23505', { index: 'reading_list_item_reading_list_id_position_key' });
    await thrown(() => attempted({ rows: [{ write: list }], many: false }, fails(error)));
    await failedWriteOf(error)!.investigate(undefined as never);
    expect(failedWriteOf(error)!.culprits).toHaveLength(1);
  });

  it('leaves other errors as they are', async () => {
    const error = new Error('connection lost');
    expect(await thrown(() => attempted({ rows: [{ write: list }], many: false }, fails(error)))).toBe(error);
    expect([failedWriteOf(error), conflictError(error, settings)]).toEqual([undefined, undefined]);
  });
});

describe('an element of a list', () => {
  it('gives its place to what is said of it, the outermost first', async () => {
    const invalid = await thrown(() => inElement(1, () => inElement(3, fails(new ValidationError({ isbn: ['No.'] })))));
    expect((invalid as ValidationError).body()).toEqual({ 1: { 3: { isbn: ['No.'] } } });
    const error = violated('23505', { index: 'book_isbn_key' });
    await thrown(() => inElement(1, () => inElement(3, fails(error))));
    expect(conflictError(error, settings)?.body()).toEqual({ 1: { 3: { isbn: ['book with this isbn already exists.'] } } });
  });

  it('leaves what is no message of a field', async () => {
    const error = new Conflict('Not this one.');
    expect(await thrown(() => inElement(1, fails(error)))).toBe(error);
  });
});
