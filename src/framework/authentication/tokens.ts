import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sqltag } from '@prisma/client/runtime/client';
import type { Temporal } from 'temporal-polyfill';
import { Database } from '../prisma/database.js';
import { toInstance } from '../plan/rows.js';
import type { RequestUser } from '../requests/request-user.js';
import { Clock } from '../settings/clock.js';
import { AuthenticationSettings } from './authentication-settings.js';
import { LastUse } from './last-use.js';
import { momentOf, type Expiry } from './lifetime.js';
import { delegateOf } from './model-delegate.js';
import { storedValue } from './stored-value.js';
import type { TokenModel } from './token-model.js';
import { toRequestUser } from './user-model.js';

/** The longest token that is hashed, in UTF-16 units: a longer one is unknown. */
const MAX_TOKEN_LENGTH = 512;

/** A token as the database knows it, such as `request.auth`: the token itself is kept by the client alone. */
export interface AuthToken {
  readonly id: string | number | bigint;
  /** What its user calls it, such as a device; empty where it has no name. */
  readonly name: string;
  readonly createdAt: Temporal.Instant;
  /** Null for one that never ends. */
  readonly expiresAt: Temporal.Instant | null;
  /** To the minute; null for one that was never used. */
  readonly lastUsedAt: Temporal.Instant | null;
}

export interface TokenOptions extends Expiry {
  /** Default: none. */
  readonly name?: string;
}

/** What the database holds of a token: the hexadecimal digits of its SHA-256. */
export function digestToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/**
 * The tokens that clients sign in with. The database holds digests: whoever reads it cannot sign in (AUTH-5 keeps them in clear).
 *
 * A user has several, one for each login, and at most `limit`: the oldest beyond go.
 */
@Injectable()
export class Tokens {
  readonly limit: number = 20;
  readonly #database: Database;
  readonly #settings: AuthenticationSettings;

  readonly #clock: Clock;
  readonly #lastUse: LastUse;

  constructor(@Inject(Database) database: Database, @Inject(AuthenticationSettings) settings: AuthenticationSettings, @Inject(Clock) clock: Clock) {
    this.#database = database;
    this.#settings = settings;
    this.#clock = clock;
    this.#lastUse = new LastUse(database, clock);
  }

  /** Whether the schema has the model. */
  get areThere(): boolean {
    return this.#settings.hasTokens;
  }

  /** @throws ConfigurationError where the schema lacks the model: asked for at boot by whatever needs it. */
  get model(): TokenModel {
    return this.#settings.tokenModel;
  }

  /**
   * A new token of the user's: 40 hexadecimal digits, which are told this once. It lives as long as `tokenLifetime` where nothing else is said.
   * @throws RangeError for an expiry that is not in the future.
   */
  async create(user: Pick<RequestUser, 'id'>, { name = '', ...expiry }: TokenOptions = {}): Promise<string> {
    const token = randomBytes(20).toString('hex');
    const { model, keyField, userField } = this.model;
    const userKey = storedValue(model, userField, user.id);
    const expiresAt = momentOf(expiry, this.#settings.tokenLifetime, this.#clock.now());
    const data = {
      digest: digestToken(token),
      [userField]: userKey,
      name: storedValue(model, 'name', name),
      expiresAt: expiresAt && new Date(expiresAt.epochMilliseconds),
    };
    await this.#database.transaction(async () => {
      await this.#lock(userKey);
      const tokens = this.#delegate();
      const created = await tokens.create({ data });
      const oldest = await tokens.findMany({
        where: { [userField]: userKey, NOT: { [keyField]: created[keyField] } },
        orderBy: [{ createdAt: 'desc' }, { [keyField]: 'desc' }],
        skip: this.limit - 1,
        select: { [keyField]: true },
      });
      if (oldest.length > 0) await tokens.deleteMany({ where: { [keyField]: { in: oldest.map((row) => row[keyField]) } } });
    });
    return token;
  }

  /** The token and its user, in one statement; null for one that nobody has, or whose time is over. The user may be inactive. */
  async find(token: string): Promise<{ readonly token: AuthToken; readonly user: RequestUser } | null> {
    if (token.length > MAX_TOKEN_LENGTH) return null;
    const digest = digestToken(token);
    const users = this.#settings.userModel;
    const row = await this.#delegate().findUnique({ where: { digest }, include: { user: { omit: { [users.passwordField]: true } } } });
    if (!row || !sameDigest(row['digest'], digest)) return null;
    const { user, ...known } = row;
    const found = this.#tokenOf(known);
    if (found.expiresAt && found.expiresAt.epochMilliseconds <= this.#clock.now().epochMilliseconds) return null;
    return { token: found, user: toRequestUser(users, user as Record<string, unknown>) };
  }

  /** A user's tokens, the newest first; those whose time is over too, until `flushExpired`. */
  async list(user: Pick<RequestUser, 'id'>): Promise<readonly AuthToken[]> {
    const { model, keyField, userField } = this.model;
    const rows = await this.#delegate().findMany({
      where: { [userField]: storedValue(model, userField, user.id) },
      orderBy: [{ createdAt: 'desc' }, { [keyField]: 'desc' }],
    });
    return rows.map((row) => this.#tokenOf(row));
  }

  /** Notes that a token was used. Nobody waits for it, and it never fails. */
  noteUse(token: AuthToken): void {
    this.#lastUse.note(this.model.model, this.model.keyField, token);
  }

  /** Takes a token from its user: signing out. */
  async revoke(token: Pick<AuthToken, 'id'>): Promise<void> {
    const { model, keyField } = this.model;
    await this.#delegate().deleteMany({ where: { [keyField]: storedValue(model, keyField, token.id) } });
  }

  /** Takes all of a user's tokens, as a new password does. */
  async revokeAll(user: Pick<RequestUser, 'id'>): Promise<void> {
    const { model, userField } = this.model;
    await this.#delegate().deleteMany({ where: { [userField]: storedValue(model, userField, user.id) } });
  }

  /** Removes the tokens whose time is over, and says how many they were: call it now and then, by a job. */
  async flushExpired(): Promise<number> {
    const { count } = await this.#delegate().deleteMany({ where: { expiresAt: { lte: new Date(this.#clock.now().epochMilliseconds) } } });
    return count;
  }

  #tokenOf({ digest: _digest, ...known }: Record<string, unknown>): AuthToken {
    const instance: Record<string, unknown> = toInstance(this.model.model, known);
    return { ...instance, id: known[this.model.keyField] } as unknown as AuthToken;
  }

  /** One at a time for each user: else two logins at once would each leave the other's token out of the count. */
  async #lock(userKey: unknown): Promise<void> {
    await this.#database.client.$executeRaw(
      sqltag`select pg_advisory_xact_lock(hashtextextended(${`${this.model.model.table}:${String(userKey)}`}, 0))`,
    );
  }

  #delegate() {
    return delegateOf(this.#database, this.model.model);
  }
}

function sameDigest(stored: unknown, digest: string): boolean {
  const [a, b] = [Buffer.from(String(stored)), Buffer.from(digest)];
  return a.length === b.length && timingSafeEqual(a, b);
}
