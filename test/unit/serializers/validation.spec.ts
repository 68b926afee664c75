import { describe, expect, it, vi } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { BooleanField } from '../../../src/framework/fields/boolean-field.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import type { FieldContext } from '../../../src/framework/fields/field.js';
import { hidden } from '../../../src/framework/fields/hidden-field.js';
import { IntegerField } from '../../../src/framework/fields/integer-field.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { camelCase } from '../../../src/framework/settings/naming.js';
import { compile, read, refusal } from './compiling.js';

class ShelfSerializer extends Serializer {
  roomName = new CharField({ maxLength: 5 });
  shelf = new IntegerField({ min: 1 });
  note = new CharField({ required: false, allowNull: true });
  dusty = new BooleanField({ default: false });
  code = new CharField({ readOnly: true });
  source = hidden({ default: 'form' });
}
const shelf = compile(ShelfSerializer);
const valid = { room_name: 'hall', shelf: 2 };

describe('input', () => {
  it.each<[string, unknown, unknown]>([
    ['a list', [], { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
    ['a text', 'x', { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] }],
    ['a number', 1, { non_field_errors: ['Invalid data. Expected a dictionary, but got int.'] }],
    ['true', true, { non_field_errors: ['Invalid data. Expected a dictionary, but got bool.'] }],
    ['null', null, { non_field_errors: ['No data provided'] }],
    ['nothing required', {}, { room_name: ['This field is required.'], shelf: ['This field is required.'] }],
    [
      'null for what may not be',
      { room_name: null, shelf: null },
      { room_name: ['This field may not be null.'], shelf: ['This field may not be null.'] },
    ],
    ['what no field takes', { room_name: {}, shelf: 'x' }, { room_name: ['Not a valid string.'], shelf: ['A valid integer is required.'] }],
    [
      'what validators refuse',
      { room_name: 'attics', shelf: 0 },
      { room_name: ['Ensure this field has no more than 5 characters.'], shelf: ['Ensure this value is greater than or equal to 1.'] },
    ],
  ])('that is %s is a 400 (SER-10)', async (_what, input, body) => {
    expect(await refusal(shelf, input)).toEqual(body);
  });

  it.each<[string, unknown, Partial<FieldContext>, object]>([
    ['defaults and hidden values', valid, {}, { roomName: 'hall', shelf: 2, dusty: false, source: 'form' }],
    ['null where it is allowed', { ...valid, note: null }, {}, { roomName: 'hall', shelf: 2, note: null, dusty: false, source: 'form' }],
    [
      'nothing of a read-only or unknown name',
      { ...valid, code: 'x', other: 1, source: 'client', roomName: 'no' },
      {},
      { roomName: 'hall', shelf: 2, dusty: false, source: 'form' },
    ],
    ['no default of a partial update (SER-14)', { shelf: 3 }, { partial: true }, { shelf: 3 }],
    ['nothing at all of an empty partial update', {}, { partial: true }, {}],
  ])('gives %s', async (_what, input, context, data) => {
    expect(await read(shelf, input, context)).toEqual(data);
  });

  it('reads a form as it reads JSON, the last value of a name', async () => {
    const form = new FormValues();
    for (const [name, value] of [
      ['room_name', 'den'],
      ['room_name', 'hall'],
      ['shelf', '2'],
      ['note', ''],
    ])
      form.append(name as string, value);
    expect(await read(shelf, form)).toEqual({ roomName: 'hall', shelf: 2, note: null, dusty: false, source: 'form' });
  });

  it('cannot reach a property of objects', async () => {
    class Hostile extends Serializer {
      ['constructor2'] = new CharField({ required: false });
      toString2 = new CharField({ required: false });
    }
    const input: unknown = JSON.parse('{"__proto__": {"constructor2": "x"}, "constructor": {"prototype": {"bad": 1}}, "to_string2": "ok"}');
    expect(await read(compile(Hostile), input)).toEqual({ toString2: 'ok' });
    expect(({} as Record<string, unknown>)['bad']).toBeUndefined();
  });

  it('is not taken from a prototype', async () => {
    expect(await refusal(shelf, Object.create({ shelf: 2, room_name: 'hall' }))).toEqual({
      room_name: ['This field is required.'],
      shelf: ['This field is required.'],
    });
  });

  it('has the names of the naming setting', async () => {
    expect(await refusal(compile(ShelfSerializer, { naming: camelCase, nonFieldErrorsKey: 'errors' }), { room_name: 'hall', shelf: 1 })).toEqual({
      roomName: ['This field is required.'],
    });
    expect(await refusal(compile(ShelfSerializer, { nonFieldErrorsKey: 'errors' }), null)).toEqual({ errors: ['No data provided'] });
  });

  it('goes where a dotted source says (SER-12)', async () => {
    class Address extends Serializer {
      town = new CharField({ source: 'home.town' });
      street = new CharField({ source: 'home.street' });
    }
    expect(await read(compile(Address), { town: 'Oulu', street: 'Torikatu' })).toEqual({ home: { town: 'Oulu', street: 'Torikatu' } });
  });

  it('leaves a default out that has nothing to say', async () => {
    class Owned extends Serializer {
      owner = hidden({ default: ({ request }: FieldContext) => request?.user?.id });
    }
    expect(await read(compile(Owned), {})).toEqual({});
  });
});

describe('hooks', () => {
  const called: string[] = [];
  class Hooked extends Serializer {
    title = new CharField({ validators: [() => void called.push('validator')] });
    pages = new IntegerField({ default: 1 });
    note = new CharField({ required: false });
    id = new IntegerField({ readOnly: true });

    validateTitle(title: string, { partial }: FieldContext) {
      called.push(`title ${title} ${partial}`);
      if (title === 'bad') throw new ValidationError('Not this one.', 'bad');
      return title.toUpperCase();
    }
    async validatePages(pages: number) {
      called.push(`pages ${pages}`);
      return pages + 1;
    }
    validateNote(note: string) {
      called.push('note');
      return note;
    }
    validateId() {
      called.push('id');
    }
    override validate(data: Record<string, unknown>, { instance }: FieldContext) {
      called.push(`validate ${JSON.stringify(data)} ${Boolean(instance)}`);
      if (data['title'] === 'TEXT') throw new ValidationError('Text.');
      if (data['title'] === 'LIST') throw new ValidationError(['One.', 'Two.']);
      if (data['title'] === 'RECORD') throw new ValidationError({ pages: 'Few.', title: ['Odd.'] });
      return { ...data, checked: true };
    }
  }
  const hooked = compile(Hooked);

  it('run after the field and its validators, for a default too, not for read-only and absent fields (SER-8, SER-9)', async () => {
    called.length = 0;
    expect(await read(hooked, { title: 'one', id: 4 }, { instance: {} })).toEqual({ title: 'ONE', pages: 2, checked: true });
    expect(called).toEqual(['validator', 'title one false', 'pages 1', 'validate {"title":"ONE","pages":2} true']);
  });

  it('of the whole are left out while a field is wrong, and every field is told', async () => {
    called.length = 0;
    expect(await refusal(hooked, { title: 'bad', pages: 'x', note: {} })).toEqual({
      title: ['Not this one.'],
      pages: ['A valid integer is required.'],
      note: ['Not a valid string.'],
    });
    expect(called).toEqual(['validator', 'title bad false']);
  });

  it.each([
    ['text', { non_field_errors: ['Text.'] }],
    ['list', { non_field_errors: ['One.', 'Two.'] }],
    ['record', { pages: ['Few.'], title: ['Odd.'] }],
  ])('may refuse the whole with a %s (SER-11)', async (title, body) => {
    expect(await refusal(hooked, { title })).toEqual(body);
  });

  it('name fields by property, and the client sees them by wire name', async () => {
    class Dated extends Serializer {
      dueDate = new CharField();
      override validate(): never {
        throw new ValidationError({ dueDate: 'Too late.' });
      }
    }
    expect(await refusal(compile(Dated), { due_date: 'x' })).toEqual({ due_date: ['Too late.'] });
  });

  it.each([
    [
      'validateTitle',
      class Forgetful extends Serializer {
        title = new CharField();
        validateTitle() {}
      },
    ],
    [
      'validate',
      class Forgetful extends Serializer {
        title = new CharField();
        override validate() {}
      },
    ],
  ])('that answer nothing are the developer’s mistake: %s', async (hook, serializer) => {
    await expect(read(compile(serializer), { title: 'x' })).rejects.toThrow(
      new ConfigurationError(`Forgetful.${hook} answers undefined; return the value to take.`),
    );
  });

  it('that fail for another reason fail as they did', async () => {
    class Broken extends Serializer {
      title = new CharField();
      validateTitle() {
        throw new TypeError('no such thing');
      }
    }
    await expect(read(compile(Broken), { title: 'x' })).rejects.toThrow(TypeError);
  });

  it('are asked together, and validators’ messages are collected', async () => {
    const no = (text: string) => () => {
      throw new ValidationError(text);
    };
    class Many extends Serializer {
      title = new CharField({ validators: [no('One.'), vi.fn<() => void>(), no('Two.')] });
    }
    expect(await refusal(compile(Many), { title: 'x' })).toEqual({ title: ['One.', 'Two.'] });
  });
});
