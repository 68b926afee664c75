import pg from 'pg';
import { type BookInput, finishBook, type KnownRows, languages, readBook } from '../book-input.js';
import { firstRow, pageBody, type PageRequest } from '../book-page.js';
import type { BookQuery } from '../book-query.js';
import { moment } from '../moment.js';
import { noBook, Refusal } from '../refusal.js';

interface BookRow {
  id: number;
  title: string;
  isbn: string;
  author_id: number;
  publisher_id: number | null;
  price: string;
  pages: number;
  published: string | null;
  language: string;
  in_stock: boolean;
  rating: number | null;
  metadata: unknown;
  created_at: Date;
  updated_at: Date;
}

// A date stays the text that PostgreSQL writes.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const slugs = `SELECT coalesce(json_agg(g.slug ORDER BY g.slug), '[]') FROM "_genres" bg JOIN genre g ON g.id = bg."B" WHERE bg."A" = b.id`;

const detail = `
  SELECT b.*, a.name AS author_name, p.name AS publisher_name,
    (SELECT coalesce(json_agg(json_build_object('name', g.name, 'slug', g.slug) ORDER BY g.slug), '[]')
       FROM "_genres" bg JOIN genre g ON g.id = bg."B" WHERE bg."A" = b.id) AS genres
  FROM book b JOIN author a ON a.id = b.author_id LEFT JOIN publisher p ON p.id = b.publisher_id WHERE b.id = $1`;

const known = `
  SELECT EXISTS (SELECT FROM author WHERE id = $1) AS author,
    EXISTS (SELECT FROM publisher WHERE id = $2) AS publisher,
    ARRAY(SELECT slug FROM genre WHERE slug = ANY ($3)) AS genres,
    EXISTS (SELECT FROM book WHERE isbn = $4) AS isbn_taken,
    EXISTS (SELECT FROM book WHERE author_id = $1 AND title = $5) AS title_taken`;

const insert = `
  WITH b AS (
    INSERT INTO book (title, isbn, author_id, publisher_id, price, pages, published, language, in_stock, rating, metadata, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) RETURNING *
  ), linked AS (
    INSERT INTO "_genres" ("A", "B") SELECT b.id, g.id FROM b, genre g WHERE g.slug = ANY ($13)
  )
  SELECT * FROM b`;

export class Books {
  constructor(private readonly pool: pg.Pool) {}

  async list(url: URL, query: BookQuery, page: PageRequest) {
    const { where, values } = conditions(query);
    const counted = async () => Number((await this.pool.query<{ count: string }>(`SELECT count(*) FROM book${where}`, values)).rows[0]?.count);
    const order = query.ordering.map(({ key, descending }) => `${key}${descending ? ' DESC' : ''}`).join(', ');
    const rows = async (offset: number) => {
      const ids = `SELECT * FROM book${where} ORDER BY ${order} LIMIT ${page.size} OFFSET ${offset}`;
      return (await this.pool.query<BookRow & { genres: string[] }>(`SELECT b.*, (${slugs}) AS genres FROM (${ids}) b ORDER BY ${order}`, values))
        .rows;
    };
    if (page.page === 'last') {
      const count = await counted();
      return pageBody(
        url,
        page,
        count,
        (await rows(firstRow(page, count))).map((book) => listItem(book, book.genres)),
      );
    }
    const [count, books] = await Promise.all([counted(), rows(firstRow(page, 0))]);
    return pageBody(
      url,
      page,
      count,
      books.map((book) => listItem(book, book.genres)),
    );
  }

  async retrieve(id: number) {
    const { rows } = await this.pool.query<BookRow & { author_name: string; publisher_name: string | null; genres: unknown }>(detail, [id]);
    const [book] = rows;
    if (book === undefined) throw noBook();
    return {
      ...body(book, { id: book.author_id, name: book.author_name }, book.publisher_name ?? undefined, book.genres),
      language_name: languages[book.language],
      is_long: book.pages >= 500,
    };
  }

  async create(data: unknown) {
    const { input, errors } = readBook(data);
    const book = finishBook(input, errors, await this.#knownRows(input));
    const { title, isbn, author, publisher, price, pages, published, language, inStock, rating, metadata, genres } = book;
    const values = [title, isbn, author, publisher, price, pages, published, language, inStock, rating, JSON.stringify(metadata), new Date(), genres];
    try {
      const { rows } = await this.pool.query<BookRow>(insert, values);
      return listItem(rows[0]!, [...new Set(genres)].sort());
    } catch (error) {
      throw raced(error);
    }
  }

  async #knownRows({ author, publisher, genres, isbn, title }: Partial<BookInput>): Promise<KnownRows> {
    const { rows } = await this.pool.query(known, [author ?? null, publisher ?? null, genres ?? [], isbn ?? null, title ?? null]);
    const [row] = rows;
    return { author: row.author, publisher: row.publisher, genres: new Set(row.genres), isbnTaken: row.isbn_taken, titleTaken: row.title_taken };
  }
}

function conditions(query: BookQuery): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const terms: string[] = [];
  if (query.language !== undefined) terms.push(`language = $${values.push(query.language)}`);
  if (query.priceAbove !== undefined) terms.push(`price > $${values.push(query.priceAbove)}`);
  if (query.titleContains !== undefined) terms.push(`title ILIKE $${values.push(`%${query.titleContains.replace(/[\\%_]/g, '\\$&')}%`)}`);
  return { where: terms.length === 0 ? '' : ` WHERE ${terms.join(' AND ')}`, values };
}

/** Another request was faster: its unique value is named as the check before would have named it. */
function raced(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== '23505') return error;
  return error.constraint?.includes('isbn')
    ? new Refusal(400, { isbn: ['book with this isbn already exists.'] })
    : new Refusal(400, { non_field_errors: ['The fields author, title must make a unique set.'] });
}

function listItem(book: BookRow, genres: readonly string[]) {
  return body(book, book.author_id, book.publisher_id, genres);
}

function body(book: BookRow, author: unknown, publisher: unknown, genres: unknown) {
  return {
    id: book.id,
    title: book.title,
    isbn: book.isbn,
    author,
    publisher,
    genres,
    price: book.price,
    pages: book.pages,
    published: book.published,
    language: book.language,
    in_stock: book.in_stock,
    rating: book.rating,
    metadata: book.metadata,
    created_at: moment(book.created_at),
    updated_at: moment(book.updated_at),
  };
}
