import { describe, expect, it } from 'vitest';
import { email } from '../../../src/framework/fields/email-field.js';
import { refused, shown } from './reading.js';

describe('an email address', () => {
  it.each([
    'email@here.com',
    'weirder-email@here.and.there.com',
    'email@[127.0.0.1]',
    'email@[2001:dB8::1]',
    'email@[::ffff:127.0.0.1]',
    'test@localhost',
    'example@valid-----hyphens.com',
    'test@domain.with.idn.tld.उदाहरण.परीक्षा',
    'a@exämple.com',
    `a@${'a'.repeat(63)}.us`,
    '"test@test"@example.com',
    '"\\\x11"@here.com',
    "o'neil+tag@a.museum",
    'a@b.xn--p1ai',
    `${'x'.repeat(308)}@example.com`,
  ])('%s is one', (value) => expect(shown(email(), value)).toBe(value));

  it.each([
    'abc',
    'abc@',
    'abc@bar',
    'a @x.cz',
    'abc@.com',
    'something@@somewhere.com',
    'email@127.0.0.1',
    'email@[127.0.0.256]',
    'email@[2001:db8::12345]',
    'email@[::ffff:127.0.0.256]',
    'example@invalid-.com',
    'example@-invalid.com',
    'example@inv-.alid-.com',
    '@example.com',
    'a@b.c',
    `a@${'a'.repeat(64)}.us`,
    'trailingdot@shouldfail.com.',
    'a..b@example.com',
    '.a@example.com',
    'é@example.com',
    'a@exa%41mple.ä.com',
    'a@\nlocalhost',
    'a@b.com\nc@d.com',
    '"\\\x0a"@here.com',
    `${'x'.repeat(309)}@example.com`,
    'a@[fe80::1%eth0]',
    12,
  ])('%j is none', (value) => expect(shown(email(), value)).toEqual(refused('invalid')));

  it.each([`${'a.'.repeat(50_000)}@`, `a@${'a-'.repeat(50_000)}`, `"${'\\'.repeat(100_000)}@x.com`])(
    'a long text is refused in linear time',
    (value) => {
      const start = performance.now();
      expect(shown(email(), value)).toEqual(refused('invalid'));
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );

  it('says every fault, with its own message for a value that is no text', () => {
    expect(shown(email({ maxLength: 3 }), 'abcd')).toEqual(refused('max_length', 'invalid'));
    expect(shown(email(), [])).toEqual(refused('invalid'));
    expect(email().messages['invalid']).toBe('Enter a valid email address.');
  });

  it('describes itself as an email', () =>
    expect(email({ maxLength: 254 }).describe()).toEqual({ type: 'email', schema: { type: 'string', format: 'email' }, maxLength: 254 }));
});
