import { hash, parseOptions, verify, type Algorithm } from '@node-rs/argon2';
import { PasswordHasher } from './password-hasher.js';

/** What a hash costs. */
export interface Argon2Parameters {
  /** In kibibytes. */
  readonly memoryCost: number;
  /** Passes over the memory. */
  readonly timeCost: number;
  /** Lanes. */
  readonly parallelism: number;
}

/** OWASP's recommendation of 2025 for Argon2id: 19 MiB, two passes, one lane. */
const RECOMMENDED: Argon2Parameters = Object.freeze({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });

// The package declares its enums as `const enum`, which single-file compilers cannot read.
const ARGON2ID = 2 as Algorithm;

/** Argon2id (RFC 9106), stored as a PHC string. */
export class Argon2PasswordHasher extends PasswordHasher {
  readonly #parameters: Argon2Parameters;

  constructor(parameters: Argon2Parameters = RECOMMENDED) {
    super();
    this.#parameters = { memoryCost: parameters.memoryCost, timeCost: parameters.timeCost, parallelism: parameters.parallelism };
  }

  override hash(password: string): Promise<string> {
    return hash(password, { ...this.#parameters, algorithm: ARGON2ID });
  }

  override async verify(stored: string, password: string): Promise<boolean> {
    return this.recognizes(stored) && verify(stored, password);
  }

  override needsRehash(stored: string): boolean {
    if (!this.recognizes(stored)) return true;
    const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(stored);
    const wanted = this.#parameters;
    return algorithm !== ARGON2ID || memoryCost !== wanted.memoryCost || timeCost !== wanted.timeCost || parallelism !== wanted.parallelism;
  }

  override recognizes(stored: string): boolean {
    if (!stored.startsWith('$argon2')) return false;
    try {
      parseOptions(stored);
      return true;
    } catch {
      return false;
    }
  }
}
