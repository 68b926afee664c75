import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { pattern } from '../../../src/framework/validators/pattern.js';

describe('a pattern', () => {
  const validator = pattern(/^a+$/, 'Only a.', 'only_a');

  it.each(['a', 'aaa'])('lets %j through, every time', (value) => {
    expect(() => validator(value, undefined as never)).not.toThrow();
    expect(() => validator(value, undefined as never)).not.toThrow();
  });

  it.each(['', 'b', 'a\n'])('refuses %j with its message and code', (value) =>
    expect(() => validator(value, undefined as never)).toThrow(
      expect.objectContaining({ status: 400, detail: [expect.objectContaining({ message: 'Only a.', code: 'only_a' })] }),
    ),
  );

  it.each([/a/g, /a/y])('of %s is refused at boot', (expression) => expect(() => pattern(expression)).toThrow(ConfigurationError));
});
