import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { bigInteger } from '../../../src/framework/fields/big-integer-field.js';
import { date } from '../../../src/framework/fields/date-field.js';
import { dateTime } from '../../../src/framework/fields/date-time-field.js';
import { decimal } from '../../../src/framework/fields/decimal-field.js';
import { dict } from '../../../src/framework/fields/dict-field.js';
import { duration } from '../../../src/framework/fields/duration-field.js';
import type { Field } from '../../../src/framework/fields/field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { time } from '../../../src/framework/fields/time-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { resolveSettings } from '../../../src/framework/settings/resolve-settings.js';
import type { RestOptions } from '../../../src/framework/settings/rest-options.js';
import { compile, refusal } from '../serializers/compiling.js';

const compiledWith = (field: Field, settings: Partial<RestOptions>) => {
  class Value extends Serializer {
    value = field;
  }
  return compile(Value, settings);
};
const show = (field: Field, value: unknown, settings: Partial<RestOptions>) =>
  compiledWith(field, settings).render({ value } as never, { baseUrl: '' })['value'];

const moment = new Date('2024-07-01T12:30:00Z');
const hour = Temporal.Duration.from({ hours: 1 });
const price = () => decimal({ maxDigits: 5, decimalPlaces: 2 });

describe('a setting of fields', () => {
  it.each<[Partial<RestOptions>, () => Field, unknown, unknown]>([
    [{ timeZone: 'Europe/London' }, () => dateTime(), moment, '2024-07-01T13:30:00+01:00'],
    [{ datetimeFormat: '%d/%m/%Y' }, () => dateTime(), moment, '01/07/2024'],
    [{ dateFormat: '%d/%m/%Y' }, () => date(), moment, '01/07/2024'],
    [{ timeFormat: '%H.%M' }, () => time(), moment, '12.30'],
    [{ durationFormat: 'iso-8601' }, () => duration(), hour, 'P0DT01H00M00S'],
    [{ durationFormat: null }, () => duration(), hour, hour],
    [{ coerceDecimalToString: false }, price, '1.5', 1.5],
    [{ coerceBigIntToString: true }, () => bigInteger(), 2n ** 62n, '4611686018427387904'],
    [{ dateFormat: '%d/%m/%Y' }, () => list({ child: date() }), [moment], ['01/07/2024']],
    [{ coerceDecimalToString: false }, () => dict({ child: list({ child: price() }) }), { a: ['1.5'] }, { a: [1.5] }],
  ])('%j is how values are shown', (settings, make, value, expected) => expect(show(make(), value, settings)).toEqual(expected));

  it.each<[Partial<RestOptions>, () => Field, unknown, unknown]>([
    [{ timeZone: 'Europe/London' }, () => dateTime({ defaultTimezone: 'UTC' }), moment, '2024-07-01T12:30:00Z'],
    [{ datetimeFormat: '%d/%m/%Y' }, () => dateTime({ format: 'iso-8601' }), moment, '2024-07-01T12:30:00Z'],
    [{ durationFormat: 'iso-8601' }, () => duration({ format: 'django' }), hour, '01:00:00'],
    [{ coerceDecimalToString: false }, () => decimal({ maxDigits: 5, decimalPlaces: 2, coerceToString: true }), '1.5', '1.50'],
    [{ coerceBigIntToString: true }, () => bigInteger({ coerceToString: false }), 5n, 5n],
  ])('%j gives way to the option of a field', (settings, make, value, expected) => expect(show(make(), value, settings)).toEqual(expected));

  it('says how values are read', async () => {
    const settings = { dateInputFormats: ['%d/%m/%Y'] };
    expect(await refusal(compiledWith(date(), settings), { value: '2024-02-29' })).toEqual({
      value: ['Date has wrong format. Use one of these formats instead: DD/MM/YYYY.'],
    });
  });

  it.each<[Partial<RestOptions>, RegExp]>([
    [{ timeZone: 'Mars/Olympus' }, /^RestModule\.forRoot: timeZone is 'Mars\/Olympus', which is no time zone/],
    [{ datetimeFormat: '%Q' }, /^RestModule\.forRoot: datetimeFormat: '%Q' has %Q, which is not known/],
    [{ dateInputFormats: [] }, /^RestModule\.forRoot: dateInputFormats must be a list of formats/],
    [{ timeInputFormats: ['%Q'] }, /^RestModule\.forRoot: timeInputFormats/],
    [{ durationFormat: 'iso' as never }, /^RestModule\.forRoot: durationFormat is iso; use 'django', 'iso-8601' or null/],
  ])('%j stops the application', (settings, message) => {
    const resolve = () => resolveSettings({ authentication: [], permissions: [], ...settings });
    expect(resolve).toThrow(ConfigurationError);
    expect(resolve).toThrow(message);
  });
});
