import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { EMPTY } from '../../../src/framework/fields/field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { date } from '../../../src/framework/fields/date-field.js';
import { list, ListField } from '../../../src/framework/fields/list-field.js';
import { read, refused, shown } from './reading.js';

const numbers = new ListField({ child: integer({ min: 0, max: 9 }), minLength: 1, maxLength: 2 });

describe('list', () => {
  it.each([
    [
      [1, '2'],
      [1, 2],
    ],
  ])('reads the items of %j', (given, expected) => expect(shown(numbers, given)).toEqual(expected));

  it.each([
    [[], 'min_length'],
    [[1, 2, 3], 'max_length'],
    ['12', 'not_a_list'],
    [{}, 'not_a_list'],
    [7, 'not_a_list'],
    [true, 'not_a_list'],
  ])('refuses %j: %s', (given, code) => expect(shown(numbers, given)).toEqual(refused(code)));

  it('says which items are wrong, before it looks at the length', () => {
    const { detail } = read(numbers, ['x', 1, null, 10]) as { detail: Record<string, { code: string }[]> };
    expect(Object.entries(detail).map(([index, [error]]) => [index, error?.code])).toEqual([
      ['0', 'invalid'],
      ['2', 'null'],
      ['3', 'max_value'],
    ]);
  });

  it('takes null items where the child does', () => expect(shown(list({ child: integer({ allowNull: true }) }), [null, 1])).toEqual([null, 1]));
  it('shows its items by the child', () =>
    expect(list({ child: date() }).toRepresentation([new Date(0), null] as never)).toEqual(['1970-01-01', null]));
  it('describes its items', () =>
    expect(numbers.describe()).toEqual({
      type: 'list',
      child: numbers.child,
      schema: { type: 'array', minItems: 1, maxItems: 2 },
      minLength: 1,
      maxLength: 2,
    }));

  it.each([
    [
      ['tags', 'a'],
      ['tags', 'b'],
      ['a', 'b'],
    ],
    [
      ['tags[1]', 'b'],
      ['tags[0]', 'a'],
      ['a', 'b'],
    ],
    [['tagsy', 'b'], ['tags[x]', 'a'], EMPTY],
  ] as const)('reads %j, %j of a form', (first, second, expected) => {
    const form = new FormValues();
    form.append(first[0], first[1]);
    form.append(second[0], second[1]);
    expect(list().getFormValue(form, 'tags', false)).toEqual(expected);
  });

  it('does not read a long number of a form again and again', () => {
    const form = FormValues.of(`tags[${'0'.repeat(200_000)}`, 'a');
    expect(list().getFormValue(form, 'tags', false)).toEqual(EMPTY);
    form.append(`tags[${'0'.repeat(200_000)}7]`, 'b');
    form.append('tags[10]', 'c');
    expect(list().getFormValue(form, 'tags', false)).toEqual(['b', 'c']);
  });

  it('cannot have a child with a source, or lengths that exclude each other', () => {
    expect(() => list({ child: integer({ source: 'x' }) })).toThrow(ConfigurationError);
    expect(() => list({ minLength: 2, maxLength: 1 })).toThrow(ConfigurationError);
  });
});
