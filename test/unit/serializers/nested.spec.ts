import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import type { FieldContext } from '../../../src/framework/fields/field.js';
import { IntegerField } from '../../../src/framework/fields/integer-field.js';
import type { Lookup } from '../../../src/framework/plan/lookup.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { writeOf } from '../../../src/framework/serializers/writes/write-data.js';
import { models } from '../../../src/library/generated/models.js';
import { compile, everything, read, refusal } from './compiling.js';

class PartSerializer extends Serializer {
  name = new CharField();
  size = new IntegerField({ required: false });
  validateName(name: string) {
    if (name === 'bad') throw new ValidationError('Not this one.');
    return name;
  }
  override validate(data: Record<string, unknown>, { instance }: FieldContext) {
    if (data['size'] === 13) throw new ValidationError('Unlucky.');
    return { ...data, outer: instance };
  }
}
class WholeSerializer extends Serializer {
  main = nested(() => PartSerializer, { allowNull: true, required: false });
  spares = nested(() => PartSerializer, { many: true, required: false, allowEmpty: false, maxLength: 3 });
}
const whole = compile(WholeSerializer);

describe('a nested serializer', () => {
  it.each<[string, unknown, unknown]>([
    ['one', { main: { name: 'x' } }, { main: { name: 'x', outer: undefined } }],
    ['none', { main: null }, { main: null }],
    [
      'a list',
      { spares: [{ name: 'x' }, { name: 'y', size: 2 }] },
      {
        spares: [
          { name: 'x', outer: undefined },
          { name: 'y', size: 2, outer: undefined },
        ],
      },
    ],
    ['nothing', {}, {}],
  ])('reads %s, and its row is a new one (SER-15)', async (_what, input, data) => {
    expect(await read(whole, input, { instance: { id: 7 } })).toEqual(data);
  });

  it.each<[string, unknown, unknown]>([
    ['an object that is a list', { main: [] }, { main: { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] } }],
    ['a missing field', { main: {} }, { main: { name: ['This field is required.'] } }],
    ['a hook', { main: { name: 'bad' } }, { main: { name: ['Not this one.'] } }],
    ['the whole', { main: { name: 'x', size: 13 } }, { main: { non_field_errors: ['Unlucky.'] } }],
    ['a list that is none', { spares: {} }, { spares: { non_field_errors: ['Expected a list of items but got type "dict".'] } }],
    ['a list that is a text', { spares: 'x' }, { spares: { non_field_errors: ['Expected a list of items but got type "str".'] } }],
    ['an empty list', { spares: [] }, { spares: { non_field_errors: ['This list may not be empty.'] } }],
    ['a long list', { spares: [{}, {}, {}, {}] }, { spares: { non_field_errors: ['Ensure this field has no more than 3 elements.'] } }],
    [
      'items, by their index',
      { spares: [{ name: 'x' }, { size: 'x' }, 4] },
      {
        spares: {
          1: { name: ['This field is required.'], size: ['A valid integer is required.'] },
          2: { non_field_errors: ['Invalid data. Expected a dictionary, but got int.'] },
        },
      },
    ],
    ['null in a list', { spares: [null] }, { spares: { 0: ['This field may not be null.'] } }],
    ['items by index after a hook', { spares: [{ name: 'x' }, { name: 'bad' }] }, { spares: { 1: { name: ['Not this one.'] } } }],
  ])('tells of %s (SER-17)', async (_what, input, body) => {
    expect(await refusal(whole, input)).toEqual(body);
  });

  it('has validators of its own, which see the whole list', async () => {
    const distinct = (items: { name: string }[]) => {
      if (new Set(items.map(({ name }) => name)).size < items.length) throw new ValidationError('Twice the same.');
    };
    class Distinct extends Serializer {
      parts = nested(() => PartSerializer, { many: true, validators: [distinct] });
    }
    expect(await refusal(compile(Distinct), { parts: [{ name: 'x' }, { name: 'x' }] })).toEqual({ parts: ['Twice the same.'] });
  });

  it('is read where it is never shown', async () => {
    class Sent extends Serializer {
      part = nested(() => PartSerializer, { writeOnly: true });
    }
    const sent = compile(Sent);
    expect(await read(sent, { part: { name: 'x' } })).toEqual({ part: { name: 'x', outer: undefined } });
    expect(sent.render({ part: {} } as never, { baseUrl: '' })).toEqual({});
  });
});

class ItemSerializer extends ModelSerializer(models.readingListItem, { fields: ['book', 'position', 'note'] }) {}
class ListSerializer extends ModelSerializer(models.readingList, { fields: ['id', 'name'] }) {
  items = nested(() => ItemSerializer, { many: true, write: 'replace' });
}
const list = compile(ListSerializer);
const input = {
  name: 'Later',
  items: [
    { book: 1, position: 0 },
    { book: 2, position: 1, note: '!' },
  ],
};

describe('nested rows', () => {
  it('ask the database all their questions at once, and those of one kind as one', async () => {
    const asked: (readonly Lookup[])[] = [];
    await read(list, input, { lookups: (lookups) => (asked.push(lookups), everything(lookups)) });
    expect(asked).toEqual([[{ kind: 'rows', model: models.book, field: 'id', values: [1, 2] }]]);
  });

  it('tell which of them names a row that is not there', async () => {
    const some = async () => [new Map([['1', { key: 1, rows: 1 }]])];
    expect(await refusal(list, input, { lookups: some })).toEqual({ items: { 1: { book: ['Invalid pk "2" - object does not exist.'] } } });
  });

  it('become a write of the field’s policy', async () => {
    expect(writeOf(list, (await read(list, input)) as Record<string, unknown>)).toEqual({
      model: models.readingList,
      columns: { name: 'Later' },
      relations: {
        items: {
          kind: 'rows',
          others: 'remove',
          rows: [
            { write: { model: models.readingListItem, columns: { bookId: 1, position: 0 }, relations: {} } },
            { write: { model: models.readingListItem, columns: { bookId: 2, position: 1, note: '!' }, relations: {} } },
          ],
        },
      },
    });
  });
});
