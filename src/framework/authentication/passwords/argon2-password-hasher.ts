import { hash, parseOptions, verify, type Algorithm } from '@node-rs/argon2';
import { ConfigurationError } from '../../exceptions/configuration-error.js';
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

/** The most that a stored text may ask for, whoever wrote it: 256 MiB at once, and as much work as Django's hash four times. */
const MAX_MEMORY = 262_144;
const MAX_WORK = 819_200;
const MAX_LANES = 64;
const MAX_LENGTH = 512;

/** What Django writes before the PHC string. */
const DJANGO_PREFIX = 'argon2$';

/**
 * Argon2 (RFC 9106): makes Argon2id, stored as a PHC string, and verifies Django's too.
 * @throws ConfigurationError for parameters that no stored text may have.
 */
export class Argon2PasswordHasher extends PasswordHasher {
  readonly #parameters: Argon2Parameters;

  constructor(parameters: Argon2Parameters = RECOMMENDED) {
    super();
    if (!isAffordable(parameters))
      throw new ConfigurationError(
        `Argon2PasswordHasher: ${JSON.stringify(parameters)} is more than a sign-in may cost. Keep memoryCost within ${MAX_MEMORY} KiB, parallelism within ${MAX_LANES}, and memoryCost times timeCost within ${MAX_WORK}.`,
      );
    this.#parameters = { memoryCost: parameters.memoryCost, timeCost: parameters.timeCost, parallelism: parameters.parallelism };
  }

  override hash(password: string): Promise<string> {
    return hash(password, { ...this.#parameters, algorithm: ARGON2ID });
  }

  override async verify(stored: string, password: string): Promise<boolean> {
    return this.recognizes(stored) && verify(phcOf(stored), password);
  }

  override needsRehash(stored: string): boolean {
    if (!this.recognizes(stored) || stored.startsWith(DJANGO_PREFIX)) return true;
    const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(stored);
    const wanted = this.#parameters;
    return algorithm !== ARGON2ID || memoryCost !== wanted.memoryCost || timeCost !== wanted.timeCost || parallelism !== wanted.parallelism;
  }

  override recognizes(stored: string): boolean {
    const phc = phcOf(stored);
    if (stored.length > MAX_LENGTH || !phc.startsWith('$argon2')) return false;
    try {
      return isAffordable(parseOptions(phc));
    } catch {
      return false;
    }
  }
}

const phcOf = (stored: string) => (stored.startsWith(DJANGO_PREFIX) ? `$${stored.slice(DJANGO_PREFIX.length)}` : stored);

function isAffordable({ memoryCost = 0, timeCost = 0, parallelism = 0 }: Partial<Argon2Parameters>): boolean {
  return memoryCost <= MAX_MEMORY && memoryCost * timeCost <= MAX_WORK && parallelism <= MAX_LANES;
}
