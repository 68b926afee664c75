import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { toWrite } from '../../../src/framework/services/to-write.js';
import { models } from '../../../src/library/generated/models.js';

describe('toWrite', () => {
  it('takes columns by name, and a to-one relation for its foreign key', () => {
    const due = Temporal.PlainDate.from('2025-01-01');
    expect(toWrite(models.loan, { book: 3, borrowerId: 2, due })).toEqual({
      model: models.loan,
      columns: { bookId: 3, borrowerId: 2, due },
      relations: {},
    });
  });

  it('takes null for no relation', () => {
    expect(toWrite(models.book, { publisher: null }).columns).toEqual({ publisherId: null });
  });

  it('takes the keys of a many-to-many relation for its rows', () => {
    expect(toWrite(models.book, { genres: [1, 2] }).relations).toEqual({ genres: { kind: 'set', keys: [1, 2] } });
    expect(toWrite(models.book, { genres: [] }).relations).toEqual({ genres: { kind: 'set', keys: [] } });
  });

  it('makes rows of objects, in place of those that were there', () => {
    expect(toWrite(models.readingList, { items: [{ book: 3, position: 1 }] }).relations).toEqual({
      items: {
        kind: 'rows',
        others: 'remove',
        rows: [{ write: { model: models.readingListItem, columns: { bookId: 3, position: 1 }, relations: {} } }],
      },
    });
  });

  it('deletes nothing by an empty list', () => {
    expect(toWrite(models.readingList, { items: [] }).relations).toEqual({ items: { kind: 'set', keys: [] } });
  });

  it.each<[string, unknown, string]>([
    ['an unknown name', { nope: 1 }, "Book has no 'nope' to write"],
    ['a prototype key', JSON.parse('{"__proto__": 1}'), "Book has no '__proto__' to write"],
    ['undefined', { title: undefined }, "Book: 'title' is undefined"],
    ['one key for many rows', { genres: 1 }, 'give a list'],
    ['keys among rows', { genres: [1, { name: 'x' }] }, 'mixes keys and rows'],
    ['a row without its key', { author: { name: 'x' } }, 'Book.author is written by its key: give id'],
  ])('refuses %s', (_, data, message) => {
    expect(() => toWrite(models.book, data as never)).toThrow(ConfigurationError);
    expect(() => toWrite(models.book, data as never)).toThrow(message);
  });
});
