import { DbNull } from '@prisma/client/runtime/client';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { assertWhere } from '../../../src/framework/plan/assert-where.js';
import { toPrismaWhere } from '../../../src/framework/prisma/prisma-where.js';
import type { Model } from '../../../src/framework/models/model.js';
import { models } from '../../../src/library/generated/models.js';

const convert = (where: unknown, model: Model = models.book) => toPrismaWhere(model, assertWhere(model, where as never));

describe('toPrismaWhere', () => {
  it.each<[string, unknown, unknown]>([
    ['no condition holds for every row', {}, true],
    ['an empty AND holds for every row', { AND: [] }, true],
    ['an empty OR holds for none', { OR: [] }, false],
    ['an empty condition under NOT holds for none', { NOT: {} }, false],
    ['an empty OR under NOT holds for every row', { NOT: { OR: [] } }, true],
    ['one that holds for every row decides an OR', { OR: [{ title: 'x' }, {}] }, true],
    ['one that holds for none decides an AND', { AND: [{ title: 'x' }, { OR: [] }] }, false],
    ['what holds anyway is left out', { AND: [{ title: 'x' }, {}] }, { title: { equals: 'x' } }],
    ['some of no rows is none', { genres: { some: { OR: [] } } }, false],
    ['some row', { genres: { some: {} } }, { genres: { some: {} } }],
    ['none of no rows is all', { genres: { none: { OR: [] } } }, true],
    ['every row meets none', { genres: { every: { OR: [] } } }, { genres: { none: {} } }],
    ['every row meets nothing asked', { genres: { every: {} } }, true],
    ['any publisher', { publisher: {} }, { publisher: { isNot: null } }],
    ['any author', { author: {} }, true],
    ['no author', { author: null }, false],
    ['no publisher', { publisher: null }, { publisher: { is: null } }],
    ['not this publisher', { publisher: { isNot: { name: 'x' } } }, { publisher: { isNot: { name: { equals: 'x' } } } }],
  ])('%s', (_, where, expected) => expect(convert(where)).toEqual(expected));

  it.each<[string, unknown, unknown]>([
    ['contains', { title: { contains: '50%_\\' } }, { title: { contains: '50\\%\\_\\\\' } }],
    ['startsWith', { title: { startsWith: '_' } }, { title: { startsWith: '\\_' } }],
    ['endsWith, insensitive', { title: { endsWith: '%', mode: 'insensitive' } }, { title: { endsWith: '\\%', mode: 'insensitive' } }],
    ['insensitive equals', { title: { equals: 'a_b', mode: 'insensitive' } }, { title: { equals: 'a\\_b', mode: 'insensitive' } }],
    ['insensitive not', { title: { not: 'a_b', mode: 'insensitive' } }, { title: { not: 'a\\_b', mode: 'insensitive' } }],
    [
      'insensitive in',
      { title: { in: ['a_b', 'c'], mode: 'insensitive' } },
      { OR: [{ title: { equals: 'a\\_b', mode: 'insensitive' } }, { title: { equals: 'c', mode: 'insensitive' } }] },
    ],
    ['equals alone is no pattern', { title: { equals: 'a_b' } }, { title: { equals: 'a_b' } }],
  ])('escapes for LIKE: %s', (_, where, expected) => expect(convert(where)).toEqual(expected));

  it.each<[string, unknown, unknown]>([
    ['moments', { createdAt: { gt: Temporal.Instant.from('2024-01-01T00:00:00.5Z') } }, { createdAt: { gt: new Date('2024-01-01T00:00:00.5Z') } }],
    ['dates', { published: Temporal.PlainDate.from('0044-03-15') }, { published: { equals: new Date('0044-03-15T00:00:00Z') } }],
    ['lists of dates', { published: { in: [Temporal.PlainDate.from('2024-02-29')] } }, { published: { in: [new Date('2024-02-29T00:00:00Z')] } }],
    ['later choices', { language: { gt: 'es' } }, { OR: [{ language: { equals: 'fr' } }, { language: { equals: 'ja' } }] }],
    ['booleans in a list', { inStock: { in: [true, false] } }, { OR: [{ inStock: { equals: true } }, { inStock: { equals: false } }] }],
    ['earlier booleans', { inStock: { lt: true } }, { inStock: { equals: false } }],
    ['no choice past the last', { language: { gt: 'ja' } }, false],
  ])('gives Prisma what it can compare: %s', (_, where, expected) => expect(convert(where)).toEqual(expected));

  it("asks for the database's null of JSON", () => {
    const nullable = {
      ...models.book,
      fields: { ...models.book.fields, metadata: { ...models.book.fields['metadata']!, nullable: true } },
    } as unknown as Model;
    expect(convert({ metadata: null }, nullable)).toEqual({ metadata: { equals: DbNull } });
  });
});
