import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary, type Library } from './library.js';

describe('a long list of nested rows', () => {
  let library: Library;
  beforeAll(async () => {
    library = await openLibrary();
  });
  afterAll(() => library.close());

  const items = (length: number, book: (at: number) => number) => Array.from({ length }, (_one, position) => ({ book: book(position), position }));

  it('is saved', async () => {
    const answer = await library.send('POST', '/library/reading-lists/', {
      as: 'alice',
      json: { name: 'Everything', items: items(2000, (at) => (at % 2) + 1) },
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.json<{ items: unknown[] }>().items).toHaveLength(2000);
  });

  it('is refused item by item', async () => {
    const answer = await library.send('POST', '/library/reading-lists/', {
      as: 'alice',
      json: { name: 'Nothing', items: items(2000, (at) => (at === 1999 ? 999_999 : 1)) },
    });
    expect([answer.statusCode, answer.json()]).toEqual([400, { items: { 1999: { book: ['Invalid pk "999999" - object does not exist.'] } } }]);
  });
});
