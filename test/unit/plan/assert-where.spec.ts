import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { assertWhere, NOTHING } from '../../../src/framework/plan/assert-where.js';
import { models } from '../../../src/library/generated/models.js';

const check = (where: unknown) => assertWhere(models.book, where as never);

describe('assertWhere', () => {
  it.each<[string, unknown, unknown]>([
    ['spells out equality', { title: 'x' }, { title: { equals: 'x' } }],
    ['puts several conditions under AND', { title: 'x', pages: 3 }, { AND: [{ title: { equals: 'x' } }, { pages: { equals: 3 } }] }],
    ['splits the operators of a field', { pages: { gte: 1, lt: 9 } }, { AND: [{ pages: { gte: 1 } }, { pages: { lt: 9 } }] }],
    ['keeps the mode with its operator', { title: { contains: 'x', mode: 'insensitive' } }, { title: { contains: 'x', mode: 'insensitive' } }],
    ['takes a filter under not apart', { pages: { not: { gt: 3 } } }, { NOT: { pages: { gt: 3 } } }],
    ['spells out a to-one relation', { author: { name: 'x' } }, { author: { is: { name: { equals: 'x' } } } }],
    ['knows a relation to nothing', { publisher: null }, { publisher: { is: null } }],
    ['checks beneath to-many relations', { genres: { some: { slug: 'x' } } }, { genres: { some: { slug: { equals: 'x' } } } }],
    ['compares JSON by value', { metadata: { a: 1 } }, { metadata: { equals: { a: 1 } } }],
    ['knows null of a nullable column', { rating: null }, { rating: { equals: null } }],
    ['takes no condition as every row', {}, {}],
  ])('%s', (_, where, expected) => expect(check(where)).toEqual(expected));

  it('answers the same for its own answer', () => {
    const where = check({
      OR: [{ title: 'x', author: { name: { startsWith: 'A' } } }, { NOT: { genres: { none: { slug: 'x' } } } }],
      rating: { not: null },
      metadata: { equals: [1] },
    });
    expect(assertWhere(models.book, where)).toEqual(where);
  });

  it.each<[string, unknown]>([
    ['an integer past the column', { pages: 99999999999 }],
    ['a fraction of an integer', { pages: 1.5 }],
    ['NUL', { title: 'a\0' }],
    ['half a surrogate pair', { title: { contains: '\udc00' } }],
    ['a list of such values', { pages: { in: [99999999999, NaN] } }],
    ['an empty list', { pages: { in: [] } }],
    ['an unknown choice', { language: 'xx' }],
    ['null of a column that has none', { title: null }],
    ['more than the greatest', { pages: { gt: 99999999999 } }],
    ['less than the least', { pages: { lt: -99999999999 } }],
    ['a year past the calendar', { published: { gte: Temporal.PlainDate.from('+020000-01-01') } }],
  ])('%s is in no row', (_, where) => expect(check(where)).toEqual(NOTHING));

  it.each<[string, unknown, unknown]>([
    ['less than more than the greatest', { pages: { lte: 99999999999 } }, {}],
    ['the same of a nullable column leaves out nulls', { rating: { lt: Infinity } }, { rating: { not: null } }],
    ['not a value that is in no row', { pages: { not: 99999999999 } }, {}],
    ['not null of a column that has none', { title: { not: null } }, {}],
    ['the empty text in any', { title: { contains: '' } }, {}],
    ['less than a fraction is less than the next', { pages: { lte: 1.5 } }, { pages: { lt: 2 } }],
    ['more than a fraction is the next or more', { pages: { gt: 1.5 } }, { pages: { gte: 2 } }],
    ['a list keeps what can be found', { pages: { in: [1, 99999999999] } }, { pages: { in: [1] } }],
  ])('%s', (_, where, expected) => expect(check(where)).toEqual(expected));

  it.each<[string, unknown, string]>([
    ['undefined', { title: undefined }, 'Book.where.title is undefined'],
    ['undefined in an operator', { title: { equals: undefined } }, 'Book.where.title.equals is undefined'],
    ['undefined in a list', { pages: { in: [1, undefined] } }, 'Book.where.pages.in[1] is undefined'],
    ['an unknown field', { OR: [{ nope: 1 }] }, "Book.where.OR[0].nope is 'nope': Book has no such field"],
    ['an unknown field of a relation', { author: { nope: 1 } }, 'Book.where.author.nope'],
    ['an unknown operator', { title: { matches: 'x' } }, 'Book.where.title.matches'],
    ['a prototype key', JSON.parse('{"__proto__": {"a": 1}}'), 'Book.where.__proto__'],
    ['a text for a number', { pages: '3' }, "Book.where.pages is '3': pages is compared with an integer"],
    ['a number for a text', { title: { contains: 3 } }, 'give a text'],
    ['contains on a number', { pages: { contains: '3' } }, 'compares texts'],
    ['a to-many relation without its operator', { genres: { slug: 'x' } }, '{ some }, { none } or { every }'],
    ['no object', 'x', 'give an object'],
    ['AND of no list', { AND: {} }, 'give a list'],
    ['another mode', { title: { equals: 'x', mode: 'default' } }, "use 'insensitive'"],
    ['an instance of a class', { author: new Map() }, 'an object of Map'],
  ])('refuses %s as a mistake', (_, where, message) => {
    expect(() => check(where)).toThrow(ConfigurationError);
    expect(() => check(where)).toThrow(message);
  });
});
