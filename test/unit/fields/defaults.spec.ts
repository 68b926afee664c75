import { describe, expect, it } from 'vitest';
import { char } from '../../../src/framework/fields/char-field.js';
import { boolean } from '../../../src/framework/fields/boolean-field.js';
import { createOnlyDefault, currentUser } from '../../../src/framework/fields/defaults.js';
import { dict } from '../../../src/framework/fields/dict-field.js';
import type { Field } from '../../../src/framework/fields/field.js';
import { hidden } from '../../../src/framework/fields/hidden-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { compile, read } from '../serializers/compiling.js';

const request = { user: { id: 3 } } as never;

describe('createOnlyDefault', () => {
  class Note extends Serializer {
    text = char({ default: createOnlyDefault('none yet') });
    owner = hidden({ default: createOnlyDefault(currentUser()) });
    size = integer({ default: createOnlyDefault(({ partial }) => (partial ? 1 : 2)) });
  }
  const note = compile(Note);

  it('is the value of a new row', async () => expect(await read(note, {}, { request })).toEqual({ text: 'none yet', owner: 3, size: 2 }));

  it('leaves a row that is there as it is', async () => expect(await read(note, {}, { request, instance: {} })).toEqual({}));

  it('gives way to what is sent', async () => expect(await read(note, { text: 'x' }, { instance: {} })).toEqual({ text: 'x' }));
});

describe('a default', () => {
  it.each([
    [char({ default: 'x' }), 'x'],
    [char({ default: () => 'x' }), 'x'],
    [integer({ default: 0 }), 0],
    [char({ allowNull: true, default: null }), null],
    [hidden({ default: currentUser() }), 3],
  ])('%# is the value where input holds none, and not on a partial update', async (field: Field, expected) => {
    class Value extends Serializer {
      value = field;
    }
    expect(await read(compile(Value), {}, { request })).toEqual({ value: expected });
    expect(await read(compile(Value), {}, { request, partial: true })).toEqual({});
  });
});

describe('what a form holds before anything is filled in', () => {
  it.each<[Field, unknown]>([
    [char(), ''],
    [boolean(), false],
    [boolean({ allowNull: true }), null],
    [integer(), null],
    [list(), []],
    [dict(), {}],
    [integer({ initial: 5 }), 5],
    [char({ initial: () => 'today' }), 'today'],
  ])('%# is empty as its type is, or what is said', (field, expected) => expect(field.getInitial()).toEqual(expected));
});
