import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Users } from '../authentication/users.js';
import { ServiceUnavailable } from '../exceptions/exceptions.js';
import type { RequestUser } from '../requests/request-user.js';
import type { JWTAlgorithm } from './jwt-keys.js';

/** Another server whose tokens are taken, such as an identity provider. */
export interface ForeignIssuer {
  /** The claim `iss` of its tokens. */
  readonly issuer: string;
  /** The claim `aud` that its tokens for this application have. */
  readonly audience: string;
  /** Where its public keys are: `https://id.example.com/.well-known/jwks.json`. */
  readonly jwksUrl: string;
  /** Default: RS256, ES256 and EdDSA. */
  readonly algorithms?: readonly Exclude<JWTAlgorithm, `HS${string}`>[];
  /** The application's user of a token's claims; null for nobody. */
  user(claims: JWTPayload, users: Users): Promise<RequestUser | null> | RequestUser | null;
}

/** How long the keys of an issuer are kept, how long an unknown key is not asked for again, and how long an answer is waited for: milliseconds. */
const [KEPT, COOLDOWN, TIMEOUT] = [600_000, 30_000, 3_000];

/** The keys of an issuer, fetched when they are first needed. @throws ServiceUnavailable where it does not answer. */
export function keysOf({ jwksUrl }: ForeignIssuer): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { cacheMaxAge: KEPT, cooldownDuration: COOLDOWN, timeoutDuration: TIMEOUT });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw Object.assign(new ServiceUnavailable(), { cause: error });
    }
  };
}
