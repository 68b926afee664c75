import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayNotEmpty,
  Equals,
  IsArray,
  IsBoolean,
  IsEmail,
  IsEmpty,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { PartialType, PickType } from '@nestjs/swagger';
import { Decimal } from 'decimal.js';
import { describe, expect, it, vi } from 'vitest';
import { parseJsonText } from '../../../src/framework/parsers/json/json-text.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { camelCase } from '../../../src/framework/settings/naming.js';
import type { PlainClass } from '../../../src/framework/pipes/property-types.js';
import { compileClass, errorOf, pipe, refusal } from './piping.js';

const REQUIRED = ['This field is required.'];

class CreateBook {
  @IsString()
  @IsNotEmpty()
  @MaxLength(10)
  title!: string;

  @IsInt()
  @Min(1)
  pageCount!: number;

  @IsOptional()
  @IsBoolean()
  inStock?: boolean;

  @IsOptional()
  @IsString({ each: true })
  @ArrayNotEmpty()
  tags?: string[];

  language = 'en';
}

const valid = { title: 'Dune', page_count: 412 };

describe('a plain class', () => {
  it('is read by the names on the wire into an object of it', async () => {
    const book = await pipe(CreateBook, { ...valid, in_stock: true, tags: ['a'] });
    expect(book).toBeInstanceOf(CreateBook);
    expect({ ...book }).toEqual({ title: 'Dune', pageCount: 412, inStock: true, tags: ['a'], language: 'en' });
  });

  it('has no property that was not sent', async () => {
    expect(Object.keys(await pipe(CreateBook, valid))).toEqual(['title', 'pageCount', 'language']);
  });

  it.each<[string, unknown, unknown]>([
    ['what is missing', {}, { title: REQUIRED, page_count: REQUIRED }],
    ['null', { title: null, page_count: null }, { title: ['This field may not be null.'], page_count: ['This field may not be null.'] }],
    ['a blank text', { ...valid, title: '' }, { title: ['This field may not be blank.'] }],
    [
      'all that is wrong with a value, in the order of the decorators',
      { ...valid, page_count: 0.5 },
      { page_count: ['A valid integer is required.', 'Ensure this value is greater than or equal to 1.'] },
    ],
    [
      'another type',
      { title: 5, page_count: '412', in_stock: 'true' },
      {
        title: ['Not a valid string.', 'Ensure this field has no more than 10 characters.'],
        page_count: ['A valid integer is required.', 'Ensure this value is greater than or equal to 1.'],
        in_stock: ['Must be a valid boolean.'],
      },
    ],
    ['items by their index', { ...valid, tags: ['a', 5, null] }, { tags: { 1: ['Not a valid string.'], 2: ['Not a valid string.'] } }],
    ['an empty list', { ...valid, tags: [] }, { tags: ['This list may not be empty.'] }],
    ['what is no list', { ...valid, tags: 'a' }, { tags: ['Expected a list of items but got type "str".', 'This list may not be empty.'] }],
    [
      'NUL and lone surrogates',
      { ...valid, title: 'a\0b', tags: ['\ud800'] },
      { title: ['Null characters are not allowed.'], tags: ['Surrogate characters are not allowed: U+D800.'] },
    ],
    ['a list', [], { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
    ['a text', 'x', { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] }],
    ['a number with its digits', new RawNumber('1e400'), { non_field_errors: ['Invalid data. Expected a dictionary, but got float.'] }],
    ['null for the whole', null, { non_field_errors: ['No data provided'] }],
    ['no body', undefined, { title: REQUIRED, page_count: REQUIRED }],
  ])('is refused in DRF’s words for %s', async (_what, input, body) => {
    expect(await refusal(CreateBook, input)).toEqual(body);
  });

  it('has codes', async () => {
    const error = (await errorOf(CreateBook, { title: null, tags: [1] })) as { getCodes(): unknown };
    expect(error.getCodes()).toEqual({ title: ['null'], page_count: ['required'], tags: { 0: ['isString'] } });
  });

  it('may be named otherwise', async () => {
    class Named {
      @IsString() @Expose({ name: 'theTitle' }) title!: string;
      @IsString() subTitle!: string;
    }
    expect(await pipe(Named, { theTitle: 'a', sub_title: 'b' })).toEqual({ title: 'a', subTitle: 'b' });
    expect(await refusal(Named, { title: 'a', subTitle: 5 }, { naming: camelCase })).toEqual({
      theTitle: REQUIRED,
      subTitle: ['Not a valid string.'],
    });
  });

  it('keeps what its decorators refuse missing or null, and no more', async () => {
    class Lenient {
      @IsEmpty() nothing?: string;
      @Equals(undefined) same?: string;
      @Allow() anything?: unknown;
      @Type(() => Number) count?: number | null;
    }
    expect({ ...(await pipe(Lenient, {})) }).toEqual({});
    expect({ ...(await pipe(Lenient, { nothing: null, anything: null, count: null })) }).toEqual({ nothing: null, anything: null, count: null });
  });

  it('is asked by its conditions, which see every value', async () => {
    class Conditional {
      @ValidateIf(({ kind }: Conditional) => kind === 'gift') @IsString() recipient?: string;
      @IsIn(['gift', 'own']) kind!: string;
    }
    expect(await refusal(Conditional, { kind: 'gift' })).toEqual({ recipient: REQUIRED });
    expect(await pipe(Conditional, { kind: 'own' })).toEqual({ kind: 'own' });
  });

  it('may be extended, and taken apart by mapped types', async () => {
    class Longer extends CreateBook {
      @MinLength(3) declare title: string;
    }
    expect(await refusal(Longer, { ...valid, title: 'much too long' })).toEqual({ title: ['Ensure this field has no more than 10 characters.'] });
    expect(await refusal(Longer, { ...valid, title: 'x' })).toEqual({ title: ['Ensure this field has at least 3 characters.'] });
    class Patch extends PartialType(CreateBook) {}
    expect({ ...(await pipe(Patch, { page_count: 5 })) }).toEqual({ pageCount: 5, language: 'en' });
    class Pick extends PickType(CreateBook, ['title'] as const) {}
    expect(await refusal(Pick, { title: '', page_count: 'x' })).toEqual({ title: ['This field may not be blank.'] });
  });

  it('asks the decorators of the pipe’s groups', async () => {
    class Grouped {
      @IsString({ always: true }) @MinLength(5, { groups: ['strict'] }) name!: string;
      @IsEmail({}, { groups: ['strict'] }) email?: string;
      @Expose({ groups: ['admin'] }) @IsOptional({ always: true }) @IsInt({ always: true }) rank?: number;
    }
    expect(await refusal(Grouped, { name: 'abc' }, { groups: ['strict'] })).toEqual({
      name: ['Ensure this field has at least 5 characters.'],
      email: REQUIRED,
    });
    expect(await pipe(Grouped, { name: 'abc', rank: 5 }, { groups: ['loose'] })).toEqual({ name: 'abc' });
    expect(await pipe(Grouped, { name: 'abc', rank: 5 }, { groups: ['admin'] })).toEqual({ name: 'abc', rank: 5 });
  });
});

describe('names that no property has', () => {
  it('are never read', async () => {
    expect({ ...(await pipe(CreateBook, { ...valid, language: 'de', isAdmin: true, toString: 'x' })) }).toEqual({
      title: 'Dune',
      pageCount: 412,
      language: 'en',
    });
  });

  it('are refused where the pipe says so, with the nearest', async () => {
    expect(await refusal(CreateBook, { ...valid, titel: 'x', zzzzzzzzzz: 1 }, { unknown: 'refuse' })).toEqual({
      titel: ['Unknown field. Did you mean "title"?'],
      zzzzzzzzzz: ['Unknown field.'],
    });
    const form = new FormValues();
    for (const [name, value] of Object.entries({ title: 'a', page_count: '5', 'tags[0]': 'x', 'other.name': 'y' })) form.append(name, value);
    expect(await refusal(CreateBook, form, { unknown: 'refuse' })).toEqual({ other: ['Unknown field.'] });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('reach no prototype: %s', async (key) => {
    class Free {
      @IsOptional() @IsObject() data?: Record<string, unknown>;
      @IsOptional() @IsString() name?: string;
    }
    const hostile = JSON.parse(`{"${key}": {"polluted": true, "name": "x"}, "data": {"a": [{"${key}": {"polluted": true}}]}}`) as Record<
      string,
      unknown
    >;
    const { data, ...rest } = hostile;
    const read = await pipe(Free, rest);
    expect(read).not.toHaveProperty('polluted');
    expect([Object.getPrototypeOf(read), read.name]).toEqual([Free.prototype, undefined]);
    if (key === '__proto__') expect(await refusal(Free, { data })).toEqual({ data: ['The key "__proto__" is not allowed.'] });
    else expect(await pipe(Free, { data })).toEqual({ data: { a: [{ [key]: { polluted: true } }] } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('@Type', () => {
  class Author {
    @IsString() @IsNotEmpty() fullName!: string;
    @IsOptional() @ValidateNested() @Type(() => Author) mentor?: Author;
  }
  class Book {
    @ValidateNested() @Type(() => Author) author!: Author;
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Author) editors?: Author[];
    @IsOptional() @Type(() => Number) @Max(10, { each: true }) ratings?: number[];
  }

  it('makes objects, at every depth', async () => {
    const book = await pipe(Book, { author: { full_name: 'A', mentor: { full_name: 'B' } }, editors: [{ full_name: 'C' }], ratings: ['1', 2] });
    expect(book).toEqual({ author: { fullName: 'A', mentor: { fullName: 'B' } }, editors: [{ fullName: 'C' }], ratings: [1, 2] });
    expect([book.author, book.author.mentor, book.editors?.[0]].every((one) => one instanceof Author)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    [
      'records of their own',
      { author: { mentor: {} }, editors: [{ full_name: 'A' }, { full_name: '' }] },
      { author: { full_name: REQUIRED, mentor: { full_name: REQUIRED } }, editors: { 1: { full_name: ['This field may not be blank.'] } } },
    ],
    ['what is no object', { author: 'x' }, { author: { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] } }],
    [
      'a list for an object',
      { author: [{ full_name: 'A' }] },
      { author: { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] } },
    ],
    [
      'an object for a list',
      { author: { full_name: 'A' }, editors: { full_name: 'A' } },
      { editors: ['Expected a list of items but got type "dict".'] },
    ],
    ['null, and what is missing', { author: null }, { author: ['This field may not be null.'] }],
    ['nothing', {}, { author: REQUIRED }],
    ['null in a list', { author: { full_name: 'A' }, editors: [null] }, { editors: { 0: ['This field may not be null.'] } }],
    ['items that are none of the type', { author: { full_name: 'A' }, ratings: ['x', 11] }, { ratings: { 0: ['A valid number is required.'] } }],
    [
      'items that are refused',
      { author: { full_name: 'A' }, ratings: [1, 11] },
      { ratings: { 1: ['Ensure this value is less than or equal to 10.'] } },
    ],
  ])('refuses %s', async (_what, input, body) => {
    expect(await refusal(Book, input)).toEqual(body);
  });

  it('reads no more values, and no more fields of a form, than the limits say', async () => {
    class Free {
      @IsArray() list!: unknown[];
    }
    const list = Array.from({ length: 100_000 }, () => 1);
    expect(await errorOf(Free, { list })).toMatchObject({ status: 400, message: 'JSON parse error - Too many values: more than 100000.' });
    expect(await pipe(Free, { list: list.slice(2) })).toMatchObject({ list: { length: 99_998 } });
    const form = Object.assign(Object.create(null) as object, { list: list.slice(0, 1_001).map(String) });
    expect(await errorOf(Free, form)).toMatchObject({ status: 400, message: 'Form parse error - more than 1000 fields.' });
    expect(await pipe(Free, form, { type: 'query' })).toMatchObject({ list: { length: 1_001 } });
  });

  it('ends recursion at the limit', async () => {
    let deep: unknown = { full_name: 'x' };
    for (let at = 0; at < 5_000; at++) deep = { full_name: 'x', mentor: deep };
    expect(await errorOf(Book, { author: deep })).toMatchObject({
      status: 400,
      message: 'JSON parse error - Nested too deeply: more than 32 levels.',
    });
    class Free {
      @IsObject() data!: object;
    }
    let list: unknown[] = [];
    for (let at = 0; at < 5_000; at++) list = [list];
    expect(await errorOf(Free, { data: { list } })).toMatchObject({ status: 400 });
  });

  class Typed {
    @IsOptional() @Type(() => String) text?: string;
    @IsOptional() @Type(() => Number) number?: number;
    @IsOptional() @Type(() => Boolean) flag?: boolean;
    @IsOptional() @Type(() => Date) at?: Date;
    @IsOptional() @Type(() => BigInt) big?: bigint;
    @IsOptional() @Type(() => Decimal) price?: Decimal;
    @IsOptional() @IsInt() count?: number;
    @IsOptional() @IsNumber() ratio?: number;
    @IsOptional() views?: bigint;
  }

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['texts', { text: 5 }, { text: '5' }],
    ['numbers', { number: '1.5' }, { number: 1.5 }],
    ['booleans', { flag: 'false' }, { flag: false }],
    ['moments', { at: '2024-02-29T12:30:00+01:00' }, { at: new Date('2024-02-29T11:30:00Z') }],
    ['dates', { at: '2024-02-29' }, { at: new Date('2024-02-29T00:00:00Z') }],
    ['big integers', { big: new RawNumber('9007199254740993'), views: 5 }, { big: 9_007_199_254_740_993n, views: 5n }],
    ['decimals', { price: new RawNumber('0.10000000000000000001') }, { price: new Decimal('0.10000000000000000001') }],
    ['numbers whose digits a double keeps nearly', { ratio: new RawNumber('0.10000000000000000001') }, { ratio: 0.1 }],
  ])('reads %s', async (_what, input, output) => {
    expect(await pipe(Typed, input)).toEqual(output);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['texts', { text: {} }, { text: ['Not a valid string.'] }],
    ['numbers', { number: [5] }, { number: ['A valid number is required.'] }],
    ['numbers of no value', { number: '' }, { number: ['A valid number is required.'] }],
    ['numbers that a double changes', { number: new RawNumber('9007199254740993') }, { number: ['A valid number is required.'] }],
    ['numbers beyond doubles', { ratio: new RawNumber('1e400') }, { ratio: ['A valid number is required.'] }],
    ['integers that a double changes', { count: new RawNumber('12345678901234567890') }, { count: ['A valid integer is required.'] }],
    ['booleans', { flag: 'maybe' }, { flag: ['Must be a valid boolean.'] }],
    [
      'moments',
      { at: 'soon' },
      { at: ['Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].'] },
    ],
    ['big integers', { big: 1.5 }, { big: ['A valid biginteger is required.'] }],
    [
      'big integers that no column holds',
      { big: new RawNumber('9223372036854775808') },
      { big: ['Ensure this value is less than or equal to 9223372036854775807.'] },
    ],
  ])('refuses what are no %s', async (_what, input, body) => {
    expect(await refusal(Typed, input)).toEqual(body);
  });

  it('chooses among classes by a discriminator', async () => {
    class Shape {
      @IsString() name!: string;
    }
    class Circle extends Shape {
      @IsInt() radius!: number;
    }
    class Square extends Shape {
      @IsInt() side!: number;
    }
    class Drawing {
      @Type(() => Shape, {
        discriminator: {
          property: 'shapeKind',
          subTypes: [
            { value: Circle, name: 'circle' },
            { value: Square, name: 'square' },
          ],
        },
        keepDiscriminatorProperty: true,
      })
      @ValidateNested({ each: true })
      shapes!: Shape[];
    }
    const circle = { shape_kind: 'circle', name: 'a', radius: 5 };
    const { shapes } = await pipe(Drawing, { shapes: [circle, { shape_kind: 'square', name: 'b', side: 3 }] }, { unknown: 'refuse' });
    expect(shapes).toEqual([
      { name: 'a', radius: 5, shapeKind: 'circle' },
      { name: 'b', side: 3, shapeKind: 'square' },
    ]);
    expect(shapes[0]).toBeInstanceOf(Circle);
    expect(
      await refusal(Drawing, {
        shapes: [{ ...circle, radius: 'x' }, { name: 'b' }, { ...circle, shape_kind: 'constructor' }, { ...circle, shape_kind: {} }, 'x'],
      }),
    ).toEqual({
      shapes: {
        0: { radius: ['A valid integer is required.'] },
        1: { shape_kind: REQUIRED },
        2: { shape_kind: ['"constructor" is not a valid choice.'] },
        3: { shape_kind: ['"[object Object]" is not a valid choice.'] },
        4: { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] },
      },
    });
  });
});

describe('texts of forms, queries and addresses', () => {
  class Search {
    @IsOptional() @IsInt() @Min(1) pageSize?: number;
    @IsOptional() @IsBoolean() inStock?: boolean;
    @IsOptional() @IsInt({ each: true }) ids?: number[];
    @IsOptional() @IsString({ each: true }) @IsArray() tags?: string[];
    @IsOptional() @IsString() term?: string;
    @IsOptional() price?: number;
  }
  const query = (input: Record<string, unknown>) => pipe(Search, Object.assign(Object.create(null), input), { type: 'query' });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['the types of properties', { page_size: '20', in_stock: 'false', price: '9.5' }, { pageSize: 20, inStock: false, price: 9.5 }],
    ['the last of several values', { page_size: ['1', '2'], term: ['a', 'b'] }, { pageSize: 2, term: 'b' }],
    ['lists, of one value too', { ids: '5', tags: ['a', 'b'] }, { ids: [5], tags: ['a', 'b'] }],
    ['nothing of an input that was left empty, but a text', { page_size: '', in_stock: '', term: '' }, { term: '' }],
  ])('are read as %s', async (_what, input, output) => {
    expect(await query(input)).toEqual(output);
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    [
      'the constraints',
      { page_size: 'x', in_stock: 'maybe' },
      { page_size: ['A valid integer is required.', 'Ensure this value is greater than or equal to 1.'], in_stock: ['Must be a valid boolean.'] },
    ],
    ['the type', { price: 'x', ids: ['1', 'x'] }, { price: ['A valid number is required.'], ids: { 1: ['A valid number is required.'] } }],
    ['an integer that a double changes', { price: '9007199254740993' }, { price: ['A valid number is required.'] }],
  ])('are refused by %s', async (_what, input, body) => {
    expect(await query(input).catch((error: { body(): unknown }) => error.body())).toEqual(body);
  });

  it('of a form say objects and lists as Django’s do', async () => {
    class Author {
      @IsString() fullName!: string;
      @IsOptional() @IsInt() bornIn?: number;
    }
    class Book {
      @ValidateNested() @Type(() => Author) author!: Author;
      @IsOptional() @ValidateNested({ each: true }) @Type(() => Author) editors?: Author[];
      @IsOptional() @IsString({ each: true }) tags?: string[];
    }
    const form = (entries: [string, string][]) => {
      const values = new FormValues();
      for (const [name, value] of entries) values.append(name, value);
      return values;
    };
    expect(
      await pipe(
        Book,
        form([
          ['author.full_name', 'A'],
          ['author.born_in', '1920'],
          ['editors[0]full_name', 'B'],
          ['editors[1]full_name', 'C'],
          ['tags', 'x'],
          ['tags', 'y'],
        ]),
      ),
    ).toEqual({ author: { fullName: 'A', bornIn: 1920 }, editors: [{ fullName: 'B' }, { fullName: 'C' }], tags: ['x', 'y'] });
    expect(
      await refusal(
        Book,
        form([
          ['author.born_in', 'x'],
          ['editors[0]born_in', '5'],
        ]),
      ),
    ).toEqual({
      author: { full_name: REQUIRED, born_in: ['A valid integer is required.'] },
      editors: { 0: { full_name: REQUIRED } },
    });
    expect(await refusal(Book, form([['author', 'x']]))).toEqual({
      author: { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] },
    });
    expect(await refusal(Book, form([]))).toEqual({ author: REQUIRED });
  });

  it('of a form that Nest has parsed are texts too', async () => {
    expect(await pipe(Search, Object.assign(Object.create(Object.create(null) as object) as object, { page_size: '5' }))).toEqual({ pageSize: 5 });
  });
});

describe('@Transform, @Expose and @Exclude', () => {
  class Note {
    @Transform(({ value }: { value: string }) => value.trim()) @IsString() @MinLength(2) title!: string;
    @Transform(({ obj, value }: { obj: Record<string, unknown>; value: string }) => `${String(obj['title'])}: ${value}`)
    @IsOptional()
    @IsString()
    line?: string;
    @Expose() @Transform(({ value }: { value?: number }) => value ?? 5) @IsInt() rank!: number;
    @Exclude() @IsOptional() owner?: string;
    @Expose({ toPlainOnly: true }) @IsOptional() id?: number;
    @Exclude({ toPlainOnly: true }) @IsOptional() @IsString() secret?: string;
    @Transform(() => 'shown', { toPlainOnly: true }) @IsOptional() @IsString() shown?: string;
  }

  it('work as class-transformer has them', async () => {
    expect(await pipe(Note, { title: ' ab ', line: 'x', owner: 'me', id: 5, secret: 's', shown: 'x' })).toEqual({
      title: 'ab',
      line: ' ab : x',
      rank: 5,
      secret: 's',
      shown: 'x',
    });
    expect(await refusal(Note, { title: ' a ' })).toEqual({ title: ['Ensure this field has at least 2 characters.'] });
  });

  it.each([
    [5, 'Not a valid string.'],
    [{}, 'Not a valid string.'],
    [null, 'This field may not be null.'],
  ])('answer 400 for %o, which a transformation cannot take', async (title, message) => {
    expect(await refusal(Note, { title })).toMatchObject({ title: expect.arrayContaining([message]) as unknown });
  });

  it('look at the input alone that they ask for', async () => {
    expect(await pipe(Note, { title: 'ab', other: '\0' })).toEqual({ title: 'ab', rank: 5 });
    expect(await refusal(Note, { title: 'ab', line: 'x', other: '\0' })).toEqual({ line: ['Null characters are not allowed.'] });
  });

  it('that fail for what every constraint takes fail as they did', async () => {
    class Broken {
      @Transform(() => {
        throw new RangeError('mine');
      })
      @IsString()
      title!: string;
      @IsOptional()
      @Transform(() => Promise.resolve('x'))
      late?: string;
    }
    expect(await errorOf(Broken, { title: 'x' })).toBeInstanceOf(RangeError);
    expect(await errorOf(Broken, { late: 'x' })).toMatchObject({
      message: 'Broken.late: @Transform answers a promise. Use a constraint, or do it in the handler.',
    });
  });

  it('leave nothing but what is exposed of a class that is excluded', async () => {
    @Exclude()
    class Closed {
      @Expose() @IsString() open!: string;
      @IsOptional() @IsString() secret?: string;
    }
    expect(await pipe(Closed, { open: 'a', secret: 'b' })).toEqual({ open: 'a' });
    expect(await refusal(Closed, { open: 'a', secret: 'b' }, { unknown: 'refuse' })).toEqual({ secret: ['Unknown field.'] });
  });
});

describe('constraints of the application’s own', () => {
  const asked = vi.fn<(value: unknown) => void>();
  @ValidatorConstraint({ name: 'known', async: true })
  class Known implements ValidatorConstraintInterface {
    async validate(value: string) {
      asked(value);
      await new Promise((resolve) => setImmediate(resolve));
      return value.toLowerCase() === 'known';
    }
    defaultMessage() {
      return '$property is unknown';
    }
  }
  class Word {
    @IsString() @Validate(Known) theWord!: string;
    @Validate(Known) bare!: string;
  }

  it('are awaited, and never given what a ready one refuses, nor null', async () => {
    asked.mockClear();
    expect(await refusal(Word, { the_word: 5, bare: null })).toEqual({ the_word: ['Not a valid string.'], bare: ['This field may not be null.'] });
    expect(await refusal(Word, {})).toEqual({ the_word: REQUIRED, bare: REQUIRED });
    expect(asked).not.toHaveBeenCalled();
    expect(await refusal(Word, { the_word: 'x', bare: 'known' })).toEqual({ the_word: ['the_word is unknown'] });
    expect(await pipe(Word, { the_word: 'Known', bare: 'known' })).toEqual({ theWord: 'Known', bare: 'known' });
  });
});

describe('boot refuses', () => {
  class Undecorated {
    title!: string;
  }
  class HoldsUndecorated {
    @Type(() => Undecorated) inner!: Undecorated;
  }
  class Untyped {
    @ValidateNested({ each: true }) inner!: unknown[];
  }
  class Late {
    @Type(() => undefined as never) inner!: object;
  }
  class Dynamic {
    @Type((help) => ((help as unknown as { object: { kind: string } }).object.kind === 'a' ? Undecorated : Late)) inner!: object;
  }
  class Mapped {
    @Type(() => Number) counts!: Map<string, number>;
  }
  class Versioned {
    @Expose({ since: 2 }) title!: string;
  }
  class SameName {
    @Allow() inStock!: string;
    @Expose({ name: 'in_stock' }) stock!: string;
  }
  it.each<[PlainClass, string]>([
    [Undecorated, 'Undecorated: Undecorated has no decorators of class-validator or class-transformer, so that nothing of it would be read.'],
    [HoldsUndecorated, 'HoldsUndecorated.inner: Undecorated has no decorators'],
    [Untyped, 'Untyped.inner: @ValidateNested does not say of which class the object is. Say it: @Type(() => …), for a list too.'],
    [Late, 'Late.inner: @Type answers undefined.'],
    [Dynamic, 'Dynamic.inner: the function of @Type asks for the object'],
    [Mapped, 'Mapped.counts is a Map, which input has none of.'],
    [Versioned, 'Versioned.title: since and until of @Expose and @Transform are not looked at.'],
    [SameName, 'SameName: inStock and stock are both in_stock in input; rename one of them.'],
  ])('%o', async (of, message) => {
    await expect(compileClass(of)).rejects.toThrow(message);
  });
});

it('numbers of a JSON body that a double would change come as the parser has them', async () => {
  class Free {
    @Allow() any!: unknown;
  }
  const body = parseJsonText('{"any": {"a": [1.00000000000000000001, 1]}}', { depth: 32, nodes: 100 });
  expect(await pipe(Free, body)).toEqual({ any: { a: [1, 1] } });
  expect(await refusal(Free, parseJsonText('{"any": 12345678901234567890}', { depth: 32, nodes: 100 }))).toEqual({
    any: ['A valid number is required.'],
  });
});
