import { ConfigurationError } from '../../exceptions/configuration-error.js';
import { PasswordHasher } from './password-hasher.js';

export type PasswordHasherClass = new () => PasswordHasher;

/** Several hashers as one: the first makes hashes, all verify them, and what another one made is made anew at the next login (PASSWORD_HASHERS). */
export class PasswordHashers extends PasswordHasher {
  readonly #preferred: PasswordHasher;
  readonly #hashers: readonly PasswordHasher[];

  /** @throws ConfigurationError for a list without any, and for what is no hasher. */
  constructor(hashers: readonly (PasswordHasher | PasswordHasherClass)[]) {
    super();
    this.#hashers = hashers.map((hasher) => {
      const made: unknown = typeof hasher === 'function' ? new hasher() : hasher;
      if (made instanceof PasswordHasher) return made;
      throw new ConfigurationError(
        `RestModule.forRoot: passwordHashers names ${typeof hasher === 'function' ? hasher.name : String(hasher)}, which is no hasher. Name classes that extend PasswordHasher, such as Argon2PasswordHasher.`,
      );
    });
    const [preferred] = this.#hashers;
    if (!preferred)
      throw new ConfigurationError('RestModule.forRoot: passwordHashers is empty. Name the hasher of new passwords first: [Argon2PasswordHasher].');
    this.#preferred = preferred;
  }

  override hash(password: string): Promise<string> {
    return this.#preferred.hash(password);
  }

  override async verify(stored: string, password: string): Promise<boolean> {
    return (await this.#hasherOf(stored)?.verify(stored, password)) ?? false;
  }

  override needsRehash(stored: string): boolean {
    return this.#hasherOf(stored) !== this.#preferred || this.#preferred.needsRehash(stored);
  }

  override recognizes(stored: string): boolean {
    return this.#hasherOf(stored) !== undefined;
  }

  #hasherOf(stored: string): PasswordHasher | undefined {
    return this.#hashers.find((hasher) => hasher.recognizes(stored));
  }
}
