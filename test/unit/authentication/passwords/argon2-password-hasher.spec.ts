import { describe, expect, it } from 'vitest';
import { Argon2PasswordHasher } from '../../../../src/framework/authentication/passwords/argon2-password-hasher.js';

const CHEAP = { memoryCost: 8, timeCost: 1, parallelism: 1 };
const hasher = new Argon2PasswordHasher(CHEAP);

describe('Argon2PasswordHasher', () => {
  it('stores Argon2id with its parameters and a salt of its own, never the password', async () => {
    const [one, other] = await Promise.all([hasher.hash('secret-pass-1'), hasher.hash('secret-pass-1')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
    expect(one).not.toBe(other);
    expect(one).not.toContain('secret-pass-1');
  });

  it('costs what OWASP recommends by default', async () => {
    expect(await new Argon2PasswordHasher().hash('x')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it.each(['', 'alice-pass-1', 'naïve ✓', 'x'.repeat(4096)])('verifies the password %j and no other', async (password) => {
    const stored = await hasher.hash(password);
    expect(await hasher.verify(stored, password)).toBe(true);
    expect(await hasher.verify(stored, `${password} `)).toBe(false);
  });

  it.each([
    '',
    '!',
    'alice-pass-1',
    'pbkdf2_sha256$1$x$y',
    '$argon2id$',
    '$argon2id$v=19$m=8,t=1,p=1$$',
    '$argon2x$v=19$m=8,t=1,p=1$YWFhYWFhYWE$YWFhYWFhYWFh',
  ])('does not take %j for a hash', async (stored) => {
    expect(hasher.recognizes(stored)).toBe(false);
    expect(await hasher.verify(stored, stored)).toBe(false);
    expect(hasher.needsRehash(stored)).toBe(true);
  });

  it.each([
    { change: {}, needs: false },
    { change: { memoryCost: 16 }, needs: true },
    { change: { timeCost: 2 }, needs: true },
    { change: { parallelism: 2, memoryCost: 16 }, needs: true },
  ])('a hash of today needs a new one after the change $change: $needs', async ({ change, needs }) => {
    expect(new Argon2PasswordHasher({ ...CHEAP, ...change }).needsRehash(await hasher.hash('x'))).toBe(needs);
  });
});
