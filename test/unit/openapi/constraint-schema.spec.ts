import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsPositive,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';
import { describe, expect, it } from 'vitest';
import { char } from '../../../src/framework/fields/char-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { shownSchema, takenSchema } from '../../../src/framework/openapi/field-schema.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { compiled } from './compiled.js';

class Decorated extends Serializer {
  @MinLength(3) @MaxLength(100) @Matches(/^[a-z]+$/) title = char({ maxLength: 8 });
  @Length(2, 4) code = char();
  @IsIn(['a', 'b']) @IsNotEmpty() kind = char();
  @Min(1) @Max(5) @IsPositive() rating = integer({ max: 10, allowNull: true });
  @ArrayNotEmpty() @ArrayMaxSize(3) @ArrayUnique() @IsIn(['x'], { each: true }) tags = list({ child: char() });
  @MinLength(3) blank = char({ allowBlank: true });
  @MinLength(3, { groups: ['a'] }) grouped = char();
  @ValidateIf(() => false) @MinLength(3) conditional = char();
  @IsOptional() @MinLength(3) optional = char({ required: false });
  @Transform(({ value }: { value: string }) => value.toLowerCase(), { toClassOnly: true }) @Matches(/^[a-z]+$/) lowered = char();
  @Transform(({ value }: { value: string }) => value.length, { toPlainOnly: true }) counted = char();
}

describe('the schema of a field with decorators', () => {
  const fields = compiled(Decorated).fields;
  const taken = Object.fromEntries(fields.map((bound) => [bound.name, takenSchema(bound, null, () => ({}))]));
  const shown = Object.fromEntries(fields.map((bound) => [bound.name, shownSchema(bound, null, () => ({}))]));

  it('says what they say of every input, the narrower bound of two', () => {
    expect(taken).toEqual({
      title: { type: 'string', minLength: 3, maxLength: 8, pattern: '^[a-z]+$' },
      code: { type: 'string', minLength: 2, maxLength: 4 },
      kind: { type: 'string', enum: ['a', 'b'], minLength: 1 },
      rating: { type: ['integer', 'null'], minimum: 1, maximum: 5, exclusiveMinimum: 0 },
      tags: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3, uniqueItems: true },
      blank: { type: 'string' },
      grouped: { type: 'string' },
      conditional: { type: 'string' },
      optional: { type: 'string', minLength: 3 },
      lowered: { type: 'string' },
      counted: { type: 'string' },
    });
  });

  it('says nothing of them where values are shown, and no type of what is transformed', () => {
    expect(shown['code']).toEqual({ type: 'string' });
    expect(shown['counted']).toEqual({});
  });
});
