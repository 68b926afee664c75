import { describe, expect, it } from 'vitest';
import { noNullCharacters, noSurrogateCharacters } from '../../../src/framework/validators/characters.js';

const refusal = (message: string, code: string) => expect.objectContaining({ status: 400, detail: [expect.objectContaining({ message, code })] });

describe('characters that no column holds', () => {
  it.each(['\0', 'a\0b'])('NUL in %j is refused', (value) =>
    expect(() => noNullCharacters()(value, undefined as never)).toThrow(refusal('Null characters are not allowed.', 'null_characters_not_allowed')),
  );

  it.each([
    ['\ud800', 'D800'],
    ['a\udc00b', 'DC00'],
    ['😀\udfff', 'DFFF'],
  ])('a lone surrogate in %j is refused as U+%s', (value, codePoint) =>
    expect(() => noSurrogateCharacters()(value, undefined as never)).toThrow(
      refusal(`Surrogate characters are not allowed: U+${codePoint}.`, 'surrogate_characters_not_allowed'),
    ),
  );

  it.each(['', 'a', '😀', '\u0001', '\uffff'])('%j passes', (value) => {
    expect(() => noNullCharacters()(value, undefined as never)).not.toThrow();
    expect(() => noSurrogateCharacters()(value, undefined as never)).not.toThrow();
  });
});
