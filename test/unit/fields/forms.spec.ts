import { describe, expect, it } from 'vitest';
import { boolean } from '../../../src/framework/fields/boolean-field.js';
import { char } from '../../../src/framework/fields/char-field.js';
import { choice } from '../../../src/framework/fields/choice-field.js';
import { dict } from '../../../src/framework/fields/dict-field.js';
import type { Field } from '../../../src/framework/fields/field.js';
import { hstore } from '../../../src/framework/fields/hstore-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { json } from '../../../src/framework/fields/json-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { multipleChoice } from '../../../src/framework/fields/multiple-choice-field.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { compile, read } from '../serializers/compiling.js';
import { formOf } from './forms.js';

class Point extends Serializer {
  x = integer();
  y = integer({ default: 0 });
  visible = boolean({ required: false });
  label = char({ required: false, allowBlank: true });
}
const point = () => nested(() => Point);
const points = () => nested(() => Point, { many: true });
const COLOURS = ['red', 'green'] as const;

async function answer(field: Field, text: string, partial = false): Promise<unknown> {
  class Value extends Serializer {
    value = field;
  }
  try {
    return await read(compile(Value), formOf(text), { partial });
  } catch (error) {
    if (error instanceof ValidationError) return error.body();
    throw error;
  }
}

const REQUIRED = { value: ['This field is required.'] };
const NO_INTEGER = ['A valid integer is required.'];

// Every answer is the one that Django REST framework 3.18 gives.
describe('a form (PARS-7)', () => {
  it.each<[string, Field, string, unknown]>([
    ['an absent checkbox is false', boolean(), '', { value: false }],
    ['an absent checkbox is null where null is allowed', boolean({ allowNull: true }), '', { value: null }],
    ['an absent checkbox is its default', boolean({ default: true }), '', { value: true }],
    ['a blank checkbox is nothing', boolean(), 'value=', { value: ['Must be a valid boolean.'] }],
    ['a blank text is blank', char(), 'value=', { value: ['This field may not be blank.'] }],
    ['a blank text is null where null is allowed', char({ allowNull: true }), 'value=', { value: null }],
    ['a blank text is a text where that is allowed', char({ allowBlank: true, allowNull: true }), 'value=', { value: '' }],
    ['a blank text is its default', char({ default: 'fallback' }), 'value=', { value: 'fallback' }],
    ['a blank text is nothing where nothing is required', char({ required: false }), 'value=', {}],
    ['of a value that is said twice the last one counts', integer(), 'value=1&value=2', { value: 2 }],
    ['a blank choice is null where null is allowed', choice({ choices: COLOURS, allowNull: true }), 'value=', { value: null }],
    ['a blank choice is none', choice({ choices: COLOURS }), 'value=', { value: ['"" is not a valid choice.'] }],
    ['several choices are said by one name', multipleChoice({ choices: COLOURS }), 'value=red&value=green&value=red', { value: ['red', 'green'] }],
    ['absent choices are an empty list', multipleChoice({ choices: COLOURS }), '', { value: [] }],
    ['absent choices are an empty list, whatever the default', multipleChoice({ choices: COLOURS, default: ['red'] }), '', { value: [] }],
    [
      'absent choices are refused where some must be made',
      multipleChoice({ choices: COLOURS, allowEmpty: false }),
      '',
      { value: ['This selection may not be empty.'] },
    ],
    ['a list is said by one name', list({ child: integer() }), 'value=1&value=2', { value: [1, 2] }],
    ['a list is said by its places', list({ child: integer() }), 'value[10]=1&value[9]=2&value[x]=4', { value: [2, 1] }],
    ['a place with zeros before it is that place', list({ child: integer() }), 'value[9]=2&value[09]=3', { value: [3] }],
    ['a list of one blank is that', list({ child: integer() }), 'value=', { value: { 0: NO_INTEGER } }],
    ['an absent list is absent', list(), '', REQUIRED],
    ['an absent list is its default', list({ default: [1] }), '', { value: [1] }],
    ['a list of lists', list({ child: list({ child: integer() }) }), 'value[0][0]=1&value[0][1]=2&value[1][0]=3', { value: [[1, 2], [3]] }],
    ['a list where lists are wanted', list({ child: list() }), 'value=1', { value: { 0: ['Expected a list of items but got type "str".'] } }],
    ['an item of several fields', list(), 'value[0]a=1&value[0]b=2&value[1]=x', { value: [{ a: '1', b: '2' }, 'x'] }],
    ['an item of several fields is no text', list({ child: char() }), 'value[0]a=2', { value: { 0: ['Not a valid string.'] } }],
    ['an item is what was said of it last: fields', list(), 'value[0]=1&value[0]a=2', { value: [{ a: '2' }] }],
    ['an item is what was said of it last: a text', list(), 'value[0]a=2&value[0]=1', { value: ['1'] }],
    [
      'an item of several fields is no choice',
      list({ child: choice({ choices: COLOURS }) }),
      'value[0]a=2',
      { value: { 0: ["\"<MultiValueDict: {'a': ['2']}>\" is not a valid choice."] } },
    ],
    ['a dictionary', dict(), 'value.a=1&value.b=2&value.a=3', { value: { a: '3', b: '2' } }],
    ['a dictionary that is only named is empty', dict(), 'value=x', { value: {} }],
    ['an empty one where it may not be', dict({ allowEmpty: false }), 'value=', { value: ['This dictionary may not be empty.'] }],
    ['an absent dictionary is absent', dict(), '', REQUIRED],
    ['the values of a dictionary', dict({ child: integer() }), 'value.a=1&value.b=x', { value: { b: NO_INTEGER } }],
    ['a name with a dot in a dictionary', dict(), 'value.a.x=2', { value: { 'a.x': '2' } }],
    ['dictionaries in a list', list({ child: dict() }), 'value[0]a=1&value[0]b=2', { value: [{ a: '1', b: '2' }] }],
    ['a blank of an hstore', hstore(), 'value.a=1&value.b=', { value: { a: '1', b: '' } }],
    ['an object', point(), 'value.x=1&value.y=2&value.visible=on', { value: { x: 1, y: 2, visible: true } }],
    ['an absent checkbox in an object', point(), 'value.x=1', { value: { x: 1, y: 0, visible: false } }],
    ['an object that is only named is absent', point(), 'value=1', REQUIRED],
    ['an object in a form is never null', nested(() => Point, { allowNull: true }), 'value=', REQUIRED],
    ['what is wrong with an object', point(), 'value.label=', { value: { x: ['This field is required.'] } }],
    [
      'objects in a list',
      points(),
      'value[0]x=1&value[1]x=2&value[1]y=3',
      {
        value: [
          { x: 1, y: 0, visible: false },
          { x: 2, y: 3, visible: false },
        ],
      },
    ],
    ['what is wrong with objects in a list', points(), 'value[0].x=1', { value: { 0: { x: ['This field is required.'] } } }],
    ['a list of objects that is only named is absent', points(), 'value=1', REQUIRED],
    ['JSON', json(), 'value={"a":1}', { value: { a: 1 } }],
    ['the text null of JSON is null, though none may be left out', json(), 'value=null', { value: null }],
    ['a blank is no JSON', json(), 'value=', { value: ['Value must be valid JSON.'] }],
    ['JSON that is absent', json(), '', REQUIRED],
  ])('%s', async (_rule, field, text, expected) => expect(await answer(field, text)).toEqual(expected));

  it.each<[string, Field]>([
    ['checkbox', boolean()],
    ['text', char()],
    ['multiple choice', multipleChoice({ choices: COLOURS })],
    ['list', list()],
    ['dictionary', dict()],
    ['object', point()],
    ['JSON value', json()],
  ])('an absent %s is left as it is by a partial update', async (_what, field) => expect(await answer(field, '', true)).toEqual({}));
});
