import { Refusal } from './refusal.js';

export const languages: Readonly<Record<string, string>> = { en: 'English', fr: 'French', de: 'German', es: 'Spanish', ja: 'Japanese' };

/** What a create asks for, checked by itself; whether its keys exist and its unique values are free is the database's to say. */
export interface BookInput {
  title: string;
  isbn: string;
  author: number;
  publisher: number | null;
  genres: string[];
  price: string;
  pages: number;
  published: string | null;
  language: string;
  inStock: boolean;
  rating: number | null;
  metadata: unknown;
}

export type FieldErrors = Record<string, string[]>;

/** What the database knows about a create's keys and unique values. */
export interface KnownRows {
  readonly author: boolean;
  readonly publisher: boolean;
  readonly genres: Pick<ReadonlySet<string>, 'has'>;
  readonly isbnTaken: boolean;
  readonly titleTaken: boolean;
}

class Invalid {
  constructor(readonly messages: readonly string[]) {}
}

const required = 'This field is required.';
const notNull = 'This field may not be null.';

/** Reads a create's body; the fields that are wrong are left out of the input and named in the errors. */
export function readBook(body: unknown): { input: Partial<BookInput>; errors: FieldErrors } {
  if (body === null || body === undefined) throw refusal('No data provided');
  if (typeof body !== 'object' || Array.isArray(body)) throw refusal(`Invalid data. Expected a dictionary, but got ${pythonType(body)}.`);
  const values = body as Record<string, unknown>;
  const input: Partial<BookInput> = {};
  const errors: FieldErrors = {};
  for (const [name, key, parse, fallback] of fields) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined && fallback === undefined) errors[name] = [required];
    else {
      const parsed = value === undefined ? fallback : parse(value);
      if (parsed instanceof Invalid) errors[name] = [...parsed.messages];
      else (input as Record<string, unknown>)[key] = parsed;
    }
  }
  return { input, errors };
}

/** The checks that need the database's answers, then those of the whole book. Throws 400 with every field's errors. */
export function finishBook(input: Partial<BookInput>, errors: FieldErrors, known: KnownRows): BookInput {
  if (input.author !== undefined && !known.author) errors['author'] = [`Invalid pk "${input.author}" - object does not exist.`];
  if (input.publisher != null && !known.publisher) errors['publisher'] = [`Invalid pk "${input.publisher}" - object does not exist.`];
  const genre = input.genres?.find((slug) => !known.genres.has(slug));
  if (genre !== undefined) errors['genres'] = [`Object with slug=${genre} does not exist.`];
  if (known.isbnTaken) errors['isbn'] = ['book with this isbn already exists.'];
  if (Object.keys(errors).length > 0) throw new Refusal(400, inOrder(errors));
  if (known.titleTaken) throw new Refusal(400, { non_field_errors: ['The fields author, title must make a unique set.'] });
  const book = input as BookInput;
  if (book.inStock && book.published !== null && book.published > new Date().toISOString().slice(0, 10)) {
    throw new Refusal(400, { in_stock: ['A book not yet published cannot be in stock.'] });
  }
  return book;
}

type Parse = (value: unknown) => unknown;

const fields: ReadonlyArray<readonly [name: string, key: keyof BookInput, parse: Parse, fallback?: unknown]> = [
  ['title', 'title', title],
  ['isbn', 'isbn', isbn],
  ['author', 'author', (value) => (value === null ? new Invalid([notNull]) : key(value))],
  ['publisher', 'publisher', (value) => (value === null ? null : key(value)), null],
  ['genres', 'genres', slugs, []],
  ['price', 'price', price],
  ['pages', 'pages', pages],
  ['published', 'published', (value) => (value === null ? null : date(value)), null],
  ['language', 'language', language, 'en'],
  ['in_stock', 'inStock', boolean, true],
  ['rating', 'rating', (value) => (value === null ? null : float(value)), null],
  ['metadata', 'metadata', (value) => (value === null ? new Invalid([notNull]) : value), {}],
];

function refusal(message: string): Refusal {
  return new Refusal(400, { non_field_errors: [message] });
}

function inOrder(errors: FieldErrors): FieldErrors {
  return Object.fromEntries(fields.flatMap(([name]) => (errors[name] ? [[name, errors[name]]] : [])));
}

function pythonType(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value as 'string' | 'boolean' | 'object'];
}

function text(value: unknown, maxLength: number): string | Invalid {
  if (value === null) return new Invalid([notNull]);
  if (typeof value !== 'string' && typeof value !== 'number') return new Invalid(['Not a valid string.']);
  const trimmed = String(value).trim();
  if (trimmed === '') return new Invalid(['This field may not be blank.']);
  const messages = [];
  if ([...trimmed].length > maxLength) messages.push(`Ensure this field has no more than ${maxLength} characters.`);
  if (trimmed.includes('\0')) messages.push('Null characters are not allowed.');
  return messages.length > 0 ? new Invalid(messages) : trimmed;
}

function title(value: unknown): string | Invalid {
  const parsed = text(value, 200);
  return typeof parsed === 'string' && parsed.toLowerCase() === 'untitled' ? new Invalid(['Give the book a title.']) : parsed;
}

function isbn(value: unknown): string | Invalid {
  const parsed = text(value, 13);
  const messages = parsed instanceof Invalid ? [...parsed.messages] : [];
  const given = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (given !== '' && !/^\d{13}$/.test(given)) messages.push('ISBN must be 13 digits.');
  return messages.length > 0 ? new Invalid(messages) : parsed;
}

function key(value: unknown): number | Invalid {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'string' && /^-?\d{1,9}$/.test(value)) return Number(value);
  return new Invalid([`Incorrect type. Expected pk value, received ${pythonType(value)}.`]);
}

function slugs(value: unknown): string[] | Invalid {
  if (value === null) return new Invalid([notNull]);
  if (!Array.isArray(value)) return new Invalid([`Expected a list of items but got type "${pythonType(value)}".`]);
  return value.map(String);
}

function price(value: unknown): string | Invalid {
  if (value === null) return new Invalid([notNull]);
  const [, sign, whole, fraction = ''] = /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(String(value).trim()) ?? [];
  if (whole === undefined || String(value).trim() === '') return new Invalid(['A valid number is required.']);
  if (whole.length + fraction.length > 8) return new Invalid(['Ensure that there are no more than 8 digits in total.']);
  if (fraction.length > 2) return new Invalid(['Ensure that there are no more than 2 decimal places.']);
  if (whole.length > 6) return new Invalid(['Ensure that there are no more than 6 digits before the decimal point.']);
  if (sign === '-' && Number(`${whole}.${fraction}0`) > 0) return new Invalid(['Ensure this value is greater than or equal to 0.']);
  return `${whole || '0'}.${fraction.padEnd(2, '0')}`;
}

function pages(value: unknown): number | Invalid {
  if (value === null) return new Invalid([notNull]);
  if (typeof value === 'boolean' || !/^-?\d{1,15}(\.0*)?$/.test(String(value).trim())) return new Invalid(['A valid integer is required.']);
  const number = Number(value);
  if (number < 1) return new Invalid(['Ensure this value is greater than or equal to 1.']);
  return number > 10_000 ? new Invalid(['Ensure this value is less than or equal to 10000.']) : number;
}

function date(value: unknown): string | Invalid {
  const wrong = new Invalid(['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.']);
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return wrong;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value) ? value : wrong;
}

function language(value: unknown): string | Invalid {
  if (value === null) return new Invalid([notNull]);
  return typeof value === 'string' && Object.hasOwn(languages, value) ? value : new Invalid([`"${String(value)}" is not a valid choice.`]);
}

function boolean(value: unknown): boolean | Invalid {
  if (value === null) return new Invalid([notNull]);
  if (value === true || value === 'true' || value === 1) return true;
  return value === false || value === 'false' || value === 0 ? false : new Invalid(['Must be a valid boolean.']);
}

function float(value: unknown): number | Invalid {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : new Invalid(['A valid number is required.']);
}
