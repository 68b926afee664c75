import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { char } from '../../../src/framework/fields/char-field.js';
import type { FieldContext } from '../../../src/framework/fields/field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import type { FieldValidator, ValidatorLike } from '../../../src/framework/validators/field-validator.js';
import { UniqueValidator } from '../../../src/framework/validators/unique-validator.js';
import { compile, read, refusal } from '../serializers/compiling.js';

const later = () => new Promise<void>((resolve) => setImmediate(resolve));
class Lower implements FieldValidator<string> {
  validate(value: string) {
    if (value !== value.toLowerCase()) throw new ValidationError('In lower case.');
  }
}
class Known implements FieldValidator<string> {
  async validate(value: string, { partial }: FieldContext) {
    await later();
    if (value !== 'known') throw new ValidationError(partial ? 'Still unknown.' : 'Unknown.');
  }
}
const refuse = (detail: ConstructorParameters<typeof ValidationError>[0]) => () => {
  throw new ValidationError(detail);
};
const refuseLater = (detail: ConstructorParameters<typeof ValidationError>[0]) => async () => {
  await later();
  throw new ValidationError(detail);
};

const worded = (...validators: ValidatorLike[]) =>
  compile(
    class WordSerializer extends Serializer {
      word = char({ maxLength: 8, allowBlank: true, allowNull: true, validators });
    },
  );

describe('validators of a field', () => {
  it.each<[string, readonly ValidatorLike[], string, unknown]>([
    ['a function', [refuse('No.')], 'x', ['No.']],
    ['an asynchronous function', [refuseLater('No.')], 'x', ['No.']],
    ['a class', [Lower], 'X', ['In lower case.']],
    ['an instance', [new Lower()], 'X', ['In lower case.']],
    ['an asynchronous class', [Known], 'x', ['Unknown.']],
    // Such as Prisma's own promises.
    // oxlint-disable-next-line unicorn/no-thenable
    ['a thenable', [() => ({ then: (_ok: unknown, fail: (error: unknown) => void) => fail(new ValidationError('No.')) }) as never], 'x', ['No.']],
    ['all of them, in their order', [refuseLater('One.'), Lower, refuse(['Three.', 'Four.'])], 'X', ['One.', 'In lower case.', 'Three.', 'Four.']],
    ['a record of messages, and no other', [refuse('One.'), refuse({ part: ['Two.'] }), refuse('Three.')], 'x', { part: ['Two.'] }],
    ['a record that comes late', [refuse('One.'), refuseLater({ part: ['Two.'] })], 'x', { part: ['Two.'] }],
  ])('may be %s (VAL-6)', async (_what, validators, word, messages) => {
    expect(await refusal(worded(...validators), { word })).toEqual({ word: messages });
  });

  it.each([
    ['a blank text', ''],
    ['null', null],
  ])('do not look at %s', async (_what, word) => {
    expect(await read(worded(refuse('No.'), Known), { word })).toEqual({ word });
  });

  it('are given the context', async () => {
    expect(await refusal(worded(Known), { word: 'x' }, { partial: true })).toEqual({ word: ['Still unknown.'] });
  });

  it('come before the field’s own, and with them, as in DRF', async () => {
    expect(await refusal(worded(refuseLater('Late.')), { word: 'much too long' })).toEqual({
      word: ['Late.', 'Ensure this field has no more than 8 characters.'],
    });
  });

  it('are waited for before hooks are asked', async () => {
    const called: string[] = [];
    class Hooked extends Serializer {
      word = char({ validators: [refuseLater('No.')] });
      validateWord(word: string) {
        called.push(word);
        return word;
      }
    }
    expect(await refusal(compile(Hooked), { word: 'x' })).toEqual({ word: ['No.'] });
    expect(called).toEqual([]);
  });

  it('that fail for another reason fail as they did, and leave nobody unheard', async () => {
    const broken = async () => {
      throw new RangeError('mine');
    };
    await expect(read(worded(broken), { word: 'x' })).rejects.toThrow(RangeError);
    const slow = () => new Promise<never>((_resolve, reject) => void setImmediate(() => setImmediate(() => reject(new RangeError('database')))));
    await expect(read(worded(broken, refuse('No.')), { word: 'x' }, { lookups: slow })).rejects.toThrow(RangeError);
  });
});

describe('validators of a list’s items', () => {
  const words = (...validators: ValidatorLike[]) =>
    compile(
      class WordsSerializer extends Serializer {
        words = list({ child: char({ allowNull: true, validators }) });
      },
    );

  it.each<[string, readonly ValidatorLike[], unknown]>([
    ['functions', [(word: string) => (word === 'b' ? refuse('No.')() : undefined)], { 1: ['No.'] }],
    ['asynchronous functions', [refuseLater('No.')], { 0: ['No.'], 1: ['No.'], 3: ['No.'] }],
    ['classes', [Known, Lower], { 0: ['Unknown.', 'In lower case.'], 1: ['Unknown.'] }],
  ])('may be %s: errors by index', async (_what, validators, messages) => {
    expect(await refusal(words(...validators), { words: ['A', 'b', null, 'known'] })).toEqual({ words: messages });
  });

  it('reach items of items', async () => {
    class Grid extends Serializer {
      rows = list({ child: list({ child: char({ validators: [Known] }) }) });
    }
    expect(await refusal(compile(Grid), { rows: [['known'], ['known', 'x']] })).toEqual({ rows: { 1: { 1: ['Unknown.'] } } });
  });

  it('are told before those of the whole list are asked, and leave nobody unheard', async () => {
    const called: unknown[] = [];
    class Listed extends Serializer {
      words = list({ child: char({ maxLength: 3, validators: [refuseLater('No.')] }), validators: [(words: unknown) => void called.push(words)] });
    }
    expect(await refusal(compile(Listed), { words: ['a', 'long'] })).toEqual({
      words: { 1: ['No.', 'Ensure this field has no more than 3 characters.'], 0: ['No.'] },
    });
    expect(called).toEqual([]);
  });

  it('cannot ask about uniqueness', () => {
    expect(() => words(new UniqueValidator())).toThrow('WordsSerializer.words: a validator of the items asks the database');
  });
});

describe('validators of the whole', () => {
  class Equal implements FieldValidator<Record<string, unknown>> {
    async validate(data: Record<string, unknown>) {
      await later();
      if (data['again'] !== data['word']) throw new ValidationError({ againWord: 'They differ.' });
    }
  }
  class Pair extends Serializer {
    word = char({ maxLength: 3 });
    againWord = char({ source: 'again' });
    kind = char({ readOnly: true, default: 'pair' });
    readonly seen: unknown[] = [];
    override readonly validators = [(data: Record<string, unknown>) => void this.seen.push({ ...data }), Equal];
    override validate(data: Record<string, unknown>) {
      this.seen.push('validate');
      return data;
    }
  }

  it('see all data and the defaults of what is shown alone, before validate', async () => {
    const compiled = compile(Pair);
    expect(await read(compiled, { word: 'a', again_word: 'a' })).toEqual({ word: 'a', again: 'a' });
    expect((compiled.serializer as Pair).seen).toEqual([{ word: 'a', again: 'a', kind: 'pair' }, 'validate']);
  });

  it.each([
    ['name fields by property, the client sees them by wire name', { word: 'a', again_word: 'b' }, { again_word: ['They differ.'] }],
    ['are left out while a field is wrong', { word: 'abcd', again_word: 'b' }, { word: ['Ensure this field has no more than 3 characters.'] }],
  ])('%s', async (_what, input, body) => {
    expect(await refusal(compile(Pair), input)).toEqual(body);
  });

  it('collect their messages', async () => {
    class Strict extends Serializer {
      word = char();
      override readonly validators = [refuse('One.'), refuseLater(['Two.', 'Three.'])];
    }
    expect(await refusal(compile(Strict), { word: 'a' })).toEqual({ non_field_errors: ['One.', 'Two.', 'Three.'] });
    class Outer extends Serializer {
      inner = nested(() => Strict, { many: true });
    }
    expect(await refusal(compile(Outer), { inner: [{ word: 'a' }] })).toEqual({
      inner: { 0: { non_field_errors: ['One.', 'Two.', 'Three.'] } },
    });
  });
});
