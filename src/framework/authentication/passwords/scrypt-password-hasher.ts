import { scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { newSalt, readDjangoHash, SALT_LENGTH } from './django-hash.js';
import { PasswordHasher } from './password-hasher.js';

const derive = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

const KEY_LENGTH = 64;
/** The most memory of a stored text, in bytes, and the most that it may go through. */
const MAX_MEMORY = 128 * 1024 * 1024;
const MAX_WORK = 512 * 1024 * 1024;

/** Scrypt (RFC 7914) as Django stores it: `scrypt$16384$salt$8$5$hash`. */
export class ScryptPasswordHasher extends PasswordHasher {
  /** N: a power of two. */
  readonly workFactor: number = 16_384;
  /** r. */
  readonly blockSize: number = 8;
  /** p. */
  readonly parallelism: number = 5;

  override async hash(password: string): Promise<string> {
    const { workFactor: cost, blockSize, parallelism } = this;
    const salt = newSalt();
    const key = await this.#derive(password, salt, { cost, blockSize, parallelization: parallelism });
    return `scrypt$${cost}$${salt}$${blockSize}$${parallelism}$${key.toString('base64')}`;
  }

  override async verify(stored: string, password: string): Promise<boolean> {
    const read = readScrypt(stored);
    return read !== null && timingSafeEqual(read.key, await this.#derive(password, read.salt, read));
  }

  override needsRehash(stored: string): boolean {
    const read = readScrypt(stored);
    return (
      read === null ||
      read.cost !== this.workFactor ||
      read.blockSize !== this.blockSize ||
      read.parallelization !== this.parallelism ||
      read.salt.length < SALT_LENGTH
    );
  }

  override recognizes(stored: string): boolean {
    return readScrypt(stored) !== null;
  }

  #derive(password: string, salt: string, { cost, blockSize, parallelization }: ScryptOptions): Promise<Buffer> {
    return derive(password, salt, KEY_LENGTH, { cost, blockSize, parallelization, maxmem: 2 * MAX_MEMORY });
  }
}

/** Null for a text that is none, or that asks for more than a sign-in may cost. */
function readScrypt(stored: string) {
  const read = readDjangoHash(stored, 'scrypt', 4, KEY_LENGTH);
  if (!read) return null;
  const [n, salt, r, p] = read.parts as [string, string, string, string];
  if (![n, r, p].every((number) => /^[1-9]\d{0,8}$/.test(number))) return null;
  const [cost, blockSize, parallelization] = [Number(n), Number(r), Number(p)];
  const memory = 128 * cost * blockSize;
  if (cost < 2 || !Number.isInteger(Math.log2(cost)) || memory > MAX_MEMORY || memory * parallelization > MAX_WORK) return null;
  return { cost, blockSize, parallelization, salt, key: read.key };
}
