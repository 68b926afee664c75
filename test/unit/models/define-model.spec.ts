import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { defineModel } from '../../../src/framework/models/define-model.js';
import { models } from '../../../src/library/generated/models.js';

describe('defineModel', () => {
  const Genre = defineModel('Genre', {
    fields: { id: { type: 'Int', generated: true }, name: { type: 'String', maxLength: 50 }, slug: { type: 'String', maxLength: 50, slug: true } },
    uniques: ['name', 'slug'],
    ordering: ['slug'],
    str: 'name',
  });

  it('makes what the generator makes of the same model', () => {
    const generated = models.genre;
    const { slug, name, ...others } = Genre.fields;
    expect({ ...others, name: { ...name, annotations: {} }, slug: { ...slug, annotations: { slug: true } } }).toEqual(generated.fields);
    expect(Genre).toMatchObject({
      ordering: ['slug'],
      str: 'name',
      primaryKey: ['id'],
      verboseName: 'genre',
      verboseNamePlural: 'genres',
      delegate: 'genre',
    });
    expect(Genre.uniques.map(({ fields }) => fields)).toEqual(generated.uniques.map(({ fields }) => fields));
  });

  it.each([
    ['Int', { type: 'Int', list: false, nullable: false }],
    ['Int?', { type: 'Int', list: false, nullable: true }],
    ['String[]', { type: 'String', list: true, nullable: false }],
    ['UUID', { type: 'String', nativeType: ['Uuid'] }],
    ['Date?', { type: 'DateTime', nativeType: ['Date'], nullable: true }],
    ['Time', { type: 'DateTime', nativeType: ['Time'] }],
    ['DateTime', { type: 'DateTime' }],
  ] as const)('reads the type %s', (type, expected) => {
    expect(defineModel('Thing', { fields: { id: 'Int', value: type } }).fields['value']).toMatchObject(expected);
  });

  it.each([
    ['the length of a text', { type: 'String', maxLength: 3 }, { nativeType: ['VarChar', '3'], annotations: { maxLength: 3 } }],
    ['the digits of a decimal', { type: 'Decimal', digits: [8, 2] }, { nativeType: ['Decimal', '8', '2'] }],
    ['a default', { type: 'Int', default: 0 }, { hasDefault: true, default: 0, generated: false }],
    ['what the source sets', { type: 'DateTime', generated: true }, { hasDefault: true, generated: true }],
    [
      'choices',
      { type: 'Enum?', choices: ['a', ['b', 'B']] },
      {
        nullable: true,
        choices: [
          { value: 'a', label: 'a' },
          { value: 'b', label: 'B' },
        ],
      },
    ],
    ['choices of another column', { type: 'Int', choices: [[1, 'one']] }, { annotations: { choices: [[1, 'one']] } }],
    ['annotations', { type: 'String', label: 'L', blank: true }, { annotations: { label: 'L', blank: true } }],
  ] as const)('takes %s', (_what, declared, expected) => {
    expect(defineModel('Thing', { fields: { id: 'Int', value: declared } }).fields['value']).toMatchObject(expected);
  });

  it('has relations to one row, whose key a field may hold, and to many', () => {
    const Parent = defineModel('Parent', { fields: { code: 'String' }, primaryKey: 'code' });
    const Child = defineModel('Child', {
      fields: { id: 'Int', parentCode: 'String?' },
      relations: { parent: { model: () => Parent, from: 'parentCode', nullable: true }, friends: { model: () => Parent, many: true } },
    });
    expect(Child.relations['parent']).toMatchObject({ many: false, nullable: true, from: ['parentCode'], to: ['code'] });
    expect(Child.fields['parentCode']).toMatchObject({ foreignKeyOf: 'parent' });
    expect(Child.relations['friends']).toMatchObject({ many: true, nullable: false, from: [], to: [] });
    expect(Child.relations['friends']!.model()).toBe(Parent);
  });

  const id = { id: 'Int' } as const;
  it.each<[string, () => unknown, string]>([
    ['a type that there is none of', () => defineModel('Thing', { fields: { ...id, at: 'Moment' as 'Int' } }), "Thing.at is of type 'Moment'"],
    ['no primary key', () => defineModel('Thing', { fields: { code: 'String' } }), 'Thing: primaryKey names id'],
    ['a primary key that is no field', () => defineModel('Thing', { fields: id, primaryKey: 'code' as never }), 'Thing: primaryKey names code'],
    ['a unique set of what is no field', () => defineModel('Thing', { fields: id, uniques: [['id', 'x' as never]] }), 'Thing: uniques names x'],
    ['a str that is no field', () => defineModel('Thing', { fields: id, str: 'x' as never }), 'Thing: str names x'],
    ['an enum without choices', () => defineModel('Thing', { fields: { ...id, kind: { type: 'Enum' } } }), 'Thing.kind: an Enum wants choices'],
    [
      'a relation called like a field',
      () => defineModel('Thing', { fields: id, relations: { id: { model: () => Genre } } }),
      'both a field and a relation',
    ],
    [
      'a key of many rows',
      () => defineModel('Thing', { fields: id, relations: { genres: { model: () => Genre, many: true, from: 'id' } } }),
      'leave from out',
    ],
    [
      'a key that is no field',
      () => defineModel('Thing', { fields: id, relations: { genre: { model: () => Genre, from: 'x' } } }),
      'the relation genre names x',
    ],
    ['an order by what it lacks', () => defineModel('Thing', { fields: id, ordering: ['-name'] }), 'the ordering'],
  ])('refuses %s', (_what, define, message) => {
    expect(define).toThrow(ConfigurationError);
    expect(define).toThrow(message);
  });
});
