import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary, type Library } from './library.js';

let library: Library;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.close());

const book = (isbn: string, title: string) => ({ title, isbn, author: 1, price: '1.00', pages: 1 });

describe('Creates with the same unique value at the same time', () => {
  it.each(Array.from({ length: 10 }, (_, round) => round))('one is made, the others are told of the field (round %i)', async (round) => {
    const isbn = `97811111111${String(round).padStart(2, '0')}`;
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, at) => library.send('POST', '/library/books/', { as: 'alice', json: book(isbn, `Race ${round} ${at}`) })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 400, 400, 400, 400]);
    for (const answer of answers.filter(({ statusCode }) => statusCode === 400))
      expect(answer.json()).toEqual({ isbn: ['book with this isbn already exists.'] });
    expect(await library.prisma.book.count({ where: { isbn } })).toBe(1);
  });

  it('a compound constraint is told of as DRF does', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, at) =>
        library.send('POST', '/library/books/', { as: 'alice', json: book(`978222222220${at}`, 'The same title') }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 400, 400, 400]);
    for (const answer of answers.filter(({ statusCode }) => statusCode === 400))
      expect(answer.json()).toEqual({ non_field_errors: ['The fields author, title must make a unique set.'] });
  });

  it('a change to a value that another one takes is told of the field', async () => {
    const { body } = await library.send('POST', '/library/genres/', { as: 'alice', json: { name: 'Race', slug: 'race' } });
    expect(JSON.parse(body)).toMatchObject({ slug: 'race' });
    const answers = await Promise.all([
      library.send('PATCH', '/library/genres/race/', { as: 'alice', json: { name: 'Taken' } }),
      library.send('POST', '/library/genres/', { as: 'alice', json: { name: 'Taken', slug: 'taken' } }),
    ]);
    const refused = answers.filter(({ statusCode }) => statusCode === 400);
    expect(refused.map((answer) => answer.json())).toEqual([{ name: ['genre with this name already exists.'] }]);
  });
});
