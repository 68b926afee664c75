import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { exportJWK, type JWK } from 'jose';
import { ConfigurationError } from '../exceptions/configuration-error.js';

export type JWTAlgorithm = (typeof ALGORITHMS)[number];

/** A key of JSON Web Tokens: a secret that signs and verifies, or a pair. */
export type JWTKey = {
  /** Its name, in the header of each token: another one for each key. */
  readonly kid: string;
  readonly algorithm: JWTAlgorithm;
} & (
  | { /** At least as many bytes as the hash has: 32 for HS256. */ readonly secret: string | Uint8Array }
  | { /** PEM. The public key is a part of it. */ readonly privateKey: string }
  | { /** PEM, of a pair that signs no more, or elsewhere. */ readonly publicKey: string }
);

const ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;
const CURVES: Readonly<Record<string, string>> = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' };

/** A key made ready. */
export interface ReadyKey {
  readonly kid: string;
  readonly algorithm: JWTAlgorithm;
  readonly verifying: KeyObject;
  /** Undefined for one that only verifies. */
  readonly signing?: KeyObject;
}

/** The application's keys: the first signs, all of them verify. */
export class JWTKeys {
  readonly #keys: ReadonlyMap<string, ReadyKey>;
  readonly signing: ReadyKey & { readonly signing: KeyObject };

  /** @throws ConfigurationError for a key that is weak, or none of its algorithm. */
  constructor(keys: readonly JWTKey[]) {
    const ready = keys.map(readyKey);
    this.#keys = new Map(ready.map((key) => [key.kid, key]));
    if (this.#keys.size < ready.length) wrong('names a kid twice; give each key a kid of its own');
    const [first] = ready;
    if (!first?.signing) wrong('begins with no key that signs; put one with a secret or a privateKey first');
    this.signing = first as JWTKeys['signing'];
  }

  /** The key that a token's header names; undefined for any other, and where the token is of another algorithm than the key's. */
  find({ kid, alg }: { readonly kid?: unknown; readonly alg?: unknown }): ReadyKey | undefined {
    const key = typeof kid === 'string' ? this.#keys.get(kid) : undefined;
    return key?.algorithm === alg ? key : undefined;
  }

  /** The public halves, for others to verify tokens with (RFC 7517, 5); a secret is never among them. */
  async publicKeys(): Promise<{ readonly keys: readonly JWK[] }> {
    const pairs = [...this.#keys.values()].filter(({ verifying }) => verifying.type === 'public');
    return {
      keys: await Promise.all(
        pairs.map(async ({ kid, algorithm, verifying }) => ({ ...(await exportJWK(verifying)), kid, alg: algorithm, use: 'sig' })),
      ),
    };
  }
}

function readyKey(key: JWTKey): ReadyKey {
  const { kid, algorithm } = key;
  if (typeof kid !== 'string' || kid === '' || kid.length > 64)
    wrong(`has the kid ${JSON.stringify(kid)}; give each key a name of 1 to 64 characters`);
  if (!ALGORITHMS.includes(algorithm)) wrong(`has the algorithm ${String(algorithm)} (${kid}); the algorithms are ${ALGORITHMS.join(', ')}`);
  if ('secret' in key) {
    const bytes = typeof key.secret === 'string' ? Buffer.from(key.secret) : Buffer.from(key.secret ?? []);
    const least = Number(algorithm.slice(2)) / 8;
    if (!algorithm.startsWith('HS')) wrong(`has a secret for ${algorithm} (${kid}); give a privateKey, or the algorithm HS256`);
    if (bytes.length < least) wrong(`has a secret of ${bytes.length} bytes (${kid}); ${algorithm} wants ${least} random ones`);
    const secret = createSecretKey(bytes);
    return { kid, algorithm, verifying: secret, signing: secret };
  }
  if (algorithm.startsWith('HS')) wrong(`has no secret for ${algorithm} (${kid}); give one`);
  const signing = 'privateKey' in key ? parsed(kid, () => createPrivateKey(key.privateKey)) : undefined;
  const verifying = parsed(kid, () => ('privateKey' in key ? createPublicKey(key.privateKey) : createPublicKey(key.publicKey)));
  if (!fits(verifying, algorithm)) wrong(`has a key that is none of ${algorithm} (${kid}); RSA keys want 2048 bits or more`);
  return { kid, algorithm, verifying, ...(signing && { signing }) };
}

function fits({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject, algorithm: JWTAlgorithm): boolean {
  if (algorithm === 'EdDSA') return type === 'ed25519';
  if (algorithm.startsWith('ES')) return type === 'ec' && details?.namedCurve === CURVES[algorithm];
  return type === 'rsa' && (details?.modulusLength ?? 0) >= 2048;
}

function parsed(kid: string, parse: () => KeyObject): KeyObject {
  try {
    return parse();
  } catch {
    // What Node says may hold a part of the key.
    return wrong(`has a key that is no PEM (${kid}); give it as "-----BEGIN … KEY-----"`);
  }
}

function wrong(what: string): never {
  throw new ConfigurationError(`RestModule.forRoot: jwt.keys ${what}.`);
}
