import { Logger } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { Model } from '../models/model.js';
import type { Clock } from '../settings/clock.js';
import type { Database } from '../prisma/database.js';
import { delegateOf } from './model-delegate.js';

/** How often it is written for one credential, at most. */
const PERIOD = 60_000;

/** A row that knows when it was used last. */
export interface Used {
  readonly id: string | number | bigint;
  readonly lastUsedAt: Temporal.Instant | null;
}

/** Writes when a credential was last used, at most once a minute for each: no request waits for it, and none fails by it. */
export class LastUse {
  readonly #logger = new Logger('Authentication');
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #writing = new Set<unknown>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** `keyField` is the field of the model that `id` is. */
  note(model: Model, keyField: string, { id, lastUsedAt }: Used): void {
    const now = this.#clock.now().epochMilliseconds;
    if ((lastUsedAt !== null && now - lastUsedAt.epochMilliseconds < PERIOD) || this.#writing.has(id)) return;
    this.#writing.add(id);
    const before = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: new Date(now - PERIOD) } }] };
    delegateOf(this.#database, model)
      .updateMany({ where: { [keyField]: id, ...before }, data: { lastUsedAt: new Date(now) } })
      .catch((error: unknown) =>
        this.#logger.warn(`${model.name}.lastUsedAt was not written: ${error instanceof Error ? error.name : typeof error}.`),
      )
      .finally(() => this.#writing.delete(id));
  }
}
