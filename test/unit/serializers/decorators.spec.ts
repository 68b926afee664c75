import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayMinSize,
  IsAlpha,
  IsDefined,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsPositive,
  Length,
  Matches,
  Max,
  MaxLength,
  MinDate,
  MinLength,
  Validate,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, vi } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { errorDetail } from '../../../src/framework/exceptions/error-detail.js';
import { char } from '../../../src/framework/fields/char-field.js';
import { date } from '../../../src/framework/fields/date-field.js';
import { decimal } from '../../../src/framework/fields/decimal-field.js';
import type { Field, FieldContext } from '../../../src/framework/fields/field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { extendSerializer } from '../../../src/framework/serializers/extend-serializer.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer, type SerializerClass } from '../../../src/framework/serializers/serializer.js';
import type { InputOf } from '../../../src/framework/serializers/serializer-values.js';
import { primaryKeyRelated } from '../../../src/framework/relations/primary-key-related-field.js';
import { models } from '#library/generated/models.js';
import { compile, read, refusal } from './compiling.js';

const show = (serializer: SerializerClass, row: object) => compile(serializer).render(row as never, { baseUrl: '' });

describe('decorators of class-validator on a serializer', () => {
  class NoteSerializer extends Serializer {
    @MinLength(3)
    @IsAlpha()
    noteTitle = char({ maxLength: 8 });

    @IsIn(['a', 'b'], { each: true })
    @ArrayMinSize(2)
    tags = list({ child: char(), required: false });
  }

  it.each([
    [
      'DRF’s words where it has some, and class-validator’s under the wire name',
      { note_title: '1' },
      { note_title: ['Ensure this field has at least 3 characters.', 'note_title must contain only letters (a-zA-Z)'] },
    ],
    [
      'items by their index',
      { note_title: 'abc', tags: ['a', 'x', 'y'] },
      { tags: { 1: ['"x" is not a valid choice.'], 2: ['"y" is not a valid choice.'] } },
    ],
    ['the list itself', { note_title: 'abc', tags: ['a'] }, { tags: ['Ensure this field has at least 2 elements.'] }],
    ['what the field itself refuses, alone', { note_title: 'much too long 1' }, { note_title: ['Ensure this field has no more than 8 characters.'] }],
  ])('tell %s', async (_what, input, body) => {
    expect(await refusal(compile(NoteSerializer), input)).toEqual(body);
  });

  it('have their names for codes', async () => {
    const error = await read(compile(NoteSerializer), { note_title: '1' }).catch((thrown: unknown) => thrown);
    expect((error as ValidationError).getCodes()).toEqual({ note_title: ['minLength', 'isAlpha'] });
  });

  it('let pass what they have nothing against', async () => {
    expect(await read(compile(NoteSerializer), { note_title: 'abc', tags: ['a', 'b'] })).toEqual({ noteTitle: 'abc', tags: ['a', 'b'] });
  });

  it('ask nothing about null, about a blank text that is allowed, and about what was not sent', async () => {
    class Blank extends Serializer {
      @MinLength(3) title = char({ allowBlank: true });
      @MinLength(3) text = char({ allowNull: true });
      @MinLength(3) note = char({ required: false });
      @MinLength(3) kind = char({ default: 'x' });
    }
    expect(await read(compile(Blank), { title: '', text: null })).toEqual({ title: '', text: null, kind: 'x' });
  });

  it('are told in messages of one’s own, with tokens and functions', async () => {
    class Worded extends Serializer {
      @MinLength(3, { message: '$property of $target: at least $constraint1, not $value' }) shelfMark = char();
      @Max(5, { message: ({ value, constraints }: ValidationArguments) => `${String(value)} over ${String(constraints[0])}` }) pages = integer();
    }
    expect(await refusal(compile(Worded), { shelf_mark: 'x', pages: 7 })).toEqual({
      shelf_mark: ['shelf_mark of Worded: at least 3, not x'],
      pages: ['7 over 5'],
    });
  });

  it('are translated by what they are in English', async () => {
    const error = (await read(compile(NoteSerializer), { note_title: '1' }).catch((thrown: unknown) => thrown)) as ValidationError;
    expect(error.body((text) => (typeof text === 'string' ? text : text.template))).toEqual({
      note_title: ['Ensure this field has at least {min_length} characters.', '{property} must contain only letters (a-zA-Z)'],
    });
  });

  it('are given dates as Dates and decimals as numbers', async () => {
    class Sold extends Serializer {
      @MinDate(() => new Date('2024-01-01T00:00:00Z')) soldOn = date();
      @IsPositive() @Max(9.5) price = decimal({ maxDigits: 5, decimalPlaces: 2 });
    }
    expect(await refusal(compile(Sold), { sold_on: '2023-12-31', price: '-1.00' })).toEqual({
      sold_on: ['Ensure this value is greater than or equal to 2024-01-01T00:00:00.000Z.'],
      price: ['price must be a positive number'],
    });
    expect(await read(compile(Sold), { sold_on: '2024-01-01', price: '9.50' })).toMatchObject({ soldOn: Temporal.PlainDate.from('2024-01-01') });
  });

  it('see other fields, sent later ones too, and those of the row on a change', async () => {
    class Conditional extends Serializer {
      @ValidateIf(({ kind }: { kind: string }) => kind === 'strict') @MinLength(5) text = char();
      kind = char({ required: false });
    }
    const compiled = compile(Conditional);
    const short = { text: ['Ensure this field has at least 5 characters.'] };
    expect(await refusal(compiled, { text: 'abc', kind: 'strict' })).toEqual(short);
    expect(await read(compiled, { text: 'abc', kind: 'loose' })).toEqual({ text: 'abc', kind: 'loose' });
    expect(await refusal(compiled, { text: 'abc' }, { instance: { kind: 'strict', text: 'x' }, partial: true })).toEqual(short);
  });

  it('of a group are asked where getValidationGroups names it', async () => {
    class Grouped extends Serializer {
      @MinLength(3, { groups: ['create'] }) @MinLength(2, { groups: ['update'], message: 'two' }) @IsAlpha(undefined, { always: true }) title =
        char();
      override getValidationGroups({ instance }: FieldContext) {
        return [instance ? 'update' : 'create'];
      }
    }
    expect(await refusal(compile(Grouped), { title: 'ab' })).toEqual({ title: ['Ensure this field has at least 3 characters.'] });
    expect(await read(compile(Grouped), { title: 'ab' }, { instance: {} })).toEqual({ title: 'ab' });
    expect(await refusal(compile(Grouped), { title: '1' }, { instance: {} })).toEqual({ title: ['two', 'title must contain only letters (a-zA-Z)'] });
  });

  it('stand on fields of a model, declared anew', async () => {
    class DecoratedBook extends ModelSerializer(models.book, { fields: ['title', 'pages'] }) {
      @MinLength(3) declare title: Field<string, string, false>;
    }
    const input: InputOf<typeof DecoratedBook> = { title: 'ab', pages: 3 };
    expect(await refusal(compile(DecoratedBook), input, { partial: true })).toEqual({ title: ['Ensure this field has at least 3 characters.'] });
  });
});

describe('constraints of the application’s own', () => {
  const asked = vi.fn<(value: unknown, args: ValidationArguments | undefined) => void>();

  @ValidatorConstraint({ name: 'known', async: true })
  class Known implements ValidatorConstraintInterface {
    async validate(value: unknown, args?: ValidationArguments) {
      asked(value, args);
      await new Promise((resolve) => setImmediate(resolve));
      return value === 'known';
    }
    defaultMessage() {
      return '$property is unknown';
    }
  }
  class WordSerializer extends Serializer {
    @Length(2, 10) @Validate(Known, ['x']) word = char();
    @Validate(Known, { each: true }) words = list({ child: char(), required: false });
    until = date({ required: false });
  }

  it('are awaited', async () => {
    expect(await refusal(compile(WordSerializer), { word: 'other', words: ['known', 'b', 'known'] })).toEqual({
      word: ['word is unknown'],
      words: { 1: ['words is unknown'] },
    });
    expect(await read(compile(WordSerializer), { word: 'known' })).toEqual({ word: 'known' });
  });

  it('are given the values as they are, and nothing that a ready constraint refuses', async () => {
    asked.mockClear();
    await read(compile(WordSerializer), { word: 'known', until: '2024-01-01' });
    expect(asked.mock.lastCall).toEqual([
      'known',
      {
        targetName: 'WordSerializer',
        property: 'word',
        value: 'known',
        constraints: ['x'],
        object: { word: 'known', until: Temporal.PlainDate.from('2024-01-01') },
      },
    ]);
    asked.mockClear();
    expect(await refusal(compile(WordSerializer), { word: 'k' })).toEqual({ word: ['Ensure this field has at least 2 characters.'] });
    expect(asked).not.toHaveBeenCalled();
  });

  it('may throw a ValidationError, and fail for another reason as they did', async () => {
    const throwing = (error: Error) => {
      const validate = async (): Promise<boolean> => {
        throw error;
      };
      return ValidateBy({ name: 'throws', validator: { validate } });
    };
    class Throwing extends Serializer {
      @throwing(new ValidationError([errorDetail('{count} are there.', 'there', { count: 3 })])) word = char();
    }
    class Broken extends Serializer {
      @throwing(new RangeError('mine')) word = char();
    }
    expect(await refusal(compile(Throwing), { word: 'x' })).toEqual({ word: ['3 are there.'] });
    await expect(read(compile(Broken), { word: 'x' })).rejects.toThrow(RangeError);
  });

  it('come before hooks', async () => {
    class Hooked extends WordSerializer {
      validateWord = vi.fn<(word: string) => string>((word) => word);
    }
    const compiled = compile(Hooked);
    await refusal(compiled, { word: 'other' });
    expect((compiled.serializer as Hooked).validateWord).not.toHaveBeenCalled();
  });

  it('without @ValidatorConstraint are refused at boot', () => {
    class Plain implements ValidatorConstraintInterface {
      validate = () => true;
    }
    class Unknown extends Serializer {
      @Validate(Plain) word = char();
    }
    expect(() => compile(Unknown)).toThrow(
      'Unknown.word: Plain is no constraint, so that nothing would be checked. Decorate the class with @ValidatorConstraint().',
    );
  });
});

describe('decorators of a base', () => {
  class Base extends Serializer {
    @MinLength(3) @IsAlpha() title = char();
  }

  it('hold beside those of the class, which may say one anew', async () => {
    class Longer extends Base {
      @MinLength(5) declare title: Base['title'];
      @MaxLength(2) code = char({ required: false });
    }
    expect(await refusal(compile(Longer), { title: '1234', code: 'abc' })).toEqual({
      title: ['Ensure this field has at least 5 characters.', 'title must contain only letters (a-zA-Z)'],
      code: ['Ensure this field has no more than 2 characters.'],
    });
  });

  it('are gone with a field that extendSerializer leaves out', async () => {
    class Anew extends extendSerializer(Base, { omit: ['title'] }) {
      @Max(3) title = integer();
    }
    expect(await refusal(compile(Anew), { title: 4 })).toEqual({ title: ['Ensure this value is less than or equal to 3.'] });
    class Without extends extendSerializer(Base, { omit: ['title'] }) {
      code = char();
    }
    expect(await read(compile(Without), { code: 'x' })).toEqual({ code: 'x' });
  });
});

describe('decorators of class-transformer on a serializer', () => {
  class Shown extends Serializer {
    @Expose({ name: 'theName' }) title = char();
    @Expose({ toPlainOnly: true }) slug = char();
    @Expose({ toClassOnly: true }) password = char();
    @Exclude({ toClassOnly: true }) stamp = char();
    @Exclude({ toPlainOnly: true }) secret = char();
    @Exclude() hidden = char();
  }

  it('say the name on the wire, and in which direction a field stands', async () => {
    expect(await read(compile(Shown), { theName: 'a', slug: 'b', password: 'c', stamp: 'd', secret: 'e', hidden: 'f' })).toEqual({
      title: 'a',
      password: 'c',
      secret: 'e',
    });
    expect(show(Shown, { title: 'a', slug: 'b', password: 'c', stamp: 'd', secret: 'e', hidden: 'f' })).toEqual({
      theName: 'a',
      slug: 'b',
      stamp: 'd',
    });
    expect(await refusal(compile(Shown), {})).toEqual({
      theName: ['This field is required.'],
      password: ['This field is required.'],
      secret: ['This field is required.'],
    });
  });

  it('leave nothing but what is exposed, where the class is excluded', async () => {
    @Exclude()
    class Closed extends Serializer {
      @Expose() open = char();
      secret = char();
    }
    expect(show(Closed, { open: 'a', secret: 'b' })).toEqual({ open: 'a' });
    expect(await read(compile(Closed), { open: 'a', secret: 'b' })).toEqual({ open: 'a' });
    class Heir extends Closed {
      further = char();
    }
    expect(show(Heir, { open: 'a', secret: 'b', further: 'c' })).toEqual({ open: 'a' });
  });

  it('make other values: of what is read before other decorators look at it, of what is shown at last; null is left alone', async () => {
    class Cased extends Serializer {
      @Transform(({ value }: { value: string }) => value.toLowerCase(), { toClassOnly: true })
      @Transform(({ value, key }: { value: string; key: string }) => `${key}: ${value}`, { toPlainOnly: true })
      @MaxLength(5)
      @Matches(/^[a-z]+$/)
      title = char({ allowNull: true });
    }
    expect(await read(compile(Cased), { title: 'ABC' })).toEqual({ title: 'abc' });
    expect(await refusal(compile(Cased), { title: 'A1' })).toEqual({ title: ['This value does not match the required pattern.'] });
    expect(await read(compile(Cased), { title: null })).toEqual({ title: null });
    expect(show(Cased, { title: 'abc' })).toEqual({ title: 'title: abc' });
    expect(show(Cased, { title: null })).toEqual({ title: null });
  });

  it('transform one after another, a base’s first', async () => {
    class First extends Serializer {
      @Transform(({ value }: { value: string }) => `${value}1`) title = char();
    }
    class Second extends First {
      @Transform(({ value }: { value: string }) => `${value}2`)
      @Transform(({ value }: { value: string }) => `${value}3`)
      declare title: First['title'];
    }
    expect(await read(compile(Second), { title: 'x' })).toEqual({ title: 'x123' });
  });

  it.each([
    ['answers nothing', () => undefined, '@Transform of title answers undefined'],
    ['answers a promise', () => Promise.resolve('x'), '@Transform answers a promise'],
    ['asks for other values', ({ obj }: { obj: { pages: number } }) => obj.pages, '@Transform asks for obj.pages, and sees its own value alone'],
  ])('refuse a transformation that %s', async (_what, transform, message) => {
    class Odd extends Serializer {
      @Transform(transform) title = char();
    }
    await expect(read(compile(Odd), { title: 'x' })).rejects.toThrow(message);
  });
});

describe('boot refuses', () => {
  class Inner extends Serializer {
    word = char();
  }
  class OnNoField extends Serializer {
    title = char();
    @MinLength(3) titel = 'x';
  }
  class TransformedNoField extends Serializer {
    title = char();
    @Expose() count = 3;
  }
  class WithNested extends Serializer {
    @ValidateNested() inner = nested(() => Inner);
  }
  class ReadOnly extends Serializer {
    @MinLength(3) title = char({ readOnly: true });
  }
  class Excluded extends Serializer {
    @Exclude({ toClassOnly: true }) @MinLength(3) title = char();
  }
  class Optional extends Serializer {
    @IsOptional() @MinLength(3) title = char();
  }
  class Defined extends Serializer {
    @IsDefined() title = char({ required: false });
  }
  class Nullable extends Serializer {
    @IsNotEmpty() title = char({ allowNull: true });
  }
  class Blank extends Serializer {
    @IsNotEmpty() title = char({ allowBlank: true });
  }
  class Typed extends Serializer {
    @Type(() => Number) pages = integer();
  }
  class Grouped extends Serializer {
    @Expose({ groups: ['admin'] }) title = char();
  }
  class Versioned extends Serializer {
    @Transform(({ value }) => value as unknown, { since: 2 }) title = char();
  }
  class Neither extends Serializer {
    @Exclude({ toPlainOnly: true }) title = char({ readOnly: true });
  }
  class Required extends Serializer {
    @Expose({ toPlainOnly: true }) title = char({ required: true });
  }
  class TwoNames extends Serializer {
    title = char();
    @Expose({ name: 'title' }) name = char();
  }
  class MovedKey extends Serializer {
    @Transform(({ value }) => value as unknown) author = primaryKeyRelated(models.author);
  }
  class Backwards extends Serializer {
    @Transform(({ value }) => value as unknown, { toPlainOnly: true }) title = char({ writeOnly: true });
  }

  it.each<[SerializerClass, string]>([
    [
      OnNoField,
      "OnNoField.titel has decorators and is no field: a serializer's properties hold fields, titel = char(). Did you mean title? It has title.",
    ],
    [TransformedNoField, 'TransformedNoField.count has decorators and is no field'],
    [WithNested, 'WithNested.inner: @ValidateNested is for plain classes.'],
    [ReadOnly, 'ReadOnly.title: it is read-only, so that minLength would never be asked.'],
    [Excluded, 'Excluded.title: it is read-only, so that minLength would never be asked.'],
    [Optional, 'Optional.title: @IsOptional, and the field is required. Set required: false'],
    [Defined, 'Defined.title: @IsDefined, and the field may be left out.'],
    [Nullable, 'Nullable.title: @IsNotEmpty, and the field allows null.'],
    [Blank, 'Blank.title: @IsNotEmpty, and the field allows a blank text.'],
    [Typed, 'Typed.pages: @Type says what the field says itself.'],
    [Grouped, 'Grouped.title: groups, since and until of @Expose and @Transform are not looked at.'],
    [Versioned, 'Versioned.title: groups, since and until of @Expose and @Transform are not looked at.'],
    [Neither, 'Neither.title is read-only, and @Expose or @Exclude hides it: nothing would be left.'],
    [Required, 'Required.title is required, and @Expose or @Exclude reads no input for it.'],
    [TwoNames, 'TwoNames: title and name are both title on the wire'],
    [MovedKey, 'MovedKey.author: @Transform would make another key of one that has been looked up.'],
    [Backwards, 'Backwards.title: @Transform with toPlainOnly, and the field is write-only.'],
  ])('%o', (serializer, message) => {
    expect(() => compile(serializer)).toThrow(message);
  });

  it('nothing of a field that getFields leaves out, and of @Allow', () => {
    class Left extends Serializer {
      @MinLength(3) title = char();
      @Allow() text = char({ readOnly: true });
      override getFields(): Record<string, Field> {
        const { title: _title, ...others } = super.getFields();
        return others;
      }
    }
    expect(Object.keys(compile(Left).serializer.getFields())).toEqual(['text']);
  });
});

it('a serializer that is printed names its constraints', () => {
  class Printed extends Serializer {
    @MinLength(3) @IsAlpha() title = char();
  }
  expect(String(compile(Printed).serializer)).toContain('title = new CharField(); // minLength, isAlpha');
});
