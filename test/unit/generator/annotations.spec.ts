import { describe, expect, it } from 'vitest';
import { parseAnnotations, SchemaError, type Target } from '../../../src/generator/annotations.js';

const read = (text: string, target: Target = 'field') => {
  const { annotations, prose } = parseAnnotations(text, target, 'Book.price');
  return { annotations: Object.fromEntries(annotations), prose };
};

describe('annotations in a schema', () => {
  it.each<[rule: string, text: string, target: Target, annotations: object, prose?: string]>([
    ['take no parentheses where they take no arguments', '@rest.blank', 'field', { blank: [] }],
    ['may have empty parentheses', '@rest.blank()', 'field', { blank: [] }],
    ['may stand several on a line', '@rest.email @rest.blank', 'field', { email: [], blank: [] }],
    ['may stand on several lines', '@rest.min(1)\n@rest.max(5)', 'field', { min: [1], max: [5] }],
    ['take negative and fractional numbers', '@rest.min(-0.5)', 'field', { min: [-0.5] }],
    ['take a parenthesis within a text', '@rest.help("a ) b")', 'field', { help: ['a ) b'] }],
    ['take a quote within a text', '@rest.help("a \\"b\\" )")', 'field', { help: ['a "b" )'] }],
    ['unescape a pattern once', '@rest.regex("^\\\\d{13}$", "Digits.")', 'field', { regex: ['^\\d{13}$', 'Digits.'] }],
    ['leave out what is optional', '@rest.regex("a")', 'field', { regex: ['a'] }],
    ['need no folder of files', '@rest.file', 'field', { file: [] }],
    ['say the folder of files', '@rest.image("covers/%Y")', 'field', { image: ['covers/%Y'] }],
    ['repeat where a list is meant', '@rest.ordering("name", "-id")', 'model', { ordering: ['name', '-id'] }],
    ['take a word or none', '@rest.slug', 'field', { slug: [] }],
    ['take the kind of a slug', '@rest.slug("unicode")', 'field', { slug: ['unicode'] }],
    [
      'list choices with their labels',
      '@rest.choices([1, "Low"], [2, "High (or so)"])',
      'field',
      {
        choices: [
          [1, 'Low'],
          [2, 'High (or so)'],
        ],
      },
    ],
    ['hold a condition', '@rest.limitChoicesTo({"name": {"not": ")"}})', 'field', { limitChoicesTo: [{ name: { not: ')' } }] }],
    ['name a choice', '@rest.label("French")', 'enum value', { label: ['French'] }],
    ['leave the prose around them', 'In euros. @rest.min(0)\nWithout taxes.', 'field', { min: [0] }, 'In euros.\nWithout taxes.'],
    ['are not an e-mail address', 'Write to me@rest.example.', 'model', {}, 'Write to me@rest.example.'],
  ])('%s', (_rule, text, target, annotations, prose) => {
    expect(read(text, target)).toEqual({ annotations, prose });
  });

  it.each<[rule: string, text: string, target: Target, message: string]>([
    ['of an unknown name', '@rest.minimum(1)', 'field', 'Book.price: unknown annotation @rest.minimum. A field knows label, help, blank,'],
    ['of a name that objects inherit', '@rest.constructor', 'field', 'unknown annotation @rest.constructor'],
    ['of a field on a model', '@rest.blank', 'model', 'A model knows ordering, str, verboseName, nullsNotDistinct.'],
    ['of no name', '@rest.', 'field', 'unknown annotation @rest..'],
    ['that stands twice', '@rest.min(1) @rest.min(2)', 'field', '@rest.min stands twice'],
    ['that is not closed', '@rest.help("a)', 'field', 'lacks its closing parenthesis. Write it like @rest.help("In euros.")'],
    ['with arguments that are not JSON', "@rest.help('a')", 'field', 'the arguments are not JSON. Write it like @rest.help("In euros.")'],
    ['with an argument of another type', '@rest.min("1")', 'field', '@rest.min("1"): the arguments do not fit'],
    ['with a number beyond a double', '@rest.min(1e999)', 'field', 'the arguments do not fit'],
    ['with too few arguments', '@rest.min()', 'field', 'the arguments do not fit'],
    ['with too many arguments', '@rest.blank(true)', 'field', 'the arguments do not fit'],
    ['with an empty list', '@rest.ordering()', 'model', 'the arguments do not fit'],
    ['with an empty text', '@rest.label("")', 'field', 'the arguments do not fit'],
    ['with another kind of slug', '@rest.slug("ascii")', 'field', 'Write it like @rest.slug or @rest.slug("unicode").'],
    ['with a choice that has no label', '@rest.choices([1])', 'field', 'Write it like @rest.choices([1, "Low"], [2, "High"]).'],
    ['with no choices', '@rest.choices()', 'field', 'the arguments do not fit'],
    ['with a condition that is a list', '@rest.limitChoicesTo([])', 'field', 'the arguments do not fit'],
    ['with a negative length', '@rest.minLength(-1)', 'field', 'the arguments do not fit'],
  ])('refuse one %s', (_rule, text, target, message) => {
    expect(() => read(text, target)).toThrow(SchemaError);
    expect(() => read(text, target)).toThrow(message);
  });
});
