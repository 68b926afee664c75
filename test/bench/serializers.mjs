#!/usr/bin/env node
/**
 * Serializers beside code written by hand, without a server: rendering 1,000 rows of ten fields with a nested object, and parsing and validating 1,000
 * objects by the same rules as class-validator's.
 *
 *   npm run bench:serializers [-- --short]
 *
 * Both are measured in turn, round after round; what is printed is the median of the rounds' ratios. Exit status: 1 where rendering takes more than 1.5
 * times the mapping by hand, or validating is less than 5 times as fast as class-validator; with --short, more than 2 times or less than 3.5.
 */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsBoolean, IsEmail, IsIn, IsInt, IsISO8601, IsNumber, IsString, IsUrl, Length, Matches, Max, Min, validate } from 'class-validator';
import {
  boolean,
  char,
  choice,
  date,
  email,
  float,
  integer,
  nested,
  regex,
  RestModule,
  restAdapter,
  Serializer,
  Serializers,
  url,
} from 'nest-rest-framework';

const ROWS = 1_000;
const short = process.argv.includes('--short');
const ROUNDS = short ? 21 : 41;
const LIMITS = short ? { rendering: 2, validating: 3.5 } : { rendering: 1.5, validating: 5 };
const LANGUAGES = ['de', 'en', 'es', 'fr', 'ja'];

class AuthorSerializer extends Serializer {
  id = integer();
  name = char({ maxLength: 100 });
}

class BookSerializer extends Serializer {
  id = integer();
  title = char({ minLength: 1, maxLength: 200 });
  isbn = regex(/^\d{13}$/);
  author = nested(() => AuthorSerializer);
  price = char({ maxLength: 12 });
  pages = integer({ min: 1, max: 10_000 });
  published = date();
  language = choice({ choices: LANGUAGES });
  inStock = boolean();
  rating = float({ min: 0, max: 5 });
}

class SubmittedSerializer extends Serializer {
  title = char({ minLength: 1, maxLength: 200 });
  subtitle = char({ minLength: 1, maxLength: 200 });
  isbn = regex(/^\d{13}$/);
  contact = email();
  website = url();
  pages = integer({ min: 1, max: 10_000 });
  published = date();
  language = choice({ choices: LANGUAGES });
  inStock = boolean();
  rating = float({ min: 0, max: 5 });
}

class SubmittedDto {}
for (const [name, ...decorators] of [
  ['title', IsString(), Length(1, 200)],
  ['subtitle', IsString(), Length(1, 200)],
  ['isbn', Matches(/^\d{13}$/)],
  ['contact', IsEmail()],
  ['website', IsUrl()],
  ['pages', IsInt(), Min(1), Max(10_000)],
  ['published', IsISO8601()],
  ['language', IsIn(LANGUAGES)],
  ['in_stock', IsBoolean()],
  ['rating', IsNumber(), Min(0), Max(5)],
]) {
  for (const decorate of decorators) decorate(SubmittedDto.prototype, name);
}

const rows = Array.from({ length: ROWS }, (_, id) => ({
  id,
  title: `The Golden River ${id}`,
  isbn: String(9_780_000_000_000 + id),
  author: { id: id % 100, name: `Author ${id % 100}` },
  price: `${id % 90}.50`,
  pages: 1 + (id % 900),
  published: new Date(Date.UTC(1950 + (id % 70), id % 12, 1 + (id % 28))),
  language: LANGUAGES[id % 5],
  inStock: id % 3 > 0,
  rating: (id % 50) / 10,
}));

const objects = rows.map(({ id, title, isbn, pages, published, language, inStock, rating }) => ({
  title,
  subtitle: title,
  isbn,
  contact: `reader${id}@library.example.com`,
  website: `https://library.example.com/books/${id}`,
  pages,
  published: published.toISOString().slice(0, 10),
  language,
  in_stock: inStock,
  rating,
}));

const byHand = (row) => ({
  id: row.id,
  title: row.title,
  isbn: row.isbn,
  author: row.author === null ? null : { id: row.author.id, name: row.author.name },
  price: row.price,
  pages: row.pages,
  published: row.published === null ? null : row.published.toISOString().slice(0, 10),
  language: row.language,
  in_stock: row.inStock,
  rating: row.rating,
});

class BenchModule {}
Module({ imports: [RestModule.forRoot({ authentication: [], permissions: [] })] })(BenchModule);

const application = await NestFactory.create(BenchModule, restAdapter(), { logger: ['error'] });
await application.init();
const serializers = application.get(Serializers);
const book = await serializers.compile(BookSerializer);
const submitted = await serializers.compile(SubmittedSerializer);
const context = { baseUrl: '' };

if (JSON.stringify(rows.map((row) => book.render(row, context))) !== JSON.stringify(rows.map(byHand))) throw new Error('The two renderings differ.');
for (const broken of [{ pages: 0 }, { contact: 'nobody' }, { language: 'xx' }, { rating: 6 }, { published: '2024-13-01' }]) {
  const object = { ...objects[0], ...broken };
  const refused = await serializers.validate(submitted, object, { partial: false }).then(
    () => false,
    () => true,
  );
  if (!refused || (await validate(Object.assign(new SubmittedDto(), object))).length === 0) throw new Error(`${JSON.stringify(broken)} passes.`);
}

const rendering = await compare(
  () => rows.map((row) => book.render(row, context)),
  () => rows.map(byHand),
);
const validating = await compare(
  () =>
    serializers.validateMany(
      submitted,
      objects.map((input) => ({ input })),
      { partial: false },
    ),
  async () => {
    for (const object of objects) {
      const errors = await validate(Object.assign(new SubmittedDto(), object));
      if (errors.length > 0) throw new Error(String(errors[0]));
    }
  },
);
await application.close();

const ms = (value) => `${value.toFixed(2)} ms`;
console.log(
  `rendering 1,000 rows: ${ms(rendering.ours)}, by hand ${ms(rendering.other)}: ${rendering.ratio.toFixed(2)} times (at most ${LIMITS.rendering})`,
);
console.log(
  `validating 1,000 objects: ${ms(validating.ours)}, class-validator ${ms(validating.other)}: ${(1 / validating.ratio).toFixed(1)} times as fast (at least ${LIMITS.validating})`,
);
process.exitCode = rendering.ratio <= LIMITS.rendering && 1 / validating.ratio >= LIMITS.validating ? 0 : 1;

/** The median times of two functions, in milliseconds, and the median of their ratios. */
async function compare(ours, other) {
  const times = [];
  for (let round = -10; round < ROUNDS; round += 1) {
    const first = await timeOf(ours);
    const second = await timeOf(other);
    if (round >= 0) times.push([first, second]);
  }
  return {
    ours: median(times.map(([first]) => first)),
    other: median(times.map(([, second]) => second)),
    ratio: median(times.map(([first, second]) => first / second)),
  };
}

async function timeOf(run) {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
