import { describe, expect, it } from 'vitest';
import { booleanFilter } from '../../../src/framework/filters/boolean-filter.js';
import { charFilter } from '../../../src/framework/filters/char-filter.js';
import { choiceFilter, multipleChoiceFilter } from '../../../src/framework/filters/choice-filter.js';
import { dateFilter } from '../../../src/framework/filters/date-filter.js';
import { dateTimeFilter } from '../../../src/framework/filters/date-time-filter.js';
import type { AnyFilter } from '../../../src/framework/filters/filter.js';
import { modelChoiceFilter, modelMultipleChoiceFilter } from '../../../src/framework/filters/model-choice-filter.js';
import { numberFilter } from '../../../src/framework/filters/number-filter.js';
import { timeFilter } from '../../../src/framework/filters/time-filter.js';
import { uuidFilter } from '../../../src/framework/filters/uuid-filter.js';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { models } from '../../../src/library/generated/models.js';

const long = 'x'.repeat(5000);
const NUL = 'Null characters are not allowed.';
const NUMBER = 'Enter a number.';
const DATE = 'Enter a valid date.';
const MOMENT = 'Enter a valid date/time.';
const TIME = 'Enter a valid time.';
const UUID = 'Enter a valid UUID.';
const ROW = 'Select a valid choice. That choice is not one of the available choices.';
const MANY = 'At most 100 values are allowed.';
const choice = (text: string) => `Select a valid choice. ${text} is not one of the available choices.`;

/** The value as text, or the message. */
function outcome(filter: AnyFilter, ...texts: string[]): unknown {
  try {
    const value = filter.read(texts);
    return Array.isArray(value) ? value.map((one) => (one === null ? null : String(one))) : value === undefined ? undefined : String(value);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.body();
  }
}

describe.each<[string, AnyFilter, [text: string, expected: unknown][]]>([
  [
    'charFilter',
    charFilter(),
    [
      [' a b ', 'a b'],
      ['', undefined],
      ['  ', undefined],
      ['\0', [NUL]],
      ['a\0', [NUL]],
      [long, long],
      ['\ud800', '\ud800'],
      ['0', '0'],
      ['a,b', 'a,b'],
    ],
  ],
  [
    'charFilter in',
    charFilter({ lookup: 'in' }),
    [
      ['fr,de', ['fr', 'de']],
      ['', undefined],
      [' fr ,,', ['fr', '', '']],
      ['a,\0', [NUL]],
      ['a,'.repeat(99), [...Array<string>(99).fill('a'), '']],
      ['a,'.repeat(100), [MANY]],
      [','.repeat(9000), [MANY]],
    ],
  ],
  [
    'numberFilter',
    numberFilter(),
    [
      ['24.50', '24.5'],
      [' 7 ', '7'],
      ['-3', '-3'],
      ['+3', '3'],
      ['.5', '0.5'],
      ['5.', '5'],
      ['1_000', '1000'],
      ['1e3', '1000'],
      ['', undefined],
      ['  ', undefined],
      ['0', '0'],
      ['-0', '0'],
      ['1e40', '1e+40'],
      [`1${'0'.repeat(40)}`, '1e+40'],
      ['1e50', '1e+50'],
      ['-1e400', '-1e+400'],
      ['1e-400', '1e-400'],
      [`0.${'0'.repeat(4990)}1`, '1e-4991'],
      ['1e400', ['Ensure this value is less than or equal to 1e+50.']],
      ['9'.repeat(5000), ['Ensure this value is less than or equal to 1e+50.']],
      ['1e999999999999999999', ['Ensure this value is less than or equal to 1e+50.']],
      ['abc', [NUMBER]],
      ['nan', [NUMBER]],
      ['NaN', [NUMBER]],
      ['inf', [NUMBER]],
      ['-Infinity', [NUMBER]],
      ['-1e999999999999999999', [NUMBER]],
      ['1e9999999999999999999999', [NUMBER]],
      ['0x10', [NUMBER]],
      ['1,5', [NUMBER]],
      ['1 5', [NUMBER]],
      ['\0', [NUMBER]],
      [long, [NUMBER]],
      ['_', [NUMBER]],
      ['.', [NUMBER]],
      ['e5', [NUMBER]],
      ['--1', [NUMBER]],
      ['0b1', [NUMBER]],
      ['\ud800', [NUMBER]],
    ],
  ],
  [
    'numberFilter range',
    numberFilter({ lookup: 'range' }),
    [
      ['10,20', ['10', '20']],
      ['10', ['Range query expects two values.']],
      ['1,2,3', ['Range query expects two values.']],
      ['10,', ['10', null]],
      ['', undefined],
      ['x,1', [NUMBER]],
      ['x', [NUMBER]],
    ],
  ],
  [
    'numberFilter in',
    numberFilter({ lookup: 'in' }),
    [
      ['1,,2', ['1', null, '2']],
      ['1,x', [NUMBER]],
      [',', [null, null]],
    ],
  ],
  [
    'booleanFilter',
    booleanFilter(),
    [
      ['true', 'true'],
      ['false', 'false'],
      ['True', 'true'],
      ['1', 'true'],
      ['0', 'false'],
      ['maybe', undefined],
      ['', undefined],
      [' true', undefined],
      ['\0', undefined],
      [long, undefined],
      ['__proto__', undefined],
    ],
  ],
  [
    'choiceFilter',
    choiceFilter({ choices: ['en', { value: 'fr', label: 'French' }] }),
    [
      ['en', 'en'],
      ['fr', 'fr'],
      ['', undefined],
      ['xx', [choice('xx')]],
      [' en', [choice(' en')]],
      ['\0', [choice('\0')]],
      ['French', [choice('French')]],
      ['constructor', [choice('constructor')]],
    ],
  ],
  [
    'dateFilter',
    dateFilter(),
    [
      ['1999-06-17', '1999-06-17'],
      [' 1999-6-7 ', '1999-06-07'],
      ['06/17/1999', '1999-06-17'],
      ['6/7/99', '1999-06-07'],
      ['6/7/68', '2068-06-07'],
      ['6/7/69', '1969-06-07'],
      ['Oct 25 2006', '2006-10-25'],
      ['oct 25, 2006', '2006-10-25'],
      ['October 25, 2006', '2006-10-25'],
      ['25 Oct 2006', '2006-10-25'],
      ['25 October, 2006', '2006-10-25'],
      ['may 5 2006', '2006-05-05'],
      ['sept 5 2006', [DATE]],
      ['', undefined],
      ['9999-12-31', '9999-12-31'],
      ['2024-02-29', '2024-02-29'],
      ['notadate', [DATE]],
      ['2023-02-29', [DATE]],
      ['0000-01-01', [DATE]],
      ['1999-13-01', [DATE]],
      ['1999-00-01', [DATE]],
      ['10000-01-01', [DATE]],
      ['+010000-01-01', [DATE]],
      ['99-01-01', [DATE]],
      ['2020-01-01T00:00', [DATE]],
      ['\0', [DATE]],
      [long, [DATE]],
      ['25/10/2006', [DATE]],
    ],
  ],
  [
    'dateTimeFilter',
    dateTimeFilter(),
    [
      ['2025-06-10T12:00:00Z', '2025-06-10T12:00:00Z'],
      ['2025-06-10 12:00', '2025-06-10T12:00:00Z'],
      ['2025-06-10T14:00:00+02:00', '2025-06-10T12:00:00Z'],
      ['2025-06-10T12:00:00.123456Z', '2025-06-10T12:00:00.123456Z'],
      ['2025-06-10T12:00:00-0530', '2025-06-10T17:30:00Z'],
      ['2025-06-10', '2025-06-10T00:00:00Z'],
      ['2025-06-10T12:00:00,5z', '2025-06-10T12:00:00.5Z'],
      ['2025-06-10T12:00:00.1234567890Z', '2025-06-10T12:00:00.123456Z'],
      ['2025-06-10T12+02', [MOMENT]],
      ['', undefined],
      ['0001-01-01T00:00:00+23:59', '0000-12-31T00:01:00Z'],
      ['x', [MOMENT]],
      ['2025-02-30T00:00', [MOMENT]],
      ['2025-06-10T24:00', [MOMENT]],
      ['2025-06-10T12:60', [MOMENT]],
      ['2025-06-10T12:00:60Z', [MOMENT]],
      ['0000-06-10', [MOMENT]],
      ['+012025-06-10T12:00Z', [MOMENT]],
      ['2025-06-10T12:00:00 02:00', [MOMENT]],
      ['2025-06-10T12:00+99:00', [MOMENT]],
      ['\0', [MOMENT]],
      [long, [MOMENT]],
    ],
  ],
  [
    'timeFilter',
    timeFilter(),
    [
      ['14:30', '14:30:00'],
      ['14:30:59.0002', '14:30:59.0002'],
      ['4:5', '04:05:00'],
      ['', undefined],
      ['24:00', [TIME]],
      ['14:60', [TIME]],
      ['14', [TIME]],
      ['14:30:59.1234567', [TIME]],
      [long, [TIME]],
    ],
  ],
  [
    'uuidFilter',
    uuidFilter(),
    [
      ['6F9619FF-8B86-D011-B42D-00CF4FC964FF', '6f9619ff-8b86-d011-b42d-00cf4fc964ff'],
      ['{6f9619ff8b86d011b42d00cf4fc964ff}', '6f9619ff-8b86-d011-b42d-00cf4fc964ff'],
      ['urn:uuid:6f9619ff-8b86-d011-b42d-00cf4fc964ff', '6f9619ff-8b86-d011-b42d-00cf4fc964ff'],
      ['', undefined],
      ['x', [UUID]],
      ['6f9619ff', [UUID]],
      ['g'.repeat(32), [UUID]],
      ['\0', [UUID]],
      [long, [UUID]],
    ],
  ],
  [
    'modelChoiceFilter',
    modelChoiceFilter(models.author),
    [
      ['3', '3'],
      [' 3 ', '3'],
      ['', undefined],
      ['x', [ROW]],
      ['1.5', [ROW]],
      ['9'.repeat(40), [ROW]],
      ['2147483648', [ROW]],
      ['1e3', [ROW]],
      ['\0', [ROW]],
      [long, [ROW]],
      ['__proto__', [ROW]],
    ],
  ],
  [
    'modelChoiceFilter in',
    modelChoiceFilter(models.author, { lookup: 'in' }),
    [
      ['1,2', ['1', '2']],
      ['1,,2', ['1', null, '2']],
      ['1,x', [ROW]],
      ['', undefined],
      ['1,'.repeat(101), [MANY]],
    ],
  ],
])('%s', (_name, filter, cases) => {
  it.each(cases)('reads %j', (text, expected) => {
    expect(outcome(filter, text)).toEqual(expected);
    expect(outcome(filter, 'before', text)).toEqual(expected);
  });
});

describe('filters of repeated parameters', () => {
  const language = multipleChoiceFilter({ choices: ['en', 'fr'] });
  const genres = modelMultipleChoiceFilter(models.genre);

  it.each<[AnyFilter, string[], unknown]>([
    [language, ['en', 'fr', 'en'], ['en', 'fr']],
    [language, ['en', 'xx'], [choice('xx')]],
    [language, [''], [choice('')]],
    [genres, ['1', '2', '1'], ['1', '2']],
    [genres, ['1', 'x'], ['“x” is not a valid value.']],
    [genres, [''], ['“” is not a valid value.']],
    [genres, ['9'.repeat(40)], [choice('9'.repeat(40))]],
    [genres, Array<string>(101).fill('1'), [MANY]],
  ])('%o reads %j', (filter, texts, expected) => {
    expect(outcome(filter, ...texts)).toEqual(expected);
  });
});
