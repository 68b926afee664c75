import { describe, expect, it } from 'vitest';
import { messagesOf, type Detail } from '../../../src/framework/exceptions/error-detail.js';
import { multipleChoice } from '../../../src/framework/fields/multiple-choice-field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { read, shown } from './reading.js';

const colours = multipleChoice({
  choices: [
    ['red', 'Red'],
    ['green', 'Green'],
    [3, 'Three'],
  ],
});

describe('a multiple choice (FLD-19)', () => {
  it.each([
    [[], []],
    [
      ['green', 'red', 'green'],
      ['green', 'red'],
    ],
    [[3, '3'], [3]],
    // As Python goes through an object, its keys are meant.
    [{ red: 1, 3: 2 }, [3, 'red']],
  ])('takes %j as %j', (given, expected) => expect(shown(colours, given)).toEqual(expected));

  it.each([
    [['pink', 'mauve'], '"pink" is not a valid choice.'],
    [[null], '"None" is not a valid choice.'],
    [[['red']], '"[\'red\']" is not a valid choice.'],
    [[''], '"" is not a valid choice.'],
    ['red', 'Expected a list of items but got type "str".'],
    [7, 'Expected a list of items but got type "int".'],
    [1.5, 'Expected a list of items but got type "float".'],
    [true, 'Expected a list of items but got type "bool".'],
    [new RawNumber('12345678901234567890'), 'Expected a list of items but got type "int".'],
  ])('refuses %j: %s', (given, message) => expect(messagesOf((read(colours, given) as { detail: Detail }).detail)).toEqual([message]));

  it('refuses an empty list where something must be chosen', () =>
    expect(messagesOf((read(multipleChoice({ choices: ['a'], allowEmpty: false }), []) as { detail: Detail }).detail)).toEqual([
      'This selection may not be empty.',
    ]));

  it('takes a blank where that is allowed', () => expect(shown(multipleChoice({ choices: ['a'], allowBlank: true }), ['', 'a'])).toEqual(['', 'a']));

  it('shows each value once, and what is no choice as it is', () =>
    expect(colours.toRepresentation(['3', 'red', 'red', 'pink'] as never)).toEqual([3, 'red', 'pink']));

  it('describes itself', () =>
    expect(multipleChoice({ choices: [['a', 'A']], allowEmpty: false }).describe()).toEqual({
      type: 'multiple choice',
      schema: { type: 'array', items: { type: 'string', enum: ['a'] }, minItems: 1 },
      choices: [{ value: 'a', label: 'A' }],
    }));
});
