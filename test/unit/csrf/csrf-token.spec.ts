import { describe, expect, it } from 'vitest';
import { faultOf, isTokenOf, maskSecret, newSecret, secretOf } from '../../../src/framework/csrf/csrf-token.js';

/** A token of this secret that Django 5.2 has masked (`_mask_cipher_secret`). */
const SECRET = 'abcdefghijklmnopqrstuvwxyzABCDEF';

describe('a CSRF token', () => {
  it('has a secret of 32 letters and digits, another one each time', () => {
    const secrets = Array.from({ length: 50 }, newSecret);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(new Set(secrets).size).toBe(50);
  });

  it('is another one each time, and of its secret alone', () => {
    const tokens = Array.from({ length: 50 }, () => maskSecret(SECRET));
    expect(new Set(tokens).size).toBe(50);
    for (const token of tokens) {
      expect(token).toMatch(/^[A-Za-z0-9]{64}$/);
      expect(secretOf(token)).toBe(SECRET);
      expect(isTokenOf(token, SECRET)).toBe(true);
      expect(isTokenOf(token, newSecret())).toBe(false);
    }
  });

  it("is masked as Django's are: the mask, then the sum of the letters' places", () => {
    expect(secretOf(`${'b'.repeat(32)}${'bcdefghijklmnopqrstuvwxyzABCDEFG'}`)).toBe(SECRET);
    expect(secretOf(`${'9'.repeat(32)}${'9abcdefghijklmnopqrstuvwxyzABCDE'}`)).toBe(SECRET);
  });

  it('may be the bare secret', () => {
    expect(isTokenOf(SECRET, SECRET)).toBe(true);
  });

  it.each([
    ['', 'length'],
    ['a'.repeat(31), 'length'],
    ['a'.repeat(33), 'length'],
    ['a'.repeat(63), 'length'],
    ['a'.repeat(65), 'length'],
    ['é'.repeat(32), 'characters'],
    [`${'a'.repeat(31)}-`, 'characters'],
    [`${'a'.repeat(63)} `, 'characters'],
    ['a'.repeat(32), null],
    ['Z9'.repeat(32), null],
  ])('%j has the fault %j', (token, fault) => {
    expect(faultOf(token)).toBe(fault);
  });
});
