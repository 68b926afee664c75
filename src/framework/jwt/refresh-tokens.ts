import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { AuthenticationSettings } from '../authentication/authentication-settings.js';
import { delegateOf } from '../authentication/model-delegate.js';
import { storedValue } from '../authentication/stored-value.js';
import { Database } from '../prisma/database.js';
import type { RequestUser } from '../requests/request-user.js';
import { Clock } from '../settings/clock.js';
import { checkRefreshTokenModel, type RefreshTokenModel } from './refresh-token-model.js';

/** A refresh token as the database knows it: by its id, which signs nobody in. */
export interface StoredRefreshToken {
  readonly id: string;
  /** What all that came of one login have in common. */
  readonly family: string;
  readonly userId: unknown;
  /** What the user's password was. */
  readonly fingerprint: string;
}

/** Which refresh tokens there are, and which of them have been used or taken back. */
@Injectable()
export class RefreshTokens {
  readonly #database: Database;
  readonly #settings: AuthenticationSettings;
  readonly #clock: Clock;
  #model?: RefreshTokenModel;

  constructor(@Inject(Database) database: Database, @Inject(AuthenticationSettings) settings: AuthenticationSettings, @Inject(Clock) clock: Clock) {
    this.#database = database;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** @throws ConfigurationError where the schema lacks the model, or the model a field: asked for at boot by whatever needs it. */
  get model(): RefreshTokenModel {
    return (this.#model ??= checkRefreshTokenModel(this.#settings.models, this.#settings.userModel));
  }

  /** The first of a family, where none is said; those of the user's whose time is over go. */
  async create(userId: unknown, fingerprint: string, expiresAt: Temporal.Instant, family: string = randomUUID()): Promise<StoredRefreshToken> {
    const { userField, model } = this.model;
    const stored = { id: randomUUID(), family, fingerprint };
    const key = storedValue(model, userField.name, userId);
    await this.#delegate().deleteMany({ where: { [userField.name]: key, expiresAt: { lte: this.#now() } } });
    await this.#delegate().create({ data: { ...stored, [userField.name]: key, expiresAt: new Date(expiresAt.epochMilliseconds) } });
    return { ...stored, userId: key };
  }

  /** One that is still good; null for any other. */
  async find(id: string): Promise<StoredRefreshToken | null> {
    const row = await this.#delegate().findUnique({ where: { id } });
    return row && row['usedAt'] === null && row['revokedAt'] === null && !this.#isOver(row) ? this.#storedOf(row) : null;
  }

  /**
   * Uses one, which is possible once: of several requests at the same time one gets it, for it is one conditional statement. Null for any other; where it
   * has been used before, somebody else has it too, and the whole family is taken back.
   */
  async use(id: string): Promise<StoredRefreshToken | null> {
    const { count } = await this.#delegate().updateMany({
      where: { id, usedAt: null, revokedAt: null, expiresAt: { gt: this.#now() } },
      data: { usedAt: this.#now() },
    });
    const row = await this.#delegate().findUnique({ where: { id } });
    if (!row) return null;
    if (count === 1) return this.#storedOf(row);
    if (row['usedAt'] !== null) await this.revokeFamily(String(row['family']));
    return null;
  }

  /** Takes back what came of a login: signing out. */
  async revokeFamily(family: string): Promise<void> {
    await this.#delegate().updateMany({ where: { family, revokedAt: null }, data: { revokedAt: this.#now() } });
  }

  /** Takes back all of a user's. */
  async revokeAll(user: Pick<RequestUser, 'id'>): Promise<void> {
    const { model, userField } = this.model;
    const where = { [userField.name]: storedValue(model, userField.name, user.id), revokedAt: null };
    await this.#delegate().updateMany({ where, data: { revokedAt: this.#now() } });
  }

  /** Removes those whose time is over, and says how many they were. */
  async flushExpired(): Promise<number> {
    const { count } = await this.#delegate().deleteMany({ where: { expiresAt: { lte: this.#now() } } });
    return count;
  }

  #storedOf(row: Readonly<Record<string, unknown>>): StoredRefreshToken {
    const { id, family, fingerprint } = row as unknown as StoredRefreshToken;
    return { id, family, fingerprint, userId: row[this.model.userField.name] };
  }

  #isOver(row: Readonly<Record<string, unknown>>): boolean {
    return Number(row['expiresAt']) <= Number(this.#now());
  }

  #now(): Date {
    return new Date(this.#clock.now().epochMilliseconds);
  }

  #delegate() {
    return delegateOf(this.#database, this.model.model);
  }
}
