import { describe, expect, it } from 'vitest';
import { NotFound } from '../../../src/framework/exceptions/exceptions.js';
import { constraintOf, isConflict, toAPIException, violatedUnique } from '../../../src/framework/prisma/prisma-errors.js';
import { models } from '../../../src/library/generated/models.js';

const prisma = (code: string, cause?: object, meta: object = {}) =>
  Object.assign(new Error('Prisma says'), {
    name: 'PrismaClientKnownRequestError',
    code,
    meta: { ...meta, ...(cause && { driverAdapterError: { name: 'DriverAdapterError', cause } }) },
  });
const postgres = (state: string, code = 'P2039') =>
  prisma(code, { kind: 'postgres', code: state, originalCode: state, originalMessage: 'PostgreSQL says' });
const node = (code: string) => Object.assign(new Error('connect'), { code });

/** As the two adapters give it, seen on PostgreSQL 15 and PGlite. */
const byIndex = prisma('P2002', { originalCode: '23505', kind: 'UniqueConstraintViolation', constraint: { index: 'book_author_id_title_key' } });
const byColumns = prisma('P2002', { originalCode: '23505', kind: 'UniqueConstraintViolation', constraint: { fields: ['author_id', 'title'] } });
const quoted = prisma('P2002', { originalCode: '23505', kind: 'UniqueConstraintViolation', constraint: { fields: ['"authorId"'] } });
const onDelete = prisma('P2003', {
  originalCode: '23503',
  originalMessage: 'update or delete on table "author" violates foreign key constraint "book_author_id_fkey" on table "book"',
  constraint: { index: 'book_author_id_fkey' },
});
const onInsert = prisma('P2003', {
  originalCode: '23503',
  originalMessage: 'insert or update on table "book" violates foreign key constraint "book_author_id_fkey"',
  constraint: { index: 'book_author_id_fkey' },
});
const restrict = prisma('P2039', {
  kind: 'postgres',
  code: '23001',
  originalCode: '23001',
  originalMessage: 'update or delete on table "author" violates RESTRICT setting of foreign key constraint "book_author_id_fkey" on table "book"',
});

describe('constraintOf', () => {
  it.each([
    ['the name of an index', byIndex, { kind: 'unique', index: 'book_author_id_title_key' }],
    ['columns', byColumns, { kind: 'unique', fields: ['author_id', 'title'] }],
    ['columns in quotes', quoted, { kind: 'unique', fields: ['authorId'] }],
    ['a foreign key', onInsert, { kind: 'foreignKey', constraint: 'book_author_id_fkey' }],
    ['a foreign key that restricts', restrict, { kind: 'foreignKey', constraint: 'book_author_id_fkey' }],
    ['nothing for another error', prisma('P2025'), null],
    ['nothing for no error', undefined, null],
  ])('tells %s', (_, error, expected) => expect(constraintOf(error)).toEqual(expected));

  it.each([
    ['by its index', byIndex, ['authorId', 'title']],
    ['by its columns', byColumns, ['authorId', 'title']],
    ['the primary key', prisma('P2002', { constraint: { index: 'book_pkey' } }), ['id']],
    ['not that of another table', prisma('P2002', { constraint: { index: 'author_email_key' } }), undefined],
  ])("finds a model's unique constraint %s", (_, error, fields) => expect(violatedUnique(models.book, error)?.fields).toEqual(fields));
});

describe('toAPIException', () => {
  it.each<[string, unknown, number]>([
    ['a unique violation', byIndex, 400],
    ['a reference to nothing', onInsert, 400],
    ['a row that others refer to', onDelete, 409],
    ['a row that others protect', restrict, 409],
    ['a row that is gone', prisma('P2025', undefined, { operation: 'an update' }), 404],
    ['a row to be linked that is gone', prisma('P2025', undefined, { expectedRows: 2 }), 400],
    ['a conflict', prisma('P2034'), 503],
    ['a serialization failure of a raw statement', postgres('40001', 'P2010'), 503],
    ['a deadlock', postgres('40P01'), 503],
    ['an exhausted pool', new Error('timeout exceeded when trying to connect'), 503],
    ["an exhausted pool of Prisma's", prisma('P2024'), 503],
    ['a transaction that took too long', prisma('P2028'), 503],
    ["the client's time-out", new Error('Query read timeout'), 503],
    ["the server's time-out", postgres('57014'), 503],
    ['an operation that took too long', prisma('P1008'), 503],
    ['a server that cannot be reached', prisma('P1001'), 503],
    ['a connection that was closed', prisma('P1017'), 503],
    ['a server that is stopped', postgres('57P01'), 503],
    ['too many clients', postgres('53300'), 503],
    ['a lock that was not given', postgres('55P03'), 503],
    ['a refused connection', node('ECONNREFUSED'), 503],
    ['a text too long for its column', prisma('P2000', { originalCode: '22001', kind: 'LengthMismatch' }), 400],
    ['a number out of range', prisma('P2020', { originalCode: '22003' }), 400],
    ['a malformed value', prisma('P2007', { originalCode: '22P02' }), 400],
    ['a NUL in a text', postgres('22021'), 400],
    ['a check constraint', postgres('23514'), 400],
    ['null in a column that has none', prisma('P2011', { originalCode: '23502' }), 400],
  ])('%s is answered with its status', (_, error, status) => {
    const exception = toAPIException(error);
    expect(exception?.status).toBe(status);
    expect(exception?.cause).toBe(error);
    expect(exception?.retryAfter).toBe(status === 503 ? 1 : undefined);
  });

  it.each<[string, unknown]>([
    ['a mistake in a query', Object.assign(new Error('Invalid `findMany()`'), { name: 'PrismaClientValidationError' })],
    ['a table that is not there', prisma('P2021', { originalCode: '42P01' })],
    ['any other error', new TypeError('x is undefined')],
    ['what is no error', 'timeout exceeded when trying to connect'],
  ])('%s is none of its', (_, error) => expect(toAPIException(error)).toBeUndefined());

  it('leaves an exception as it is', () => {
    const exception = new NotFound();
    expect(toAPIException(exception)).toBe(exception);
  });

  it('knows conflicts by either code', () => {
    expect([prisma('P2034'), postgres('40001'), postgres('40P01'), postgres('57014'), new Error()].map(isConflict)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
