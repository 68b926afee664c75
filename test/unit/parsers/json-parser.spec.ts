import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../../src/framework/exceptions/exceptions.js';
import { DEFAULT_BODY_LIMITS } from '../../../src/framework/parsers/body-limits.js';
import { JSONParser } from '../../../src/framework/parsers/json-parser.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { contextOf } from './parsing.js';

const parser = new JSONParser();

function parse(body: string | Buffer, contentType = 'application/json', limits = DEFAULT_BODY_LIMITS): Promise<unknown> {
  return parser.parse(Readable.from([Buffer.from(body)], { objectMode: false }), contextOf(contentType, limits));
}

describe('JSON that is well-formed', () => {
  it.each([
    ['an object', '{"a": [1, 2.5, -3e2, true, false, null], "b": {"c": "x"}}', { a: [1, 2.5, -300, true, false, null], b: { c: 'x' } }],
    ['a text with escapes', '"\\u00e9\\n\\"\\\\\\/\\ud83d\\ude00"', 'é\n"\\/😀'],
    ['a number at the top', '1', 1],
    ['null', 'null', null],
    ['white space around', ' \t\r\n[ ]\n', []],
    ['the last of equal keys', '{"a": 1, "b": 2, "a": 3}', { a: 3, b: 2 }],
    ['an empty key', '{"": 1}', { '': 1 }],
    ['U+0000 escaped, for fields to refuse', '"\\u0000"', '\u0000'],
    ['a lone surrogate, for fields to refuse', '"\\ud800x"', '\ud800x'],
    [
      'keys that name what every object inherits',
      '{"constructor": 1, "toString": 2, "prototype": {"hasOwnProperty": 3}}',
      { constructor: 1, toString: 2, prototype: { hasOwnProperty: 3 } },
    ],
    ['a text that names a prototype, which is no key', '["__proto__", {"a": "\\u005f_proto__"}]', ['__proto__', { a: '__proto__' }]],
  ])('is read: %s', async (_title, text, value) => {
    expect(await parse(text)).toEqual(value);
  });

  it.each([
    '0.1',
    '1e22',
    '5e-324',
    '1.7976931348623157e308',
    '9007199254740991',
    '-9007199254740991',
    '0.30000000000000004',
    '1.10',
    '0e999',
    '0.000',
    '100000000000000000000.0',
    '1E2',
  ])('keeps the number %s, which a double stands for, as a number', async (text) => {
    expect(await parse(`[${text}]`)).toEqual([Number(text)]);
  });

  it.each([
    '12345678901234567890',
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '1e400',
    '-1e400',
    '1e-400',
    '0.10000000000000000001',
    '12345678901234.567890123',
    '10000000000000000000000',
    `1e${'9'.repeat(400)}`,
  ])('keeps the digits of %s, which a double would change', async (text) => {
    expect(await parse(`{"n": ${text}, "m": [0.1]}`)).toEqual({ n: new RawNumber(text), m: [0.1] });
  });

  it('keeps what stands beside such a number as JSON.parse would', async () => {
    const text = '{"n": 12345678901234567890, "a": ["\\u00e9\\ud800", 1.5, true, null, {"toString": {}}], "a b": ""}';
    expect(await parse(text)).toEqual({ ...(JSON.parse(text) as object), n: new RawNumber('12345678901234567890') });
  });
});

describe('JSON that is malformed is a 400 in the words of Python', () => {
  it.each([
    ['{', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ["{'a': 1}", 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['{"a": 1,}', 'Expecting property name enclosed in double quotes: line 1 column 9 (char 8)'],
    ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
    ['', 'Expecting value: line 1 column 1 (char 0)'],
    ['  ', 'Expecting value: line 1 column 3 (char 2)'],
    ['nul', 'Expecting value: line 1 column 1 (char 0)'],
    ['\u0000', 'Expecting value: line 1 column 1 (char 0)'],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
    ['{"a": 1 "b"}', "Expecting ',' delimiter: line 1 column 9 (char 8)"],
    ['{"a": "b', 'Unterminated string starting at: line 1 column 7 (char 6)'],
    ['"\\', 'Unterminated string starting at: line 1 column 1 (char 0)'],
    ['"a\nb"', 'Invalid control character at: line 1 column 3 (char 2)'],
    ['"\\q"', 'Invalid \\escape: line 1 column 2 (char 1)'],
    ['"\\u12G4"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
    ['"\\u00e9', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
    ['{} x', 'Extra data: line 1 column 4 (char 3)'],
    ['01', 'Extra data: line 1 column 2 (char 1)'],
    ['1.', 'Extra data: line 1 column 2 (char 1)'],
    ['{"a":\n {"é😀": x}}', 'Expecting value: line 2 column 9 (char 14)'],
    ['\ufeff{}', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
    ['[NaN]', "Out of range float values are not JSON compliant: 'NaN'"],
    ['{"a": Infinity}', "Out of range float values are not JSON compliant: 'Infinity'"],
    ['-Infinity', "Out of range float values are not JSON compliant: '-Infinity'"],
    [
      '1'.repeat(5000),
      'Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit',
    ],
  ])('%j', async (text, message) => {
    const answer = parse(text);
    await expect(answer).rejects.toThrow(ParseError);
    await expect(answer).rejects.toMatchObject({ status: 400, message: `JSON parse error - ${message}` });
  });
});

describe('a key that would set a prototype is refused', () => {
  it.each([
    '{"__proto__": {}}',
    '[{"a": {"__proto__": 1}}]',
    '{"\\u005f_proto__": 1}',
    '{"__pr\\u006Fto__": 1}',
    '{"n": 12345678901234567890, "__proto__": 1}',
  ])('%s', async (text) => {
    await expect(parse(text)).rejects.toMatchObject({ status: 400, message: 'JSON parse error - The key "__proto__" is not allowed.' });
  });
});

describe('bytes that are no text of the charset are a 400', () => {
  it.each([
    [[0xff], 'byte 0xff in position 0: invalid start byte'],
    [[0x22, 0xc3, 0x28, 0x22], 'byte 0xc3 in position 1: invalid continuation byte'],
    [[0x22, 0xe2, 0x82], 'bytes in position 1-2: unexpected end of data'],
    [[0xed, 0xa0, 0x80], 'byte 0xed in position 0: invalid continuation byte'],
    [[0xf0, 0x9f, 0x98, 0x28], 'bytes in position 0-2: invalid continuation byte'],
    [[0xc0, 0x80], 'byte 0xc0 in position 0: invalid start byte'],
  ])('%j', async (bytes, message) => {
    await expect(parse(Buffer.from(bytes))).rejects.toMatchObject({
      status: 400,
      message: `JSON parse error - 'utf-8' codec can't decode ${message}`,
    });
  });

  it.each([
    ['utf-8', Buffer.from('"é"')],
    ['"UTF-8"', Buffer.from('"é"')],
    ['latin1', Buffer.from('"é"', 'latin1')],
    ['utf-16le', Buffer.from('"é"', 'utf16le')],
  ])('charset=%s is decoded', async (charset, bytes) => {
    expect(await parse(bytes, `application/json; charset=${charset}`)).toBe('é');
  });

  it('a charset that nobody knows is refused', async () => {
    await expect(parse('{}', 'application/json; charset=x-none')).rejects.toMatchObject({
      status: 400,
      message: 'JSON parse error - unknown encoding: x-none',
    });
  });
});

describe('the limits of a JSON body', () => {
  const nested = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);

  it.each([
    ['arrays', nested('[', ']', 32)],
    ['objects', `${'{"a":'.repeat(31)}{}${'}'.repeat(31)}`],
    ['brackets inside texts', JSON.stringify(['['.repeat(1000), '\\"[[{{'.repeat(100)])],
  ])('32 levels are read: %s', async (_title, text) => {
    expect(await parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['33 arrays', nested('[', ']', 33)],
    ['33 objects', `${'{"a":'.repeat(32)}{}${'}'.repeat(32)}`],
    ['100,000 arrays', nested('[', ']', 100_000)],
    ['100,000 arrays that are never closed', '['.repeat(100_000)],
    ['100,000 objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['33 arrays and a number of many digits', nested('[', ']', 33).replace('[]', '[12345678901234567890]')],
  ])('more levels are a 400, at once: %s', async (_title, text) => {
    const start = performance.now();
    await expect(parse(text)).rejects.toMatchObject({ status: 400, message: 'JSON parse error - Nested too deeply: more than 32 levels.' });
    expect(performance.now() - start).toBeLessThan(50);
  });

  it.each([
    ['closed before they are opened', ']'.repeat(100_000) + '['.repeat(100_000)],
    ['closed by another bracket', '[}'.repeat(100_000)],
  ])('levels that are %s are a 400', async (_title, text) => {
    await expect(parse(text)).rejects.toMatchObject({ status: 400 });
  });

  it.each([
    ['numbers', (count: number) => `[${'1,'.repeat(count - 2)}1]`],
    ['texts', (count: number) => `[${'"",'.repeat(count - 2)}""]`],
    ['words', (count: number) => `[${'null,'.repeat(count - 2)}true]`],
    ['empty objects', (count: number) => `[${'{},'.repeat(count - 2)}{}]`],
    ['members, whose keys are none', (count: number) => `{${'"a":"b",'.repeat(count - 2)}"a":1}`],
  ])('100,000 values are read and one more is a 400: %s', async (_title, text) => {
    expect(await parse(text(100_000))).toEqual(JSON.parse(text(100_000)));
    await expect(parse(text(100_001))).rejects.toMatchObject({ status: 400, message: 'JSON parse error - Too many values: more than 100000.' });
  });

  it('a body past the limit is a 413, by its length and by its bytes', async () => {
    const limits = { ...DEFAULT_BODY_LIMITS, bodyLimit: 4 };
    expect(await parse('"ab"', 'application/json', limits)).toBe('ab');
    await expect(parse('"abc"', 'application/json', limits)).rejects.toMatchObject({ status: 413 });
    const stream = Readable.from([Buffer.from('1')], { objectMode: false });
    await expect(parser.parse(stream, contextOf('application/json', limits, { contentLength: 5 }))).rejects.toMatchObject({ status: 413 });
  });

  it('a stream that fails in the middle is a 400', async () => {
    const stream = new Readable({ read() {} });
    stream.push('{"a"');
    const answer = parser.parse(stream, contextOf('application/json'));
    stream.destroy(new Error('aborted'));
    await expect(answer).rejects.toMatchObject({ status: 400, message: 'The request ended before its body was complete.' });
  });
});
