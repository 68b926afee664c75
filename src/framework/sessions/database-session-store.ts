import { Inject, Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { AuthenticationSettings } from '../authentication/authentication-settings.js';
import { delegateOf } from '../authentication/model-delegate.js';
import { readKey } from '../models/key.js';
import { Database } from '../prisma/database.js';
import { Clock } from '../settings/clock.js';
import { checkSessionModel, type SessionModel } from './session-model.js';
import { SessionStore, type StoredSession } from './session-store.js';

/** Keeps sessions in the application's database, in the table of the model `AuthSession`. Inside a transaction it is a part of it. */
@Injectable()
export class DatabaseSessionStore extends SessionStore {
  readonly #database: Database;
  readonly #settings: AuthenticationSettings;
  readonly #clock: Clock;
  #model?: SessionModel;

  constructor(@Inject(Database) database: Database, @Inject(AuthenticationSettings) settings: AuthenticationSettings, @Inject(Clock) clock: Clock) {
    super();
    this.#database = database;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** @throws ConfigurationError where the schema lacks the model, or the model a field: asked for at boot by whatever needs it. */
  get model(): SessionModel {
    return (this.#model ??= checkSessionModel(this.#settings.models, this.#settings.userModel));
  }

  async load(digest: string): Promise<StoredSession | null> {
    const row = await this.#delegate().findUnique({ where: { digest } });
    if (!row) return null;
    const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number(row['expiresAt']));
    if (Temporal.Instant.compare(expiresAt, this.#clock.now()) <= 0) return null;
    const user = row[this.model.userField.name];
    const { fingerprint, data } = row as { fingerprint: string | null; data: string };
    return { user: user === null ? null : String(user), fingerprint, data, expiresAt };
  }

  async create(digest: string, { user, fingerprint, data, expiresAt }: StoredSession): Promise<void> {
    const userKey = user === null ? null : this.#userKey(user);
    await this.#delegate().create({
      data: { digest, [this.model.userField.name]: userKey, fingerprint, data, expiresAt: toDate(expiresAt) },
    });
  }

  update(digest: string, { data, expiresAt }: StoredSession): Promise<boolean> {
    return this.#change(digest, { data, expiresAt: toDate(expiresAt) });
  }

  touch(digest: string, expiresAt: Temporal.Instant): Promise<boolean> {
    return this.#change(digest, { expiresAt: toDate(expiresAt) });
  }

  async destroy(digest: string): Promise<void> {
    await this.#delegate().deleteMany({ where: { digest } });
  }

  async destroyAllOf(user: string, except?: string): Promise<void> {
    const others = except === undefined ? {} : { NOT: { digest: except } };
    await this.#delegate().deleteMany({ where: { [this.model.userField.name]: this.#userKey(user), ...others } });
  }

  async flushExpired(): Promise<void> {
    await this.#delegate().deleteMany({ where: { expiresAt: { lte: this.#now() } } });
  }

  async #change(digest: string, data: object): Promise<boolean> {
    const { count } = await this.#delegate().updateMany({ where: { digest, expiresAt: { gt: this.#now() } }, data });
    return count > 0;
  }

  /** A key that is none must not reach Prisma: `{ userId: undefined }` would be every row. */
  #userKey(user: string): string | number | bigint {
    const reading = readKey(this.model.userField, user);
    if (reading.kind !== 'key') throw new TypeError(`${JSON.stringify(user)} is no ${this.model.model.name}.${this.model.userField.name}.`);
    return reading.value;
  }

  #now(): Date {
    return toDate(this.#clock.now());
  }

  #delegate() {
    return delegateOf(this.#database, this.model.model);
  }
}

const toDate = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds);
