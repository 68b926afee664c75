import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { PasswordHasher } from './password-hasher.js';
import { newSalt, readDjangoHash, SALT_LENGTH } from './django-hash.js';

const derive = promisify(pbkdf2);

/** The most iterations of a stored text: some three seconds of one processor. */
const MAX_ITERATIONS = 10_000_000;

/** Django's default (`pbkdf2_sha256$1000000$salt$hash`): PBKDF2 (RFC 8018) with SHA-256. */
export class PBKDF2PasswordHasher extends PasswordHasher {
  /** The first word of what is stored. */
  readonly algorithm: string = 'pbkdf2_sha256';
  /** How often it is hashed: that of Django 5.2. A stored text may say up to ten million. */
  readonly iterations: number = 1_000_000;
  protected readonly digest: 'sha256' | 'sha1' = 'sha256';
  /** In bytes. */
  protected readonly keyLength: number = 32;

  override async hash(password: string): Promise<string> {
    const salt = newSalt();
    const key = await derive(password, salt, this.iterations, this.keyLength, this.digest);
    return `${this.algorithm}$${this.iterations}$${salt}$${key.toString('base64')}`;
  }

  override async verify(stored: string, password: string): Promise<boolean> {
    const read = this.#read(stored);
    return read !== null && timingSafeEqual(read.key, await derive(password, read.salt, read.iterations, this.keyLength, this.digest));
  }

  override needsRehash(stored: string): boolean {
    const read = this.#read(stored);
    return read === null || read.iterations !== this.iterations || read.salt.length < SALT_LENGTH;
  }

  override recognizes(stored: string): boolean {
    return this.#read(stored) !== null;
  }

  #read(stored: string) {
    const read = readDjangoHash(stored, this.algorithm, 2, this.keyLength);
    if (!read) return null;
    const [iterations, salt] = read.parts as [string, string];
    return /^[1-9]\d{0,7}$/.test(iterations) && Number(iterations) <= MAX_ITERATIONS ? { iterations: Number(iterations), salt, key: read.key } : null;
  }
}

/** The same with SHA-1 (`pbkdf2_sha1$…`), which Django keeps for other systems' hashes. */
export class PBKDF2SHA1PasswordHasher extends PBKDF2PasswordHasher {
  override readonly algorithm: string = 'pbkdf2_sha1';
  protected override readonly digest = 'sha1';
  protected override readonly keyLength = 20;
}
