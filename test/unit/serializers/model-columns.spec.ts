import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/framework/fields/field.js';
import { ListField } from '../../../src/framework/fields/list-field.js';
import { MultipleChoiceField } from '../../../src/framework/fields/multiple-choice-field.js';
import type { Model } from '../../../src/framework/models/model.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { render, run } from '../generator/schema.js';
import { compile, read, refusal } from './compiling.js';

/** A model of a key and one column, `a`, with what stands over it. */
async function modelOf(column: string, comment = ''): Promise<Model> {
  const enums = 'enum Size {\n  s\n  /// @rest.label("Large")\n  l\n}';
  const { m } = await run(render(`${enums}\nmodel M {\n id Int @id\n /// ${comment}\n a ${column}\n size Size?\n}`));
  return m!;
}
const serializerOf = (model: Model) => compile(ModelSerializer(model, { fields: ['a'] }));
const fieldOf = async (column: string, comment?: string): Promise<Field> => serializerOf(await modelOf(column, comment)).fields[0]!.field;

const PG_INT = { min: -2147483648, max: 2147483647 };

describe('a column', () => {
  it.each<[column: string, comment: string, type: string, options: object]>([
    ['Int', '', 'IntegerField', { required: true, ...PG_INT }],
    ['Int @db.Integer', '', 'IntegerField', PG_INT],
    ['Int @db.SmallInt', '', 'IntegerField', { min: -32_768, max: 32_767 }],
    ['Int @db.Oid', '', 'IntegerField', { min: 0, max: 4_294_967_295 }],
    ['Int', '@rest.min(1) @rest.max(5)', 'IntegerField', { min: 1, max: 5 }],
    ['Int @db.SmallInt', '@rest.min(1)', 'IntegerField', { min: 1, max: 32_767 }],
    [
      'Int',
      '@rest.choices([1, "Low"], [2, "High"])',
      'ChoiceField',
      {
        choices: [
          [1, 'Low'],
          [2, 'High'],
        ],
      },
    ],
    ['BigInt', '', 'BigIntegerField', {}],
    ['BigInt', '@rest.min(0) @rest.max(9)', 'BigIntegerField', { min: 0, max: 9 }],
    ['Float', '', 'FloatField', {}],
    ['Float @db.DoublePrecision', '@rest.min(-0.5)', 'FloatField', { min: -0.5 }],
    ['Float @db.Real', '', 'FloatField', { min: -3.4028234663852886e38, max: 3.4028234663852886e38 }],
    ['Decimal', '', 'DecimalField', { maxDigits: 65, decimalPlaces: 30 }],
    ['Decimal @db.Decimal(8, 2)', '@rest.min(0)', 'DecimalField', { maxDigits: 8, decimalPlaces: 2, min: 0 }],
    ['Decimal @db.Money', '', 'DecimalField', { maxDigits: 19, decimalPlaces: 2, min: '-92233720368547758.08', max: '92233720368547758.07' }],
    ['Boolean', '', 'BooleanField', { required: true }],
    ['Boolean?', '', 'BooleanField', { required: false, allowNull: true }],
    ['String', '', 'CharField', { required: true }],
    ['String @db.Text', '@rest.maxLength(9) @rest.minLength(2)', 'CharField', { maxLength: 9, minLength: 2 }],
    ['String @db.VarChar(200)', '', 'CharField', { maxLength: 200 }],
    ['String @db.VarChar(200)', '@rest.maxLength(9)', 'CharField', { maxLength: 9 }],
    ['String @db.VarChar(200)', '@rest.maxLength(900)', 'CharField', { maxLength: 200 }],
    ['String @db.Char(5)', '', 'CharField', { maxLength: 5 }],
    ['String @db.Char', '', 'CharField', { maxLength: 1 }],
    ['String @db.Citext', '', 'CharField', {}],
    ['String @db.Xml', '', 'CharField', {}],
    ['String', '@rest.blank', 'CharField', { required: false, allowBlank: true }],
    ['String', '@rest.email', 'EmailField', {}],
    ['String @db.VarChar(80)', '@rest.url', 'URLField', { maxLength: 80 }],
    ['String', '@rest.slug', 'SlugField', {}],
    ['String', '@rest.slug("unicode")', 'SlugField', { allowUnicode: true }],
    [
      'String',
      '@rest.choices(["a", "A"], ["b", "B"]) @rest.blank',
      'ChoiceField',
      {
        choices: [
          ['a', 'A'],
          ['b', 'B'],
        ],
        allowBlank: true,
      },
    ],
    ['String @db.Uuid', '', 'UUIDField', { required: true }],
    ['String @db.Inet', '', 'IPAddressField', {}],
    ['String', '', 'CharField', { style: { baseTemplate: 'textarea.html' } }],
    ['String @db.Bit(4)', '', 'RegexField', { minLength: 4, maxLength: 4 }],
    ['String @db.Bit', '', 'RegexField', { minLength: 1, maxLength: 1 }],
    ['String @db.VarBit(4)', '', 'RegexField', { maxLength: 4 }],
    ['DateTime', '', 'DateTimeField', {}],
    ['DateTime @db.Timestamp(0)', '', 'DateTimeField', {}],
    ['DateTime @db.Timestamptz(3)', '', 'DateTimeField', {}],
    ['DateTime @db.Date', '', 'DateField', {}],
    ['DateTime @db.Time(0)', '', 'TimeField', {}],
    ['DateTime @db.Timetz', '', 'TimeField', {}],
    ['Json', '', 'JSONField', {}],
    ['Json? @db.Json', '', 'JSONField', { allowNull: true, required: false }],
    ['Bytes', '', 'BytesField', {}],
    ['Bytes @db.ByteA', '@rest.maxLength(64)', 'BytesField', { maxLength: 64 }],
    [
      'Size',
      '',
      'ChoiceField',
      {
        choices: [
          ['s', 's'],
          ['l', 'Large'],
        ],
      },
    ],
    ['Int', '@rest.label("How many") @rest.help("More than none.")', 'IntegerField', { label: 'How many', helpText: 'More than none.' }],
    ['Int @default(3)', '', 'IntegerField', { required: false }],
    ['Int?', '', 'IntegerField', { required: false, allowNull: true }],
    ['Int', '@rest.readOnly', 'IntegerField', { readOnly: true }],
    ['String', '@rest.hidden', 'CharField', { writeOnly: true, required: true }],
    ['String @default(uuid()) @db.Uuid', '', 'UUIDField', { readOnly: true }],
    ['String @default(dbgenerated("gen_random_uuid()")) @db.Uuid', '', 'UUIDField', { readOnly: true }],
    ['DateTime @default(now())', '', 'DateTimeField', { readOnly: true }],
    ['DateTime @updatedAt', '', 'DateTimeField', { readOnly: true }],
  ])('%s %s is a %s (SER-21, SER-22)', async (column, comment, type, options) => {
    const field = await fieldOf(column, comment);
    expect(field.constructor.name).toBe(type);
    expect(field.options).toMatchObject(options);
  });

  it('with a length that the database has no limit for has none here', async () => {
    expect((await fieldOf('String @db.VarChar')).options).not.toHaveProperty('maxLength');
  });

  it.each<[column: string, comment: string, child: string, list: object, item: object]>([
    ['String[]', '', 'CharField', { required: true, allowEmpty: false }, {}],
    ['String[] @db.VarChar(20)', '@rest.blank @rest.size(3)', 'CharField', { required: false, allowEmpty: true, maxLength: 3 }, { maxLength: 20 }],
    ['Int[] @default([1])', '@rest.min(1)', 'IntegerField', { required: false }, { min: 1, max: 2147483647 }],
    ['DateTime[] @db.Date', '', 'DateField', {}, {}],
    ['BigInt[]', '', 'BigIntegerField', {}, {}],
    ['Decimal[] @db.Decimal(8, 2)', '', 'DecimalField', {}, { maxDigits: 8 }],
    ['Json[]', '', 'JSONField', {}, {}],
    ['Bytes[]', '@rest.maxLength(4)', 'BytesField', {}, { maxLength: 4 }],
    ['Boolean[]', '', 'BooleanField', {}, {}],
  ])('%s %s is a list of %s', async (column, comment, child, options, item) => {
    const field = await fieldOf(column, comment);
    expect(field).toBeInstanceOf(ListField);
    expect(field.options).toMatchObject(options);
    const { child: found } = field.options as { child: Field };
    expect(found.constructor.name).toBe(child);
    expect(found.options).toMatchObject(item);
    expect(found.options).not.toHaveProperty('label');
  });

  it('of several values of an enum is a multiple choice', async () => {
    const field = await fieldOf('Size[]', '@rest.label("Sizes")');
    expect(field).toBeInstanceOf(MultipleChoiceField);
    expect(field.options).toMatchObject({
      label: 'Sizes',
      allowEmpty: false,
      choices: [
        ['s', 's'],
        ['l', 'Large'],
      ],
    });
  });

  it.each<[column: string, comment: string, value: unknown, messages: unknown]>([
    ['Size[]', '', ['s', 'x'], ['"x" is not a valid choice.']],
    ['Int[]', '@rest.choices([1, "Low"])', [2], ['"2" is not a valid choice.']],
    ['String @db.Inet', '', '1.2.3', ['Enter a valid IPv4 or IPv6 address.']],
    ['Int @db.SmallInt', '', 32_768, ['Ensure this value is less than or equal to 32767.']],
    ['Int @db.Oid', '', -1, ['Ensure this value is greater than or equal to 0.']],
    ['Float @db.Real', '', 1e39, ['Ensure this value is less than or equal to 3.4028234663852886e+38.']],
    ['Float @db.Real', '', 1e-50, ['A valid number is required.']],
    ['Decimal @db.Money', '', '92233720368547758.08', ['Ensure this value is less than or equal to 92233720368547758.07.']],
    ['String @db.Bit(4)', '', '102', ['Ensure this field has at least 4 characters.', 'This value does not match the required pattern.']],
    ['String[]', '@rest.regex("^x", "Begin with x.")', ['xa', 'b'], { 1: ['Begin with x.'] }],
    ['String[]', '', [''], { 0: ['This field may not be blank.'] }],
    ['String[]', '', [], ['This list may not be empty.']],
    ['Int[]', '@rest.size(1)', [1, 2], ['Ensure this field has no more than 1 elements.']],
    ['Int', '@rest.choices([1, "Low"])', 2, ['"2" is not a valid choice.']],
    ['Bytes', '@rest.maxLength(1)', 'aGk=', ['Ensure this value has at most 1 bytes (it has 2).']],
  ])('%s %s refuses %j', async (column, comment, value, messages) => {
    expect(await refusal(serializerOf(await modelOf(column, comment)), { a: value })).toEqual({ a: messages });
  });

  it.each<[column: string, comment: string, value: unknown, data: unknown]>([
    ['Int', '@rest.choices([1, "Low"])', '1', 1],
    ['String @db.VarBit(4)', '', '0110', '0110'],
    ['Float @db.Real', '', 1e-40, 1e-40],
    ['Bytes', '', 'aGk=', new Uint8Array([104, 105])],
    ['Int[]', '', ['1', 2], [1, 2]],
  ])('%s %s takes %j', async (column, comment, value, data) => {
    expect(await read(serializerOf(await modelOf(column, comment)), { a: value })).toEqual({ a: data });
  });
});
