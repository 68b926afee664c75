import { describe, expect, it } from 'vitest';
import { plainDate } from '../../../src/framework/internal/plain-date.js';

describe('plainDate', () => {
  it('answers the same object for the same date', () => {
    expect(plainDate(2024, 2, 29)).toBe(plainDate(2024, 2, 29));
    expect(plainDate(2024, 2, 29).toString()).toBe('2024-02-29');
  });

  it('takes no date for another, however many there are', () => {
    for (let day = 0; day < 8_000; day++) {
      const date = new Date(Date.UTC(1999, 11, 25 + day));
      expect(plainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()).toString()).toBe(date.toISOString().slice(0, 10));
    }
    expect(plainDate(1, 1, 1).toString()).toBe('0001-01-01');
    expect(plainDate(9999, 12, 31).toString()).toBe('9999-12-31');
  });

  it('lets nobody leave anything on an object that others are given', () => expect(Object.isFrozen(plainDate(2024, 3, 1))).toBe(true));

  it.each([
    [2023, 2, 29],
    [2024, 13, 1],
    [2024, 0, 1],
    [2024, 1, 32],
  ])('refuses %i-%i-%i', (year, month, day) => expect(() => plainDate(year, month, day)).toThrow(RangeError));
});
