import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, SignJWT, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Temporal } from 'temporal-polyfill';
import { Users } from '../authentication/users.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { APIException } from '../exceptions/api-exception.js';
import { readKey } from '../models/key.js';
import { Database } from '../prisma/database.js';
import type { RequestUser } from '../requests/request-user.js';
import { Clock } from '../settings/clock.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import { keysOf, type ForeignIssuer } from './foreign-issuer.js';
import { InvalidAccessToken, InvalidToken } from './invalid-token.js';
import type { ReadyJWTSettings } from './jwt-settings.js';
import { RefreshTokens } from './refresh-tokens.js';

/** What a client signs in with, and what it gets another pair for. */
export interface TokenPair {
  readonly access: string;
  readonly refresh: string;
}

type TokenType = 'access' | 'refresh';

/** The longest token that is looked at, in characters: a header of 8 KiB. */
const MOST_CHARACTERS = 8_192;
const REQUIRED = ['exp', 'iat', 'jti', 'token_type', 'user_id'];

/** JSON Web Tokens of the application's own, and those of other issuers that it trusts: Simple JWT's tokens, with rotation (JWT-1 to JWT-6). */
@Injectable()
export class JSONWebTokens {
  readonly #settings: ReadyJWTSettings | undefined;
  readonly #foreign = new Map<string, JWTVerifyGetKey>();

  constructor(
    @Inject(RestSettingsHolder) { settings }: RestSettingsHolder,
    @Inject(Users) private readonly users: Users,
    @Inject(RefreshTokens) private readonly refreshTokens: RefreshTokens,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.#settings = settings.jwt;
  }

  /** @throws ConfigurationError where `jwt` is not set: asked for at boot by whatever needs it. */
  get settings(): ReadyJWTSettings {
    if (!this.#settings)
      throw new ConfigurationError(
        "RestModule.forRoot: JSON Web Tokens are asked for, and jwt is not set. Give it keys: jwt: { keys: [{ kid: '1', algorithm: 'HS256', secret: … }] }.",
      );
    return this.#settings;
  }

  /** Fails at boot, not with the first login. @throws ConfigurationError where the schema lacks the table of refresh tokens. */
  checkRefreshing(): void {
    void this.settings;
    void this.refreshTokens.model;
  }

  /** A pair for a user who has just been identified: the first of a family. @throws InvalidToken where the user is inactive or gone. */
  async issue(user: Pick<RequestUser, 'id'>): Promise<TokenPair> {
    const found = await this.#credentials(String(user.id));
    if (!found?.user.isActive) throw new InvalidToken('User is inactive', 'user_inactive');
    return this.#pair(found.user, found.fingerprint);
  }

  /** An access token alone, for one that nothing is to be renewed with. */
  async issueAccess(user: Pick<RequestUser, 'id'>): Promise<string> {
    const found = await this.#credentials(String(user.id));
    if (!found?.user.isActive) throw new InvalidToken('User is inactive', 'user_inactive');
    return this.#sign('access', found.user, this.settings.accessTokenLifetime, this.#accessClaims(found.user, found.fingerprint));
  }

  /**
   * The user of an access token, and its claims: one statement for the application's own.
   * @throws InvalidAccessToken; InvalidToken where the user is gone, inactive, or has another password since.
   * @throws ServiceUnavailable where another issuer's keys cannot be had.
   */
  async authenticate(token: string): Promise<readonly [RequestUser, JWTPayload]> {
    const foreign = this.#issuerOf(token);
    if (foreign) return this.#authenticateForeign(token, foreign);
    const claims = await this.#verify(token, 'access').catch(asAccess);
    const found = await this.#credentials(String(claims['user_id']));
    if (!found) throw new InvalidToken('User not found', 'user_not_found');
    if (!found.user.isActive) throw new InvalidToken('User is inactive', 'user_inactive');
    if (claims['fpt'] !== shortened(found.fingerprint)) throw new InvalidToken("The user's password has been changed.", 'password_changed');
    return [found.user, claims];
  }

  /**
   * Another pair for a refresh token, which is good once. One that is used again has been stolen, by whoever used it first or now: all that came of its
   * login is taken back, and the user signs in again.
   * @throws InvalidToken
   */
  async refresh(token: string): Promise<TokenPair> {
    const { jti } = await this.#verify(token, 'refresh');
    const pair = await this.database.transaction(
      async () => {
        const stored = await this.refreshTokens.use(String(jti));
        if (!stored) return null;
        const found = await this.#credentials(String(stored.userId));
        if (!found?.user.isActive || found.fingerprint !== stored.fingerprint) return null;
        return this.#pair(found.user, found.fingerprint, stored.family);
      },
      { retry: 3 },
    );
    if (!pair) throw new InvalidToken();
    return pair;
  }

  /** Says nothing where a token of either type is good. @throws InvalidToken */
  async verify(token: string): Promise<void> {
    if (typeOf(token) === 'access') return void (await this.authenticate(token).catch(asInvalid));
    const { jti } = await this.#verify(token, 'refresh');
    if (!(await this.refreshTokens.find(String(jti)))) throw new InvalidToken();
  }

  /** Takes back what came of the login of a refresh token: signing out. @throws InvalidToken for one that is none any more. */
  async revoke(token: string): Promise<void> {
    const { jti } = await this.#verify(token, 'refresh');
    const stored = await this.refreshTokens.find(String(jti));
    if (!stored) throw new InvalidToken();
    await this.refreshTokens.revokeFamily(stored.family);
  }

  /** Takes back all refresh tokens of a user; access tokens end by themselves, or with another password at once. */
  revokeAll(user: Pick<RequestUser, 'id'>): Promise<void> {
    return this.refreshTokens.revokeAll(user);
  }

  /** Removes refresh tokens whose time is over, and says how many they were: call it now and then, by a job. */
  flushExpired(): Promise<number> {
    return this.refreshTokens.flushExpired();
  }

  async #pair(user: RequestUser, fingerprint: string, family?: string): Promise<TokenPair> {
    const { accessTokenLifetime, refreshTokenLifetime } = this.settings;
    const stored = await this.refreshTokens.create(user.id, fingerprint, this.#in(refreshTokenLifetime), family);
    return {
      refresh: await this.#sign('refresh', user, refreshTokenLifetime, { jti: stored.id }),
      access: await this.#sign('access', user, accessTokenLifetime, this.#accessClaims(user, fingerprint)),
    };
  }

  #accessClaims(user: RequestUser, fingerprint: string): JWTPayload {
    return { ...this.settings.claims?.(user), fpt: shortened(fingerprint) };
  }

  #sign(type: TokenType, user: RequestUser, lifetime: Temporal.DurationLike, claims: JWTPayload): Promise<string> {
    const { keys, issuer, audience } = this.settings;
    const { kid, algorithm, signing } = keys.signing;
    const token = new SignJWT({ jti: randomUUID(), ...claims, token_type: type, user_id: String(user.id) })
      .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
      .setIssuedAt(seconds(this.clock.now()))
      .setExpirationTime(seconds(this.#in(lifetime)));
    if (issuer !== undefined) token.setIssuer(issuer);
    if (audience !== undefined) token.setAudience(audience);
    return token.sign(signing);
  }

  /** The claims of a token of the application's own. The header chooses among its keys, and nothing else: no address, no key of its own, no algorithm. */
  async #verify(token: string, type: TokenType): Promise<JWTPayload> {
    const { keys, issuer, audience, leeway } = this.settings;
    if (token.length > MOST_CHARACTERS) throw new InvalidToken();
    try {
      const key = keys.find(decodeProtectedHeader(token));
      if (!key) throw new InvalidToken();
      const { payload } = await jwtVerify(token, key.verifying, {
        algorithms: [key.algorithm],
        requiredClaims: REQUIRED,
        clockTolerance: leeway,
        currentDate: new Date(this.clock.now().epochMilliseconds),
        ...(issuer !== undefined && { issuer }),
        ...(audience !== undefined && { audience }),
      });
      if (payload['token_type'] !== type || typeof payload.jti !== 'string') throw new InvalidToken();
      return payload;
    } catch (error) {
      throw error instanceof errors.JOSEError || error instanceof TypeError ? new InvalidToken() : error;
    }
  }

  async #authenticateForeign(token: string, issuer: ForeignIssuer): Promise<readonly [RequestUser, JWTPayload]> {
    const { issuer: name, audience, algorithms = ['RS256', 'ES256', 'EdDSA'] } = issuer;
    let keys = this.#foreign.get(name);
    if (!keys) this.#foreign.set(name, (keys = keysOf(issuer)));
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: name,
        audience,
        algorithms: [...algorithms],
        requiredClaims: ['exp'],
        clockTolerance: this.settings.leeway,
        currentDate: new Date(this.clock.now().epochMilliseconds),
      });
      const user = await issuer.user(payload, this.users);
      if (!user) throw new InvalidToken('User not found', 'user_not_found');
      if (!user.isActive) throw new InvalidToken('User is inactive', 'user_inactive');
      return [user, payload];
    } catch (error) {
      throw error instanceof errors.JOSEError ? new InvalidAccessToken() : error;
    }
  }

  /** The other issuer that a token says it is of: which keys it is verified with, and nothing more. */
  #issuerOf(token: string): ForeignIssuer | undefined {
    const { issuers } = this.settings;
    if (issuers.length === 0 || token.length > MOST_CHARACTERS) return undefined;
    const said = claimsOf(token)?.iss;
    return issuers.find(({ issuer }) => issuer === said);
  }

  async #credentials(key: string) {
    const { model, keyField } = this.users.model;
    const field = model.fields[keyField];
    const reading = field && readKey(field, key);
    return reading?.kind === 'key' ? this.users.findCredentials(reading.value) : null;
  }

  #in(lifetime: Temporal.DurationLike): Temporal.Instant {
    return this.clock.now().toZonedDateTimeISO('UTC').add(lifetime).toInstant();
  }
}

const seconds = (moment: Temporal.Instant) => Math.floor(moment.epochMilliseconds / 1000);

/** Enough of it to tell two passwords apart, and nothing to find one by. */
const shortened = (fingerprint: string) => createHash('sha256').update(fingerprint).digest('base64url').slice(0, 16);

/** What a token says of itself, which nothing is believed of. */
function claimsOf(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

const typeOf = (token: string) => (token.length > MOST_CHARACTERS ? undefined : claimsOf(token)?.['token_type']);

function asAccess(error: unknown): never {
  throw error instanceof InvalidToken ? new InvalidAccessToken() : error;
}

function asInvalid(error: unknown): never {
  throw error instanceof APIException && error.status === 401 ? new InvalidToken() : error;
}
