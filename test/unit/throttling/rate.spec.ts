import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { parseRate, parseRates, throttleKey } from '../../../src/framework/throttling/rate.js';

describe('a rate', () => {
  it.each([
    ['5/s', 5, 1],
    ['5/sec', 5, 1],
    ['5/second', 5, 1],
    ['5/m', 5, 60],
    ['5/min', 5, 60],
    ['5/minute', 5, 60],
    ['5/h', 5, 3600],
    ['5/hr', 5, 3600],
    ['5/hour', 5, 3600],
    ['1/d', 1, 86_400],
    ['1000/day', 1000, 86_400],
    ['10/30s', 10, 30],
    ['100/15m', 100, 900],
    ['100/15minutes', 100, 900],
    ['7/7days', 7, 604_800],
    ['0/min', 0, 60],
    ['1000000/366d', 1_000_000, 31_622_400],
  ])('%s is %i in %i s', (text, limit, duration) => {
    expect(parseRate(text, 'x')).toEqual({ limit, duration });
  });

  it.each([
    '',
    '5',
    '/minute',
    '5/',
    '5/month',
    '5/minutely',
    '10/week',
    '10/0s',
    '-1/s',
    '1.5/s',
    '5/-3s',
    '5/1.5m',
    ' 5/s',
    '5/s ',
    '5 / s',
    '5/S',
    'x/min',
    '5/30',
    '1e3/s',
    '5/constructor',
    '1000001/day',
    '1/367d',
    `${'9'.repeat(400)}/s`,
    `5/${'9'.repeat(400)}s`,
  ])('%j is none, and the error says where it stands', (text) => {
    expect(() => parseRate(text, 'throttleRates.anon')).toThrow(ConfigurationError);
    expect(() => parseRate(text, 'throttleRates.anon')).toThrow(/^throttleRates\.anon is ".*", which is no rate\. Write .* '5\/minute'/);
  });

  it('may be none, one, or several of different periods', () => {
    expect(parseRates(null, 'x')).toEqual([]);
    expect(parseRates('5/s', 'x')).toEqual([{ limit: 5, duration: 1 }]);
    expect(parseRates(['10/s', '1000/day'], 'x')).toEqual([
      { limit: 10, duration: 1 },
      { limit: 1000, duration: 86_400 },
    ]);
  });

  it.each<[unknown, RegExp]>([
    [5, /^throttleRates\.x is 5\. Write a text such as '5\/minute', or null/],
    [undefined, /^throttleRates\.x is undefined/],
    [{ limit: 5 }, /^throttleRates\.x is \{"limit":5\}/],
    [['5/s', 6], /^throttleRates\.x is 6/],
    [['5/minute', '6/60s'], /^throttleRates\.x has two rates of one period: 5\/minute, 6\/60s\. Keep the smaller one/],
  ])('%j is refused', (setting, message) => {
    expect(() => parseRates(setting as never, 'throttleRates.x')).toThrow(ConfigurationError);
    expect(() => parseRates(setting as never, 'throttleRates.x')).toThrow(message);
  });
});

describe('the key of a rate', () => {
  it('is that of DRF', () => {
    expect(throttleKey('anon', '192.0.2.1')).toBe('throttle_anon_192.0.2.1');
  });

  it('is never longer than a hash makes it, and still tells clients apart', () => {
    const keys = [throttleKey('login', `${'x'.repeat(10_000)}a`), throttleKey('login', `${'x'.repeat(10_000)}b`)];
    expect(keys.map(({ length }) => length)).toEqual([58, 58]);
    expect(new Set(keys).size).toBe(2);
  });
});
