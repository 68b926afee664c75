import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { AuthenticationSettings } from '../authentication/authentication-settings.js';
import { LastUse } from '../authentication/last-use.js';
import { momentOf, type Expiry } from '../authentication/lifetime.js';
import { delegateOf } from '../authentication/model-delegate.js';
import { storedValue } from '../authentication/stored-value.js';
import { toRequestUser } from '../authentication/user-model.js';
import { toInstance } from '../plan/rows.js';
import { Database } from '../prisma/database.js';
import type { RequestUser } from '../requests/request-user.js';
import { Clock } from '../settings/clock.js';
import { checkAPIKeyModel, type APIKeyModel } from './api-key-model.js';

/** A key as the database knows it, such as `request.auth`: the key itself is kept by its holder alone. */
export interface APIKey {
  readonly id: string | number | bigint;
  /** The beginning of the key, by which people recognise it. */
  readonly prefix: string;
  readonly name: string;
  /** What it may do: see the permissions by scopes. */
  readonly scopes: readonly string[];
  readonly createdAt: Temporal.Instant;
  /** Null for one that never ends. */
  readonly expiresAt: Temporal.Instant | null;
  /** Null for one that is good. A key that was taken back stays so. */
  readonly revokedAt: Temporal.Instant | null;
  /** To the minute; null for one that was never used. */
  readonly lastUsedAt: Temporal.Instant | null;
}

export interface APIKeyOptions extends Expiry {
  /** What it is for. */
  readonly name: string;
  /** Whose requests are sent with it. Default: nobody's, a program's own. */
  readonly user?: Pick<RequestUser, 'id'>;
  /** Default: none. */
  readonly scopes?: readonly string[];
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const [PREFIX_LENGTH, SECRET_LENGTH] = [8, 32];
const KEY = new RegExp(`^([A-Za-z0-9]{${PREFIX_LENGTH}})\\.[A-Za-z0-9]{${SECRET_LENGTH}}$`);
/** What is compared with where no key has the prefix: the same work, whatever is sent. */
const NO_DIGEST = '0'.repeat(64);

/** The keys of programs (KEY-1): `prefix.secret`, of which the database holds the prefix and a hash. */
@Injectable()
export class APIKeys {
  readonly #database: Database;
  readonly #settings: AuthenticationSettings;
  readonly #clock: Clock;
  readonly #lastUse: LastUse;
  #model?: APIKeyModel;

  constructor(@Inject(Database) database: Database, @Inject(AuthenticationSettings) settings: AuthenticationSettings, @Inject(Clock) clock: Clock) {
    this.#database = database;
    this.#settings = settings;
    this.#clock = clock;
    this.#lastUse = new LastUse(database, clock);
  }

  /** @throws ConfigurationError where the schema lacks the model, or the model a field: asked for at boot by whatever needs it. */
  get model(): APIKeyModel {
    return (this.#model ??= checkAPIKeyModel(this.#settings.models, this.#settings.userModel));
  }

  /**
   * A new key, which is told this once, and what is stored of it.
   * @throws RangeError for an expiry that is not in the future.
   */
  async create({ name, user, scopes = [], ...expiry }: APIKeyOptions): Promise<readonly [key: string, stored: APIKey]> {
    const { model, userField } = this.model;
    const prefix = random(PREFIX_LENGTH);
    const key = `${prefix}.${random(SECRET_LENGTH)}`;
    const expiresAt = momentOf(expiry, null, this.#clock.now());
    const row = await this.#delegate().create({
      data: {
        prefix,
        digest: digestOf(key),
        name: storedValue(model, 'name', name),
        scopes: [...scopes],
        [userField.name]: user === undefined ? null : storedValue(model, userField.name, user.id),
        expiresAt: expiresAt && new Date(expiresAt.epochMilliseconds),
      },
    });
    return [key, this.#keyOf(row)];
  }

  /** The key and its user, in one statement; null for one that nobody has, that was taken back, or whose time is over. The user may be inactive. */
  async find(key: string): Promise<{ readonly key: APIKey; readonly user: RequestUser | null } | null> {
    const [, prefix] = KEY.exec(key) ?? [];
    if (prefix === undefined) return null;
    const users = this.#settings.userModel;
    const row = await this.#delegate().findUnique({ where: { prefix }, include: { user: { omit: { [users.passwordField]: true } } } });
    const matches = timingSafeEqual(Buffer.from(String(row?.['digest'] ?? NO_DIGEST)), Buffer.from(digestOf(key)));
    if (!row || !matches) return null;
    const { user, ...known } = row;
    const found = this.#keyOf(known);
    if (found.revokedAt || (found.expiresAt && found.expiresAt.epochMilliseconds <= this.#clock.now().epochMilliseconds)) return null;
    return { key: found, user: user ? toRequestUser(users, user as Record<string, unknown>) : null };
  }

  /** A user's keys, or with null those of nobody, the newest first; those that are good no more, too. */
  async list(user: Pick<RequestUser, 'id'> | null): Promise<readonly APIKey[]> {
    const { model, userField } = this.model;
    const rows = await this.#delegate().findMany({
      where: { [userField.name]: user === null ? null : storedValue(model, userField.name, user.id) },
      orderBy: [{ createdAt: 'desc' }, { [model.primaryKey[0] as string]: 'desc' }],
    });
    return rows.map((row) => this.#keyOf(row));
  }

  /** Takes a key back for good. */
  async revoke({ id }: Pick<APIKey, 'id'>): Promise<void> {
    const { model } = this.model;
    const [name] = model.primaryKey as [string];
    await this.#delegate().updateMany({ where: { [name]: storedValue(model, name, id), revokedAt: null }, data: { revokedAt: this.#now() } });
  }

  /** Removes the keys whose time is over, and says how many they were. */
  async flushExpired(): Promise<number> {
    const { count } = await this.#delegate().deleteMany({ where: { expiresAt: { lte: this.#now() } } });
    return count;
  }

  /** Notes that a key was used. Nobody waits for it, and it never fails. */
  noteUse(key: APIKey): void {
    this.#lastUse.note(this.model.model, this.model.model.primaryKey[0] as string, key);
  }

  #keyOf({ digest: _digest, ...known }: Record<string, unknown>): APIKey {
    const instance: Record<string, unknown> = toInstance(this.model.model, known);
    return { ...instance, id: known[this.model.model.primaryKey[0] as string] } as unknown as APIKey;
  }

  #now(): Date {
    return new Date(this.#clock.now().epochMilliseconds);
  }

  #delegate() {
    return delegateOf(this.#database, this.model.model);
  }
}

const random = (length: number) => Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');

const digestOf = (key: string) => createHash('sha256').update(key).digest('hex');
