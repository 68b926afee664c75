import { describe, expect, it, vi } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import type { Validator } from '../../../src/framework/validators/validator.js';
import { validation } from '../../../src/framework/validators/validation.js';

const context = { partial: false };
const says =
  (detail: string | Record<string, string[]>): Validator =>
  () => {
    throw new ValidationError(detail);
  };
const saysLater =
  (detail: string | Record<string, string[]>): Validator =>
  async () => {
    await Promise.resolve();
    throw new ValidationError(detail);
  };
const passes: Validator = () => {};
const passesLater: Validator = async () => {};

/** What validators have against a value. */
async function found(validators: readonly Validator[]): Promise<unknown> {
  try {
    await validation(validators)('value', context);
    return undefined;
  } catch (error) {
    return JSON.parse(JSON.stringify((error as ValidationError).detail));
  }
}

describe('a validation', () => {
  it.each<[string, readonly Validator[], unknown]>([
    ['no validators', [], undefined],
    ['those that pass', [passes, passes], undefined],
    ['one that passes later', [passes, passesLater], undefined],
    ['one that answers something else', [(() => true) as never, (() => 0) as never], undefined],
    ['one', [passes, says('a')], ['a']],
    ['several, in their order', [says('a'), passes, says('b'), says('c')], ['a', 'b', 'c']],
    ['some that say it later, in their order', [saysLater('a'), says('b'), passesLater, saysLater('c')], ['a', 'b', 'c']],
    ['one behind one that passes later', [passesLater, says('b')], ['b']],
    ['a record, which stands alone', [says('a'), says({ key: ['b'] }), says('c')], { key: ['b'] }],
    ['a record that comes first', [says({ key: ['a'] }), says('b')], { key: ['a'] }],
    ['a record that comes later', [saysLater({ key: ['a'] }), says('b')], { key: ['a'] }],
  ])('of %s', async (_of, validators, expected) => expect(await found(validators)).toEqual(expected));

  it('asks nobody behind a record', () => {
    const last = vi.fn<Validator>();
    expect(() => validation([says({ key: ['a'] }), last])('value', context)).toThrow(ValidationError);
    expect(last).not.toHaveBeenCalled();
  });

  it('asks each once, with the value and the context', () => {
    const asked = [vi.fn<Validator>(), vi.fn<Validator>(() => says('a')('value', context)), vi.fn<Validator>()];
    expect(() => validation(asked)('value', context)).toThrow(ValidationError);
    for (const one of asked) expect(one.mock.calls).toEqual([['value', context]]);
  });

  it('is no promise unless one is asynchronous', () => {
    expect(validation([passes])('value', context)).toBeUndefined();
    expect(validation([passes, passesLater])('value', context)).toBeInstanceOf(Promise);
  });

  it.each<[string, Validator]>([
    ['thrown', () => void JSON.parse('{')],
    ['of a promise', async () => void JSON.parse('{')],
  ])('hands on another error that is %s', async (_how, broken) => {
    await expect((async () => validation([passes, broken, passes])('value', context))()).rejects.toThrow(SyntaxError);
  });
});
