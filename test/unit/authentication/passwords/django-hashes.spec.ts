import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../src/framework/exceptions/configuration-error.js';
import { Argon2PasswordHasher } from '../../../../src/framework/authentication/passwords/argon2-password-hasher.js';
import type { PasswordHasher } from '../../../../src/framework/authentication/passwords/password-hasher.js';
import { PasswordHashers } from '../../../../src/framework/authentication/passwords/password-hashers.js';
import { PBKDF2PasswordHasher, PBKDF2SHA1PasswordHasher } from '../../../../src/framework/authentication/passwords/pbkdf2-password-hasher.js';
import { ScryptPasswordHasher } from '../../../../src/framework/authentication/passwords/scrypt-password-hasher.js';
import { resolveSettings } from '../../../../src/framework/settings/resolve-settings.js';

const PASSWORD = 'lètmein';
/** Made by Django 5.2.17's `make_password`. */
const MADE_BY_DJANGO = {
  pbkdf2_sha256: 'pbkdf2_sha256$1000000$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
  'pbkdf2_sha256 with a salt of its own': 'pbkdf2_sha256$1000000$3DInaBPDpqFGYpjGEkqtNh$LT9y/pYnJKZ+51Oiw2Uo+YWkGlCJ/+boo0/9FCrXClk=',
  pbkdf2_sha1: 'pbkdf2_sha1$1000000$seasalt$A053mdnAt0THnbEBJ7jpfP3yz1o=',
  scrypt: 'scrypt$16384$seasalt$8$5$ECMIUp+LMxMSK8xB/IVyba+KYGTI7FTnet025q/1f/vBAVnnP3hdYqJuRi+mJn6ji6ze3Fbb7JEFPKGpuEf5vw==',
  'scrypt of other costs': 'scrypt$1024$seasalt$4$1$XfLgKIvwlM2kyjtCHHpb8tpju5GV+zLKLuxlfpHYnCt7gBX62jeUH4EssgMrgObMAv2fyXL0UijMLciPBiqKGA==',
  argon2: 'argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdDE$t1PEr4fCw6K2tgtMD76spP7m1u6P7OEUAgSauxfz/WI',
  'argon2 with a salt of its own': 'argon2$argon2id$v=19$m=102400,t=2,p=8$WXdiUHo1MkhrZGQyWEJjUU5pSmRBcw$pEqidPnCznD9TQWKImkXUdj3/DaU4IawniSChQMNHWI',
} as const;
const SHORT = { pbkdf2: 'pbkdf2_sha256$1000$Zoë$uHu7bE5pEGXcqW8E+bNvG6Vx4TKQfnjZ7wP3mtK9gkM=', password: 'correct horse ✓ battery' };

const standard = new PasswordHashers(resolveSettings({ authentication: [], permissions: [] }).passwordHashers);

describe('the hashers of the settings', () => {
  it.each(Object.entries(MADE_BY_DJANGO))('verify what Django made: %s', async (_what, stored) => {
    expect(standard.recognizes(stored)).toBe(true);
    expect([await standard.verify(stored, PASSWORD), await standard.verify(stored, 'letmein')]).toEqual([true, false]);
    expect(standard.needsRehash(stored)).toBe(true);
  });

  it('verify salts and passwords beyond ASCII', async () => {
    expect([await standard.verify(SHORT.pbkdf2, SHORT.password), await standard.verify(SHORT.pbkdf2, PASSWORD)]).toEqual([true, false]);
  });

  it('make Argon2id, which is left as it is', async () => {
    const stored = await standard.hash(PASSWORD);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect([await standard.verify(stored, PASSWORD), standard.needsRehash(stored)]).toEqual([true, false]);
  });

  it.each([
    '!Rz2awcfaqeO7Okj2ioS5kXQEmEPdFZcGixjVipsI',
    '',
    'md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3',
    'bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuv',
    'pbkdf2_sha256$0$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
    'pbkdf2_sha256$-1$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
    'pbkdf2_sha256$1e3$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
    'pbkdf2_sha256$1000$seasalt$',
    'pbkdf2_sha256$1000$seasalt$AAAA',
    'pbkdf2_sha256$1000$$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
    'pbkdf2_sha256$1000$sea$salt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
    'pbkdf2_sha1$1000$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
    `scrypt$1000$seasalt$8$5$${'A'.repeat(86)}==`,
    `scrypt$1$seasalt$8$5$${'A'.repeat(86)}==`,
    `scrypt$1024$seasalt$0$5$${'A'.repeat(86)}==`,
    'scrypt$16384$seasalt$8$5$AAAA',
    'argon2$argon2id$v=19$m=102400',
    'argon2$$argon2id$v=19$m=8,t=1,p=1$c2Vhc2FsdDE$t1PEr4fCw6K2tgtMD76spP7m1u6P7OEUAgSauxfz/WI',
  ])('take %j for no hash, which no password opens', async (stored) => {
    expect(standard.recognizes(stored)).toBe(false);
    expect([await standard.verify(stored, ''), await standard.verify(stored, stored)]).toEqual([false, false]);
    expect(standard.needsRehash(stored)).toBe(true);
  });

  it.each([
    'pbkdf2_sha256$10000001$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
    'pbkdf2_sha256$99999999999$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
    `pbkdf2_sha256$1000$${'s'.repeat(500)}$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=`,
    `scrypt$262144$seasalt$8$1$${'A'.repeat(86)}==`,
    `scrypt$16384$seasalt$8$33$${'A'.repeat(86)}==`,
    `scrypt$2$seasalt$999999999$1$${'A'.repeat(86)}==`,
    'argon2$argon2id$v=19$m=262145,t=1,p=1$c2Vhc2FsdDE$t1PEr4fCw6K2tgtMD76spP7m1u6P7OEUAgSauxfz/WI',
    '$argon2id$v=19$m=8,t=4294967295,p=1$c2Vhc2FsdDE$t1PEr4fCw6K2tgtMD76spP7m1u6P7OEUAgSauxfz/WI',
    '$argon2id$v=19$m=102400,t=9,p=1$c2Vhc2FsdDE$t1PEr4fCw6K2tgtMD76spP7m1u6P7OEUAgSauxfz/WI',
    '$argon2id$v=19$m=1024,t=1,p=65$c2Vhc2FsdDE$t1PEr4fCw6K2tgtMD76spP7m1u6P7OEUAgSauxfz/WI',
  ])('do not work for %j, which would cost too much', async (stored) => {
    expect(standard.recognizes(stored)).toBe(false);
    const began = performance.now();
    expect(await standard.verify(stored, PASSWORD)).toBe(false);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

class QuickPBKDF2 extends PBKDF2PasswordHasher {
  override readonly iterations = 1000;
}
class QuickSHA1 extends PBKDF2SHA1PasswordHasher {
  override readonly iterations = 1000;
}
class QuickScrypt extends ScryptPasswordHasher {
  override readonly workFactor = 1024;
}

describe.each<[string, PasswordHasher, RegExp]>([
  ['pbkdf2_sha256', new QuickPBKDF2(), /^pbkdf2_sha256\$1000\$[\w-]{22}\$[A-Za-z0-9+/]{43}=$/],
  ['pbkdf2_sha1', new QuickSHA1(), /^pbkdf2_sha1\$1000\$[\w-]{22}\$[A-Za-z0-9+/]{27}=$/],
  ['scrypt', new QuickScrypt(), /^scrypt\$1024\$[\w-]{22}\$8\$5\$[A-Za-z0-9+/]{86}==$/],
])('as the first hasher, %s', (_name, hasher, pattern) => {
  it('makes what Django reads, with a salt of its own, and leaves it as it is', async () => {
    const [one, other] = await Promise.all([hasher.hash('naïve ✓'), hasher.hash('naïve ✓')]);
    expect(one).toMatch(pattern);
    expect(one).not.toBe(other);
    expect([await hasher.verify(one, 'naïve ✓'), await hasher.verify(one, 'naïve')]).toEqual([true, false]);
    expect(new PasswordHashers([hasher, Argon2PasswordHasher]).needsRehash(one)).toBe(false);
  });
});

describe('a hash is made anew', () => {
  it.each([
    ['of fewer iterations', new PBKDF2PasswordHasher(), SHORT.pbkdf2, true],
    ['of a short salt', new PBKDF2PasswordHasher(), MADE_BY_DJANGO.pbkdf2_sha256, true],
    ['as Django would make it now', new PBKDF2PasswordHasher(), MADE_BY_DJANGO['pbkdf2_sha256 with a salt of its own'], false],
    ['of another work factor', new ScryptPasswordHasher(), MADE_BY_DJANGO['scrypt of other costs'], true],
    ['with Django’s prefix', new Argon2PasswordHasher({ memoryCost: 102_400, timeCost: 2, parallelism: 8 }), MADE_BY_DJANGO.argon2, true],
  ])('%s: %#', (_what, hasher, stored, needs) => {
    expect(hasher.needsRehash(stored)).toBe(needs);
  });
});

describe('passwordHashers', () => {
  it.each([
    [[], /passwordHashers is empty/],
    [[class Plain {}], /passwordHashers names Plain, which is no hasher/],
    [[null], /passwordHashers names null, which is no hasher/],
  ])('%j are refused', (hashers, message) => {
    expect(() => new PasswordHashers(hashers as never)).toThrow(ConfigurationError);
    expect(() => new PasswordHashers(hashers as never)).toThrow(message);
  });

  it('are refused with a cost that no stored text may have', () => {
    expect(() => new Argon2PasswordHasher({ memoryCost: 300_000, timeCost: 1, parallelism: 1 })).toThrow(/is more than a sign-in may cost/);
  });
});
