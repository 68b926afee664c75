import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sqltag } from '@prisma/client/runtime/client';
import type { Temporal } from 'temporal-polyfill';
import { columnValue } from '../plan/column-value.js';
import { Database } from '../prisma/database.js';
import { toInstance } from '../prisma/rows.js';
import type { RequestUser } from '../requests/request-user.js';
import { AuthenticationSettings } from './authentication-settings.js';
import { delegateOf } from './model-delegate.js';
import type { TokenModel } from './token-model.js';
import { toRequestUser } from './user-model.js';

/** The longest token that is hashed, in UTF-16 units: a longer one is unknown. */
const MAX_TOKEN_LENGTH = 512;

/** A token as the database knows it, such as `request.auth`: the token itself is kept by the client alone. */
export interface AuthToken {
  readonly id: string | number | bigint;
  readonly createdAt: Temporal.Instant;
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

  constructor(@Inject(Database) database: Database, @Inject(AuthenticationSettings) settings: AuthenticationSettings) {
    this.#database = database;
    this.#settings = settings;
  }

  /** @throws ConfigurationError where the schema lacks the model: asked for at boot by whatever needs it. */
  get model(): TokenModel {
    return this.#settings.tokenModel;
  }

  /** A new token of the user's: 40 hexadecimal digits, which are told this once. */
  async create(user: Pick<RequestUser, 'id'>): Promise<string> {
    const token = randomBytes(20).toString('hex');
    const { keyField, userField } = this.model;
    const userKey = this.#keyOf(userField, user.id);
    await this.#database.transaction(async () => {
      await this.#lock(userKey);
      const tokens = this.#delegate();
      const created = await tokens.create({ data: { digest: digestToken(token), [userField]: userKey } });
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

  /** The token and its user, in one statement; null for one that nobody has. The user may be inactive. */
  async find(token: string): Promise<{ readonly token: AuthToken; readonly user: RequestUser } | null> {
    if (token.length > MAX_TOKEN_LENGTH) return null;
    const digest = digestToken(token);
    const users = this.#settings.userModel;
    const row = await this.#delegate().findUnique({ where: { digest }, include: { user: { omit: { [users.passwordField]: true } } } });
    if (!row || !sameDigest(row.digest, digest)) return null;
    const { user, digest: _digest, ...known } = row;
    const instance: Record<string, unknown> = toInstance(this.model.model, known);
    return { token: { ...instance, id: row[this.model.keyField] } as AuthToken, user: toRequestUser(users, user as Record<string, unknown>) };
  }

  /** Takes a token from its user: signing out. */
  async revoke(token: Pick<AuthToken, 'id'>): Promise<void> {
    await this.#delegate().deleteMany({ where: { [this.model.keyField]: this.#keyOf(this.model.keyField, token.id) } });
  }

  /** Takes all of a user's tokens: after a new password, say. */
  async revokeAll(user: Pick<RequestUser, 'id'>): Promise<void> {
    await this.#delegate().deleteMany({ where: { [this.model.userField]: this.#keyOf(this.model.userField, user.id) } });
  }

  /** One at a time for each user: else two logins at once would each leave the other's token out of the count. */
  async #lock(userKey: unknown): Promise<void> {
    await this.#database.client.$executeRaw(
      sqltag`select pg_advisory_xact_lock(hashtextextended(${`${this.model.model.table}:${String(userKey)}`}, 0))`,
    );
  }

  /** A key that is none must not reach Prisma: `{ id: undefined }` would be every row. */
  #keyOf(name: string, value: unknown): unknown {
    const field = this.model.model.fields[name];
    const column = field && columnValue(field, value);
    if (column?.kind !== 'value') throw new TypeError(`${String(value)} is no ${this.model.model.name}.${name}.`);
    return column.value;
  }

  #delegate() {
    return delegateOf(this.#database, this.model.model);
  }
}

function sameDigest(stored: unknown, digest: string): boolean {
  const [a, b] = [Buffer.from(String(stored)), Buffer.from(digest)];
  return a.length === b.length && timingSafeEqual(a, b);
}
