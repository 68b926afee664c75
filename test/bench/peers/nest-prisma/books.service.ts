import { Injectable } from '@nestjs/common';
import { type Language, Prisma } from '../../../../dist/library/generated/client/client.js';
import { type BookInput, finishBook, readBook } from '../book-input.js';
import { firstRow, pageBody, type PageRequest } from '../book-page.js';
import type { BookQuery } from '../book-query.js';
import { moment } from '../moment.js';
import { noBook, Refusal } from '../refusal.js';
import { Database } from './database.js';

const bookColumns = {
  id: true,
  title: true,
  isbn: true,
  price: true,
  pages: true,
  published: true,
  language: true,
  inStock: true,
  rating: true,
  metadata: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.BookSelect;

const listed = {
  ...bookColumns,
  authorId: true,
  publisherId: true,
  genres: { select: { slug: true }, orderBy: { slug: 'asc' } },
} satisfies Prisma.BookSelect;

const detailed = {
  ...bookColumns,
  author: { select: { id: true, name: true } },
  publisher: { select: { name: true } },
  genres: { select: { name: true, slug: true }, orderBy: { slug: 'asc' } },
} satisfies Prisma.BookSelect;

const languageNames: Record<Language, string> = { en: 'English', fr: 'French', de: 'German', es: 'Spanish', ja: 'Japanese' };

@Injectable()
export class BooksService {
  constructor(private readonly database: Database) {}

  async list(url: URL, query: BookQuery, page: PageRequest) {
    const where: Prisma.BookWhereInput = {
      ...(query.language !== undefined && { language: query.language as Language }),
      ...(query.priceAbove !== undefined && { price: { gt: query.priceAbove } }),
      ...(query.titleContains !== undefined && { title: { contains: query.titleContains.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } }),
    };
    // Not 'join': PostgreSQL would join the genres of every row it sorts or skips, and a deep page would take more than a second.
    const rows = (skip: number) =>
      this.database.book.findMany({
        relationLoadStrategy: 'query',
        select: listed,
        where,
        orderBy: query.ordering.map(({ key, descending }) => ({ [key]: descending ? 'desc' : 'asc' })),
        skip,
        take: page.size,
      });
    if (page.page === 'last') {
      const count = await this.database.book.count({ where });
      return pageBody(url, page, count, (await rows(firstRow(page, count))).map(listItem));
    }
    const [count, books] = await Promise.all([this.database.book.count({ where }), rows(firstRow(page, 0))]);
    return pageBody(url, page, count, books.map(listItem));
  }

  async retrieve(id: number) {
    const book = await this.database.book.findUnique({ relationLoadStrategy: 'join', select: detailed, where: { id } });
    if (!book) throw noBook();
    const { author, publisher, genres } = book;
    return {
      ...body(book, author, publisher?.name, genres),
      language_name: languageNames[book.language],
      is_long: book.pages >= 500,
    };
  }

  async create(data: unknown) {
    const { input, errors } = readBook(data);
    const known = await this.#knownRows(input);
    const book = finishBook(input, errors, known);
    try {
      return listItem(await this.database.book.create({ select: listed, data: row(book, known.genres) }));
    } catch (error) {
      throw raced(error);
    }
  }

  async #knownRows({ author, publisher, genres = [], isbn, title }: Partial<BookInput>) {
    const { database } = this;
    const [authorRow, publisherRow, genreRows, isbnRow, titleRow] = await Promise.all([
      author === undefined ? null : database.author.findUnique({ where: { id: author }, select: { id: true } }),
      publisher == null ? null : database.publisher.findUnique({ where: { id: publisher }, select: { id: true } }),
      genres.length === 0 ? [] : database.genre.findMany({ where: { slug: { in: genres } }, select: { slug: true, id: true } }),
      isbn === undefined ? null : database.book.findUnique({ where: { isbn }, select: { id: true } }),
      author === undefined || title === undefined
        ? null
        : database.book.findUnique({ where: { authorId_title: { authorId: author, title } }, select: { id: true } }),
    ]);
    return {
      author: authorRow !== null,
      publisher: publisherRow !== null,
      genres: new Map(genreRows.map(({ slug, id }) => [slug, id])),
      isbnTaken: isbnRow !== null,
      titleTaken: titleRow !== null,
    };
  }
}

function row(
  { author, publisher, genres, published, language, metadata, ...rest }: BookInput,
  genreIds: ReadonlyMap<string, number>,
): Prisma.BookUncheckedCreateInput {
  return {
    ...rest,
    authorId: author,
    publisherId: publisher,
    published: published === null ? null : new Date(`${published}T00:00:00Z`),
    language: language as Language,
    metadata: metadata as Prisma.InputJsonValue,
    genres: { connect: genres.map((slug) => ({ id: genreIds.get(slug) })) },
  };
}

/** Another request was faster: its unique value is named as the check before would have named it. */
function raced(error: unknown): unknown {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return error;
  return JSON.stringify(error.meta).includes('isbn')
    ? new Refusal(400, { isbn: ['book with this isbn already exists.'] })
    : new Refusal(400, { non_field_errors: ['The fields author, title must make a unique set.'] });
}

type BookRow = Prisma.BookGetPayload<{ select: typeof bookColumns }>;

function listItem(book: Prisma.BookGetPayload<{ select: typeof listed }>) {
  const slugs = book.genres.map(({ slug }) => slug);
  return body(book, book.authorId, book.publisherId, slugs);
}

function body(book: BookRow, author: unknown, publisher: unknown, genres: unknown) {
  return {
    id: book.id,
    title: book.title,
    isbn: book.isbn,
    author,
    publisher,
    genres,
    price: book.price.toFixed(2),
    pages: book.pages,
    published: book.published === null ? null : book.published.toISOString().slice(0, 10),
    language: book.language,
    in_stock: book.inStock,
    rating: book.rating,
    metadata: book.metadata,
    created_at: moment(book.createdAt),
    updated_at: moment(book.updatedAt),
  };
}
