import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { BytesField } from '../../../src/framework/fields/bytes-field.js';

const of = (...bytes: number[]) => new Uint8Array(bytes);
const field = new BytesField({ maxLength: 3 });

describe('bytes', () => {
  it.each([
    ['', of()],
    ['aA==', of(104)],
    ['aGk=', of(104, 105)],
    ['+/+/', of(251, 255, 191)],
  ])('are read from base64: %j', (text, value) => {
    expect(field.toInternalValue(text)).toEqual(value);
    expect(field.toRepresentation(value)).toBe(text);
  });

  it.each<[string, unknown, string]>([
    ['a number', 1, 'Value must be valid base64.'],
    ['a list', ['aGk='], 'Value must be valid base64.'],
    ['text without its padding', 'aGk', 'Value must be valid base64.'],
    ['too much padding', 'aG===', 'Value must be valid base64.'],
    ['padding within', 'aA==aA==', 'Ensure this value has at most 3 bytes (it has 4).'],
    ['the alphabet for addresses', '-_-_', 'Value must be valid base64.'],
    ['whitespace', 'aG k', 'Value must be valid base64.'],
    ['another script', 'ａＡ==', 'Value must be valid base64.'],
    ['too many', 'aGVsbG8=', 'Ensure this value has at most 3 bytes (it has 5).'],
  ])('are not read from %s', (_what, value, message) => {
    expect(() => field.toInternalValue(value)).toThrow(ValidationError);
    expect(() => field.toInternalValue(value)).toThrow(expect.objectContaining({ detail: [expect.anything()] }));
    try {
      field.toInternalValue(value);
    } catch (error) {
      expect((error as ValidationError).body()).toEqual([message]);
    }
  });

  it('are a part of a buffer where they are a view of it', () => {
    expect(field.toRepresentation(of(0, 104, 105, 0).subarray(1, 3))).toBe('aGk=');
  });

  it('say in documents how long their text may be', () => {
    expect(field.describe().schema).toEqual({ type: 'string', format: 'byte', maxLength: 4 });
    expect(new BytesField().describe().schema['maxLength']).toBe(1_398_104);
  });

  it('have a maximum that is a whole number', () => {
    expect(() => new BytesField({ maxLength: 1.5 })).toThrow(new ConfigurationError('BytesField: maxLength is 1.5; give a whole number of bytes.'));
  });
});
