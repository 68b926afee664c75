import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { JWTKeys, type JWTKey } from '../../../src/framework/jwt/jwt-keys.js';

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding, privateKeyEncoding });
const weak = generateKeyPairSync('rsa', { modulusLength: 1024, publicKeyEncoding, privateKeyEncoding });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding, privateKeyEncoding });
const ed = generateKeyPairSync('ed25519', { publicKeyEncoding, privateKeyEncoding });

const secret = 's'.repeat(32);
const hs = (kid = 'a'): JWTKey => ({ kid, algorithm: 'HS256', secret });

describe('keys', () => {
  it.each<[string, JWTKey]>([
    ['a secret', hs()],
    ['bytes', { kid: 'a', algorithm: 'HS512', secret: new Uint8Array(64) }],
    ['RSA', { kid: 'a', algorithm: 'RS256', privateKey: rsa.privateKey }],
    ['RSA with PSS', { kid: 'a', algorithm: 'PS512', privateKey: rsa.privateKey }],
    ['a curve', { kid: 'a', algorithm: 'ES256', privateKey: ec.privateKey }],
    ['Ed25519', { kid: 'a', algorithm: 'EdDSA', privateKey: ed.privateKey }],
  ])('sign by %s', (_what, key) => expect(new JWTKeys([key]).signing).toMatchObject({ kid: 'a', algorithm: key.algorithm }));

  it('are found by name and algorithm together', () => {
    const keys = new JWTKeys([hs('a'), { kid: 'b', algorithm: 'ES256', publicKey: ec.publicKey }]);
    expect(keys.find({ kid: 'b', alg: 'ES256' })?.verifying.type).toBe('public');
    for (const header of [
      { kid: 'b', alg: 'HS256' },
      { kid: 'a', alg: 'none' },
      { kid: 'c', alg: 'HS256' },
      { alg: 'HS256' },
      { kid: ['a'], alg: 'HS256' },
    ])
      expect(keys.find(header)).toBeUndefined();
  });

  it.each<[string, JWTKey[], string]>([
    ['none', [], 'jwt.keys begins with no key that signs'],
    ['one that only verifies first', [{ kid: 'a', algorithm: 'ES256', publicKey: ec.publicKey }], 'begins with no key that signs'],
    ['two of one name', [hs(), hs()], 'names a kid twice'],
    ['no name', [{ ...hs(), kid: '' }], 'has the kid ""'],
    ['an unknown algorithm', [{ ...hs(), algorithm: 'none' as never }], 'has the algorithm none (a)'],
    ['a short secret', [{ ...hs(), secret: 'short' } as JWTKey], 'has a secret of 5 bytes (a); HS256 wants 32 random ones'],
    ['a secret that is short for its hash', [{ kid: 'a', algorithm: 'HS512', secret }], 'has a secret of 32 bytes (a); HS512 wants 64'],
    ['a secret for a pair', [{ kid: 'a', algorithm: 'RS256', secret }], 'has a secret for RS256 (a)'],
    ['a pair for a secret', [{ kid: 'a', algorithm: 'HS256', privateKey: rsa.privateKey }], 'has no secret for HS256 (a)'],
    ['a pair of another kind', [{ kid: 'a', algorithm: 'ES256', privateKey: rsa.privateKey }], 'has a key that is none of ES256 (a)'],
    ['a curve of another size', [{ kid: 'a', algorithm: 'ES384', privateKey: ec.privateKey }], 'has a key that is none of ES384 (a)'],
    ['a short RSA key', [{ kid: 'a', algorithm: 'RS256', privateKey: weak.privateKey }], 'RSA keys want 2048 bits or more'],
    ['no PEM', [{ kid: 'a', algorithm: 'RS256', privateKey: 'very secret' }], 'has a key that is no PEM (a)'],
  ])('refuse %s, and tell nothing of a secret', (_what, keys, message) => {
    expect(() => new JWTKeys(keys)).toThrow(ConfigurationError);
    expect(() => new JWTKeys(keys)).toThrow(message);
    expect(() => new JWTKeys(keys)).not.toThrow(/very secret|ssss/);
  });
});
