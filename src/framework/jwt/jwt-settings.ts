import { checkLifetime } from '../authentication/lifetime.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RequestUser } from '../requests/request-user.js';
import type { Temporal } from 'temporal-polyfill';
import type { ForeignIssuer } from './foreign-issuer.js';
import { JWTKeys, type JWTKey } from './jwt-keys.js';

/** Simple JWT's settings, and the framework's own. */
export interface JWTSettings {
  /** The first signs new tokens, all verify: a key is replaced by putting the new one first, and taking the old one away when its tokens have ended. */
  readonly keys: readonly JWTKey[];
  /** The claim `iss` of the tokens that are made, and asked for. Default: none. */
  readonly issuer?: string;
  /** The claim `aud` of the tokens that are made, and asked for. Default: none. */
  readonly audience?: string;
  /** Default: 5 minutes. */
  readonly accessTokenLifetime?: Temporal.DurationLike;
  /** Default: 1 day. */
  readonly refreshTokenLifetime?: Temporal.DurationLike;
  /** Seconds that clocks may differ by. Default: 0. */
  readonly leeway?: number;
  /** More claims of access tokens, such as `{ scope: 'read' }`. Anybody who holds a token can read them. */
  readonly claims?: (user: RequestUser) => Readonly<Record<string, unknown>>;
  /** Other servers whose tokens are taken. Default: none. */
  readonly issuers?: readonly ForeignIssuer[];
}

/** The settings with their defaults, and the keys made ready. */
export interface ReadyJWTSettings extends Omit<JWTSettings, 'keys'> {
  readonly keys: JWTKeys;
  readonly accessTokenLifetime: Temporal.DurationLike;
  readonly refreshTokenLifetime: Temporal.DurationLike;
  readonly leeway: number;
  readonly issuers: readonly ForeignIssuer[];
}

const KNOWN = ['keys', 'issuer', 'audience', 'accessTokenLifetime', 'refreshTokenLifetime', 'leeway', 'claims', 'issuers'];

/** @throws ConfigurationError for a setting that is unknown or wrong. */
export function resolveJWTSettings(given: JWTSettings): ReadyJWTSettings {
  for (const name of Object.keys(given)) {
    if (!KNOWN.includes(name)) throw new ConfigurationError(`RestModule.forRoot: there is no setting jwt.${name}. Known are ${KNOWN.join(', ')}.`);
  }
  const { keys, accessTokenLifetime = { minutes: 5 }, refreshTokenLifetime = { days: 1 }, leeway = 0, issuers = [] } = given;
  if (!Array.isArray(keys)) throw new ConfigurationError('RestModule.forRoot: jwt.keys must be a list of keys.');
  checkLifetime(accessTokenLifetime, 'RestModule.forRoot: jwt.accessTokenLifetime');
  checkLifetime(refreshTokenLifetime, 'RestModule.forRoot: jwt.refreshTokenLifetime');
  if (!Number.isSafeInteger(leeway) || leeway < 0 || leeway > 600)
    throw new ConfigurationError(`RestModule.forRoot: jwt.leeway is ${String(leeway)}. Give whole seconds, from 0 to 600.`);
  for (const { issuer, jwksUrl, audience } of issuers) {
    const isSafe = URL.canParse(jwksUrl) && (jwksUrl.startsWith('https:') || /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/]/.test(jwksUrl));
    if (!isSafe) throw new ConfigurationError(`RestModule.forRoot: jwt.issuers has the jwksUrl ${String(jwksUrl)}. Give an address of https.`);
    if (!issuer || !audience)
      throw new ConfigurationError(
        'RestModule.forRoot: jwt.issuers has one without issuer or audience: any of its tokens would be taken. Give both.',
      );
    if (issuer === given.issuer || issuers.filter((other) => other.issuer === issuer).length > 1)
      throw new ConfigurationError(`RestModule.forRoot: jwt.issuers names ${issuer} twice, or it is the application's own. Leave one out.`);
  }
  return Object.freeze({ ...given, keys: new JWTKeys(keys), accessTokenLifetime, refreshTokenLifetime, leeway, issuers });
}
