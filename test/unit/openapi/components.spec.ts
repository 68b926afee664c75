import { describe, expect, it } from 'vitest';
import { boolean } from '../../../src/framework/fields/boolean-field.js';
import { char } from '../../../src/framework/fields/char-field.js';
import { hidden } from '../../../src/framework/fields/hidden-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { readOnly } from '../../../src/framework/fields/read-only-field.js';
import type { Model, ScalarField } from '../../../src/framework/models/model.js';
import { Components } from '../../../src/framework/openapi/components.js';
import { primaryKeyRelated } from '../../../src/framework/relations/primary-key-related-field.js';
import { slugRelated } from '../../../src/framework/relations/slug-related-field.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { compiled } from './compiled.js';

const column = (name: string, type: ScalarField['type'], more: Partial<ScalarField> = {}): ScalarField => ({
  name,
  column: name,
  type,
  list: false,
  nullable: false,
  id: name === 'id',
  unique: false,
  hasDefault: false,
  generated: false,
  annotations: {},
  ...more,
});

const table = (name: string, fields: readonly ScalarField[], relations: Model['relations'] = {}): Model => ({
  name,
  delegate: name.toLowerCase(),
  table: name.toLowerCase(),
  fields: Object.fromEntries(fields.map((field) => [field.name, field])),
  relations,
  primaryKey: ['id'],
  uniques: [],
  ordering: [],
  verboseName: name.toLowerCase(),
  verboseNamePlural: `${name.toLowerCase()}s`,
});

const writer = table('Writer', [column('id', 'String', { nativeType: ['Uuid'] }), column('pen', 'String'), column('rank', 'Int')]);
const text = table(
  'Text',
  [
    column('id', 'Int', { generated: true }),
    column('writerId', 'String', { nullable: true }),
    column('tone', 'String', { hasDefault: true, default: 'dry' }),
  ],
  {
    writer: { name: 'writer', many: false, nullable: true, model: () => writer, from: ['writerId'], to: ['id'], inverse: 'texts', annotations: {} },
    critics: {
      name: 'critics',
      many: true,
      nullable: false,
      model: () => writer,
      from: [],
      to: [],
      inverse: 'read',
      join: { table: '_read', column: 'A', inverseColumn: 'B' },
      annotations: {},
    },
  },
);

class PlaceSerializer extends Serializer {
  streetName = char({ maxLength: 40, label: 'Street', helpText: 'Without its number.' });
}

class PersonSerializer extends Serializer {
  id = integer({ readOnly: true });
  fullName = char({ allowNull: true });
  password = char({ writeOnly: true, minLength: 12 });
  isActive = boolean({ default: true });
  joined = char({ default: () => 'today' });
  owner = hidden({ default: 1 });
  home = nested(() => PlaceSerializer, { allowNull: true });
  others = nested(() => PlaceSerializer, { many: true, required: false, maxLength: 3 });
}

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('what a serializer shows', () => {
  const components = new Components();
  const made = components.shown(compiled(PersonSerializer));
  const person = components.schemas['Person'] as { properties: object; required: string[] };

  it("is a component of the serializer's name, made once", () => {
    expect(made).toEqual(reference('Person'));
    expect(components.shown(compiled(PersonSerializer))).toBe(made);
    expect(Object.keys(components.schemas)).toEqual(['Person', 'Place']);
  });

  it('has wire names, and neither what is only written nor what is hidden', () => {
    expect(Object.keys(person.properties)).toEqual(['id', 'full_name', 'is_active', 'joined', 'home', 'others']);
  });

  it('requires everything: it is always there', () => {
    expect(person.required).toEqual(Object.keys(person.properties));
  });

  it.each([
    ['id', { type: 'integer', readOnly: true }],
    ['full_name', { type: ['string', 'null'] }],
    ['home', { anyOf: [reference('Place'), { type: 'null' }] }],
    ['others', { type: 'array', items: reference('Place'), maxItems: 3 }],
  ])('shows %s as %j', (name, schema) => {
    expect((person.properties as Record<string, object>)[name]).toMatchObject(schema);
  });

  it('takes label and help text into its properties', () => {
    expect(components.schemas['Place']).toMatchObject({
      properties: { street_name: { type: 'string', maxLength: 40, title: 'Street', description: 'Without its number.' } },
    });
  });
});

describe('what a serializer takes', () => {
  const components = new Components();
  components.requested(compiled(PersonSerializer), false);
  components.requested(compiled(PersonSerializer), true);
  const request = components.schemas['PersonRequest'] as { properties: Record<string, object>; required: string[] };
  const change = components.schemas['PatchedPerson'] as { properties: Record<string, object>; required?: string[] };

  it('has neither what is only shown nor what is hidden', () => {
    expect(Object.keys(request.properties)).toEqual(['full_name', 'password', 'is_active', 'joined', 'home', 'others']);
  });

  it('requires what has no default and may not be left out', () => {
    expect(request.required).toEqual(['full_name', 'password', 'home']);
  });

  it('says defaults that are values', () => {
    expect(request.properties['is_active']).toMatchObject({ default: true });
    expect(request.properties['joined']).not.toHaveProperty('default');
  });

  it('marks what is only written', () => {
    expect(request.properties['password']).toMatchObject({ writeOnly: true, minLength: 12 });
  });

  it('nests what nested serializers take', () => {
    expect(request.properties['others']).toMatchObject({ items: reference('PlaceRequest') });
  });

  it('as a change requires nothing and puts nothing in place of what is not sent', () => {
    expect(change.required).toBeUndefined();
    expect(change.properties['is_active']).not.toHaveProperty('default');
  });

  it('is nothing where everything is only shown', () => {
    class StampSerializer extends Serializer {
      at = char({ readOnly: true });
    }
    expect(new Components().requested(compiled(StampSerializer), false)).toBeUndefined();
  });
});

describe('the fields of a model', () => {
  class TextSerializer extends ModelSerializer(text, { fields: ['id', 'tone', 'writer'] }) {
    pen = slugRelated(writer, { slug: 'pen', source: 'writer', required: false, allowNull: true });
    rank = readOnly({ source: 'writer.rank' });
    critics = primaryKeyRelated(writer, { many: true, allowEmpty: false });
  }

  const components = new Components();
  components.shown(compiled(TextSerializer));
  components.requested(compiled(TextSerializer), false);
  const shown = components.schemas['Text'] as { properties: Record<string, object>; required: string[] };
  const taken = components.schemas['TextRequest'] as { properties: Record<string, object>; required: string[] };

  it.each([
    ['a relation as the key of its row', 'writer', { type: ['string', 'null'], format: 'uuid' }],
    ['a slug as the field that it is', 'pen', { type: ['string', 'null'] }],
    ['what is read over a relation as its column', 'rank', { type: 'integer', readOnly: true }],
  ])('show %s', (_rule, name, schema) => {
    expect(shown.properties[name]).toEqual(schema);
  });

  it('do not promise what is left out where a row on the way is missing', () => {
    expect(shown.required).not.toContain('rank');
  });

  it('take at least one key where a list may not be empty', () => {
    expect(taken.properties['critics']).toEqual({ type: 'array', items: { type: 'string', format: 'uuid' }, minItems: 1 });
  });

  it('say what the database puts in place of what is not sent', () => {
    expect(taken.properties['tone']).toMatchObject({ default: 'dry' });
  });
});

describe('names', () => {
  it('get a number where another schema or a class of the application has them', () => {
    const components = new Components(new Set(['Place']));
    expect(components.shown(compiled(PlaceSerializer))).toEqual(reference('Place2'));
    expect(components.add('Place', { type: 'null' })).toEqual(reference('Place3'));
    expect(components.add('Place', { type: 'null' })).toEqual(reference('Place3'));
  });

  it('of a schema that refers to itself are the one that it got', () => {
    const components = new Components(new Set(['Tree']));
    components.add('Tree', (itself) => ({ type: 'array', items: itself }));
    expect(components.schemas['Tree2']).toEqual({ type: 'array', items: reference('Tree2') });
  });
});
