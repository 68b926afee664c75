import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { FormParser } from '../../../src/framework/parsers/form-parser.js';
import { MultiPartParser } from '../../../src/framework/parsers/multipart-parser.js';
import type { BodyLimits, Parser } from '../../../src/framework/parsers/parser.js';
import type { FormValues } from '../../../src/framework/requests/form-values.js';
import { contextOf } from './parsing.js';

async function parse(
  parser: Parser,
  body: string | Buffer,
  contentType: string,
  limits: Partial<BodyLimits> = {},
  step = Infinity,
): Promise<[string, readonly unknown[]][]> {
  const bytes = Buffer.from(body);
  const chunks = Array.from({ length: Math.max(1, Math.ceil(bytes.length / step)) }, (_, index) =>
    step === Infinity ? bytes : bytes.subarray(index * step, (index + 1) * step),
  );
  const form = (await parser.parse(Readable.from(chunks, { objectMode: false }), contextOf(contentType, limits))) as FormValues;
  return form.names().map((name) => [name, form.getAll(name)]);
}

describe('a form', () => {
  const read = (body: string | Buffer, limits?: Partial<BodyLimits>) => parse(new FormParser(), body, 'application/x-www-form-urlencoded', limits);

  it.each<[string, string | Buffer, [string, unknown[]][]]>([
    [
      'every value of a name in order',
      'a=1&b=2&b=3',
      [
        ['a', ['1']],
        ['b', ['2', '3']],
      ],
    ],
    [
      'blank values and names without one',
      'a=&b&=c',
      [
        ['a', ['']],
        ['b', ['']],
        ['', ['c']],
      ],
    ],
    [
      'nothing between two ampersands',
      '&a=1&&b=2&',
      [
        ['a', ['1']],
        ['b', ['2']],
      ],
    ],
    ['plus and percent', 'a+b=%C3%A9+%2B%26', [['a b', ['é +&']]]],
    ['percent-encoding that is no UTF-8 as U+FFFD', 'a=%ff%', [['a', ['\ufffd%']]]],
    ['a question mark in front as part of the name', '?a=1', [['?a', ['1']]]],
    ['bytes as UTF-8', 'é=ü', [['é', ['ü']]]],
    ['bytes that are no UTF-8 as Latin-1', Buffer.from('a=\xe9', 'latin1'), [['a', ['é']]]],
    [
      'names of prototypes like any other',
      '__proto__=1&constructor=2',
      [
        ['__proto__', ['1']],
        ['constructor', ['2']],
      ],
    ],
    ['nothing', '', []],
  ])('keeps %s', async (_title, body, values) => {
    expect(await read(body)).toEqual(values);
  });

  it('may have 1,000 fields and no more', async () => {
    expect(await read(`${'a&'.repeat(999)}a`)).toEqual([['a', Array.from({ length: 1000 }, () => '')]]);
    await expect(read(`${'a&'.repeat(1000)}a`)).rejects.toMatchObject({ status: 400, message: 'Form parse error - more than 1000 fields.' });
  });

  it('past the limit is a 413', async () => {
    await expect(read('a=12345', { bodyLimit: 6 })).rejects.toMatchObject({ status: 413 });
  });
});

describe('a multipart form', () => {
  const TYPE = 'multipart/form-data; boundary=X-Y';
  const read = (body: string | Buffer, limits?: Partial<BodyLimits>, contentType = TYPE, step?: number) =>
    parse(new MultiPartParser(), body, contentType, limits, step);
  const part = (disposition: string, value: string, more = '') =>
    `--X-Y\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${value}\r\n`;
  const END = '--X-Y--\r\n';

  it.each([
    [
      'every value of a name in order',
      part('name="a"', '1') + part('name="b"', '2') + part('name="a"', '3') + END,
      [
        ['a', ['1', '3']],
        ['b', ['2']],
      ],
    ],
    ['UTF-8 in names and values', part('name="é"', 'ü😀') + END, [['é', ['ü😀']]]],
    ['line ends inside a value', part('name="a"', 'x\r\n--X-\r\ny') + END, [['a', ['x\r\n--X-\r\ny']]]],
    ['empty values', part('name="a"', '') + END, [['a', ['']]]],
    ['a part with a content type of its own', part('name="a"', '{}', 'Content-Type: application/octet-stream\r\n') + END, [['a', ['{}']]]],
    ['a charset that nobody knows as UTF-8', part('name="a"', 'é', 'Content-Type: text/plain; charset=none\r\n') + END, [['a', ['é']]]],
    ['an empty file input as an empty text', part('name="f"; filename=""', '', 'Content-Type: application/octet-stream\r\n') + END, [['f', ['']]]],
    [
      'no part that the next one cuts off in its headers',
      `--X-Y\r\nContent-Disposition: form-data; name="b"\r\n${part('name="a"', '1')}${END}`,
      [['a', ['1']]],
    ],
    ['an empty part without a line of its own', `--X-Y\r\nContent-Disposition: form-data; name="a"\r\n\r\n--X-Y--`, [['a', ['']]]],
    ['folded headers', `--X-Y\r\nContent-Disposition: form-data;\r\n  name="a"\r\n\r\n1\r\n${END}`, [['a', ['1']]]],
    [
      'text that is no UTF-8 with U+FFFD',
      Buffer.concat([Buffer.from(part('name="a"', '')).subarray(0, -2), Buffer.from([0x61, 0xff]), Buffer.from(`\r\n${END}`)]),
      [['a', ['a\ufffd']]],
    ],
    ['no part without a name', part('nonsense=1', 'x') + part('name="a"', '1') + END, [['a', ['1']]]],
    ['what stands before and after the form not', `before\r\n${part('name="a"', '1')}${END}after`, [['a', ['1']]]],
    ['names of prototypes like any other', part('name="__proto__"', '1') + END, [['__proto__', ['1']]]],
  ])('keeps %s', async (_title, body, values) => {
    expect(await read(body)).toEqual(values);
    expect(await read(body, {}, TYPE, 997)).toEqual(values);
  });

  it('is the same however the bytes come', async () => {
    const body = `preamble\r\n${part('name="a"', 'é1\r\n--X-\r')}${part('name="b"', '2')}${END}epilogue`;
    for (let step = 1; step < 80; step++)
      expect(await read(body, {}, TYPE, step)).toEqual([
        ['a', ['é1\r\n--X-\r']],
        ['b', ['2']],
      ]);
  });

  it('that ends too early is a 400, wherever it is cut', async () => {
    const body = part('name="a"', '1') + part('name="f"; filename="h.txt"', 'hello') + part('name="b"', '2');
    for (let cut = 0; cut <= body.length; cut++) {
      await expect(read(body.slice(0, cut))).rejects.toMatchObject({
        status: 400,
        message: 'Multipart form parse error - Unexpected end of multipart data',
      });
    }
  });

  it('of nothing but delimiters takes no longer than their bytes', async () => {
    const body = '--X-Y\r\n'.repeat(100_000) + part('name="a"', '1') + END;
    expect(await read(body, {}, TYPE, 700_000)).toEqual([['a', ['1']]]);
  });

  it.each([
    ['multipart/form-data', 'None'],
    ['multipart/form-data; boundary=', ''],
    [`multipart/form-data; boundary=${'x'.repeat(300)}`, 'x'.repeat(300)],
    ['multipart/form-data; boundary="é"', 'é'],
  ])('whose content type is %s is a 400', async (contentType, boundary) => {
    await expect(read(END, {}, contentType)).rejects.toMatchObject({
      status: 400,
      message: `Multipart form parse error - Invalid boundary in multipart: ${boundary}`,
    });
  });

  it('may have so many fields and no more', async () => {
    const limits = { formFields: 2 };
    expect(await read(part('name="a"', '1').repeat(2) + END, limits)).toEqual([['a', ['1', '1']]]);
    await expect(read(part('name="a"', '1').repeat(3) + END, limits)).rejects.toMatchObject({
      status: 400,
      message: 'Multipart form parse error - more than 2 fields.',
    });
  });

  it('of parts that are neither field nor file may have no more of them', async () => {
    await expect(read('--X-Y\r\nX: y\r\n\r\n\r\n'.repeat(1101) + END)).rejects.toMatchObject({
      status: 400,
      message: 'Multipart form parse error - too many parts.',
    });
  });

  it.each([
    ['in one text', part('name="a"', 'x'.repeat(1001))],
    ['in many', part('name="a"', 'x'.repeat(100)).repeat(10)],
    ['in a name', part(`name="${'x'.repeat(1000)}"`, '')],
  ])('past the limit %s is a 413, and line ends and headers are not counted', async (_title, body) => {
    await expect(read(body + END, { bodyLimit: 1000 }, TYPE, 64)).rejects.toMatchObject({ status: 413 });
    expect(await read(part('name="a"', 'x'.repeat(97), 'X: y\r\n'.repeat(10)).repeat(10) + END, { bodyLimit: 1000 })).toHaveLength(1);
  });

  it('whose headers have no end is a 400', async () => {
    const body = `--X-Y\r\nContent-Disposition: form-data; name="a"\r\nX: ${'y'.repeat(17_000)}`;
    await expect(read(body, {}, TYPE, 1000)).rejects.toMatchObject({
      status: 400,
      message: 'Multipart form parse error - Request max total header size exceeded.',
    });
  });
});
