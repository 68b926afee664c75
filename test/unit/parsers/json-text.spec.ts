import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JSONReader } from '../../../src/framework/parsers/json/json-reader.js';
import { parseJsonText } from '../../../src/framework/parsers/json/json-text.js';
import { APIException } from '../../../src/framework/exceptions/api-exception.js';

/** Numbers that JSON.parse may round, and a parser that loses nothing keeps as they were sent. */
const ROUNDED = /(?:\d\.?){16}|[eE][-+]?\d{3}/;
const limits = { depth: 32, nodes: 100_000 };

it('the lossless reader reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.integer({ min: 0, max: 4 }), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), undefined, indent);
      fc.pre(!text.includes('__proto__') && !ROUNDED.test(text));
      expect(new JSONReader(text).read()).toEqual(JSON.parse(text));
    }),
    { numRuns: 300 },
  );
});

it('a text is read as JSON.parse reads it, or refused where JSON.parse refuses it, whatever was done to it', () => {
  const edit = fc.record({
    at: fc.nat(),
    remove: fc.nat(3),
    insert: fc.constantFrom('', '"', '\\', '[', '{', ',', ':', 'e', '-', '0', '\n', '\u0001', 'é', '😀'),
  });
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.array(edit, { maxLength: 3 }), (json, edits) => {
      const text = edits.reduce(
        (now, { at, remove, insert }) => now.slice(0, at % (now.length + 1)) + insert + now.slice((at % (now.length + 1)) + remove),
        json,
      );
      fc.pre(!text.includes('__proto__') && !ROUNDED.test(text));
      let expected: unknown;
      try {
        expected = JSON.parse(text);
      } catch {
        expect(() => parseJsonText(text, limits)).toThrow(APIException);
        expect(() => new JSONReader(text).read()).toThrow(APIException);
        return;
      }
      expect(parseJsonText(text, limits)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
