import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { errorDetail, type ErrorDetail } from '../exceptions/error-detail.js';
import { NotFound, ValidationError } from '../exceptions/exceptions.js';
import { columnValue } from '../plan/column-value.js';
import { Database } from '../prisma/database.js';
import type { RequestUser } from '../requests/request-user.js';
import { AuthenticationSettings } from './authentication-settings.js';
import { delegateOf } from './model-delegate.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { storedValue } from './stored-value.js';
import { Tokens } from './tokens.js';
import { toRequestUser, type UserModel } from './user-model.js';

/** The longest password that is hashed, in bytes: a longer one is a wrong one. */
const MAX_PASSWORD_BYTES = 4096;

/**
 * The application's users, as authentication needs them. What it answers never holds the password's hash.
 *
 * Override `verify` to ask somebody else for the password, such as a directory.
 */
@Injectable()
export class Users implements OnModuleInit {
  readonly #database: Database;
  readonly #settings: AuthenticationSettings;
  readonly #hasher: PasswordHasher;
  readonly #tokens: Tokens;
  #dummyHash?: Promise<string>;

  constructor(
    @Inject(Database) database: Database,
    @Inject(AuthenticationSettings) settings: AuthenticationSettings,
    @Inject(PasswordHasher) hasher: PasswordHasher,
    @Inject(Tokens) tokens: Tokens,
  ) {
    this.#database = database;
    this.#settings = settings;
    this.#hasher = hasher;
    this.#tokens = tokens;
  }

  /** @throws ConfigurationError where the application has no user model that keeps the contract: asked for at boot by whatever needs one. */
  get model(): UserModel {
    return this.#settings.userModel;
  }

  /** Null where there is none; inactive users are found too. */
  async findByUsername(username: string): Promise<RequestUser | null> {
    const row = await this.#find(this.model.usernameField, username);
    return row && toRequestUser(this.model, row);
  }

  /** Null where there is none, or no user can have such a key; inactive users are found too. */
  async findById(id: string | number | bigint): Promise<RequestUser | null> {
    const row = await this.#find(this.model.keyField, id);
    return row && toRequestUser(this.model, row);
  }

  /**
   * A user, active or not, and the fingerprint of the password: what a session or a refresh token keeps and compares, so that a new password ends it.
   * Null where there is no such user. The fingerprint is the SHA-256 of the stored hash, which is told to nobody.
   */
  async findCredentials(id: string | number | bigint): Promise<{ readonly user: RequestUser; readonly fingerprint: string } | null> {
    const row = await this.#find(this.model.keyField, id);
    if (!row) return null;
    const fingerprint = createHash('sha256')
      .update(`${String(row[this.model.keyField])}:${String(row[this.model.passwordField])}`)
      .digest('hex');
    return { user: toRequestUser(this.model, row), fingerprint };
  }

  /**
   * The active user of this name and password, else null.
   *
   * One hash is verified whatever the reason (unknown, inactive, without a password, wrong), so that the time tells nothing.
   * A hash of old parameters is replaced once the password was seen to be right.
   */
  async verify(username: string, password: string): Promise<RequestUser | null> {
    if (!isHashable(password)) return null;
    const row = await this.#find(this.model.usernameField, username);
    const kept: unknown = row?.[this.model.passwordField];
    const stored = typeof kept === 'string' && this.#hasher.recognizes(kept) ? kept : undefined;
    const matches = await this.#hasher.verify(stored ?? (await this.dummyHash()), password);
    if (!row || stored === undefined || !matches || row[this.model.isActiveField] !== true) return null;
    if (this.#hasher.needsRehash(stored)) await this.#upgrade(row, stored, password);
    return toRequestUser(this.model, row);
  }

  /**
   * Gives a user another password, and takes everything that was signed in with the old one: tokens are revoked, and sessions and refresh tokens end
   * because the fingerprint is another. Keys of programs stay.
   * @throws ValidationError for a password that is empty, longer than 4,096 bytes, or no text; NotFound where the user is gone.
   */
  async setPassword(user: Pick<RequestUser, 'id'>, password: string): Promise<void> {
    const errors = passwordErrors(password);
    if (errors.length > 0) throw new ValidationError(errors);
    await this.#store(user, await this.#hasher.hash(password));
  }

  /** Takes a user's password, and what was signed in with it: nobody signs in with one until `setPassword`. @throws NotFound where the user is gone. */
  async setUnusablePassword(user: Pick<RequestUser, 'id'>): Promise<void> {
    await this.#store(user, `!${randomBytes(20).toString('hex')}`);
  }

  /** A hash of no password, for those who have none. Made at boot, so that the first unknown user takes no longer than the next. */
  async onModuleInit(): Promise<void> {
    await this.dummyHash();
  }

  protected dummyHash(): Promise<string> {
    return (this.#dummyHash ??= this.#hasher.hash(randomBytes(32).toString('hex')));
  }

  async #find(name: string, value: unknown): Promise<Record<string, unknown> | null> {
    const field = this.model.model.fields[name];
    const column = field && columnValue(field, value);
    return column?.kind === 'value' ? this.#delegate().findUnique({ where: { [name]: column.value } }) : null;
  }

  async #store(user: Pick<RequestUser, 'id'>, stored: string): Promise<void> {
    const { model, keyField, passwordField } = this.model;
    const where = { [keyField]: storedValue(model, keyField, user.id) };
    await this.#database.transaction(async () => {
      const { count } = await this.#delegate().updateMany({ where, data: { [passwordField]: stored } });
      if (count === 0) throw new NotFound();
      if (this.#tokens.areThere) await this.#tokens.revokeAll(user);
    });
  }

  /** Only where the password is still the one that was verified: a change at the same moment wins. */
  async #upgrade(row: Record<string, unknown>, stored: string, password: string): Promise<void> {
    const { keyField, passwordField } = this.model;
    await this.#delegate().updateMany({
      where: { [keyField]: row[keyField], [passwordField]: stored },
      data: { [passwordField]: await this.#hasher.hash(password) },
    });
  }

  #delegate() {
    return delegateOf(this.#database, this.model.model);
  }
}

const isHashable = (password: string) =>
  password.length <= MAX_PASSWORD_BYTES && Buffer.byteLength(password) <= MAX_PASSWORD_BYTES && password.isWellFormed();

/** Why a password cannot be stored, in the words of fields. */
function passwordErrors(password: string): readonly ErrorDetail[] {
  if (typeof password !== 'string' || !password.isWellFormed()) return [errorDetail('Not a valid string.', 'invalid')];
  if (password === '') return [errorDetail('This field may not be blank.', 'blank')];
  if (isHashable(password)) return [];
  const params = { max_length: MAX_PASSWORD_BYTES, length: Buffer.byteLength(password) };
  return [errorDetail('Ensure this value has at most {max_length} bytes (it has {length}).', 'max_length', params)];
}
