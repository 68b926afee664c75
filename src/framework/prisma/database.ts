import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { raw } from '@prisma/client/runtime/client';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import { QuerySet } from '../plan/query-set.js';
import { answerLookups } from './answer-lookups.js';
import type { Lookup, LookupAnswer } from './lookup.js';
import { PRISMA_CLIENT, type IsolationLevel, type PrismaClientLike } from './prisma-client.js';
import { isConflict, toAPIException } from './prisma-errors.js';
import { PrismaReader } from './prisma-reader.js';
import { PrismaWriter } from './prisma-writer.js';

export interface TransactionOptions {
  /** How often it is run again after a conflict with another one. Default 0: what it does outside of the database would be done again too. */
  readonly retry?: number;
  readonly isolation?: IsolationLevel;
  /** Milliseconds that it may take. Default 5,000. */
  readonly timeout?: number;
}

interface Transaction {
  readonly client: PrismaClientLike;
  /** What is done when it is rolled back, the last first. */
  readonly undo: (() => Promise<void>)[];
}

/** The application's database: whoever asks it inside a transaction speaks to that transaction. */
@Injectable()
export class Database {
  readonly #root: PrismaClientLike | undefined;
  readonly #current = new AsyncLocalStorage<Transaction>();
  readonly #reader = new PrismaReader(this);
  readonly writer: PrismaWriter = new PrismaWriter(this);

  constructor(@Inject(PRISMA_CLIENT) client: PrismaClientLike | undefined) {
    this.#root = client;
  }

  /** Whether the application has one at all. */
  get isThere(): boolean {
    return this.#root !== undefined;
  }

  /**
   * The Prisma client of the current transaction, else the application's own.
   * @throws ConfigurationError where the application has none.
   */
  get client(): PrismaClientLike {
    return this.#current.getStore()?.client ?? this.#client;
  }

  get #client(): PrismaClientLike {
    if (this.#root) return this.#root;
    throw new ConfigurationError('The database is asked for, and there is none: give RestModule.forRoot a prisma client.');
  }

  get inTransaction(): boolean {
    return this.#current.getStore() !== undefined;
  }

  /** All rows of a model, in its default order. */
  objects<M extends Model>(model: M): QuerySet<M> {
    return new QuerySet(model, this.#reader);
  }

  /** Answers all questions of a request in one statement; those whose scope looks at relations take one more each. */
  answerLookups(lookups: readonly Lookup[]): Promise<LookupAnswer[]> {
    return answerLookups(this, lookups);
  }

  /**
   * Undoes what is outside of the database, such as a stored file, where the current transaction, or the savepoint in it, is rolled back. Outside of a
   * transaction there is nothing that could be.
   */
  onRollback(undo: () => Promise<void>): void {
    this.#current.getStore()?.undo.push(undo);
  }

  /**
   * Runs a function in a transaction: all that it writes stays, or nothing does. Inside another transaction it joins that one, and its options are not used.
   * @throws ServiceUnavailable where it conflicts with others, after as many retries as were asked for.
   */
  async transaction<T>(run: () => Promise<T>, { retry = 0, isolation, timeout }: TransactionOptions = {}): Promise<T> {
    if (this.inTransaction) return run();
    const limits = { ...(isolation && { isolationLevel: isolation }), ...(timeout !== undefined && { timeout }) };
    for (let attempt = 0; ; attempt++) {
      const undo: Transaction['undo'] = [];
      try {
        return await this.#client.$transaction((client: PrismaClientLike) => this.#current.run({ client, undo }, run), limits);
      } catch (error) {
        await rollBack(undo);
        if (!isConflict(error)) throw error;
        if (attempt >= retry) throw toAPIException(error) ?? error;
        await pause(attempt);
      }
    }
  }

  /** Runs a function so that its failure leaves a transaction usable: behind a savepoint inside one, else as it is. */
  async savepoint<T>(run: () => Promise<T>): Promise<T> {
    const transaction = this.#current.getStore();
    if (!transaction) return run();
    const { client, undo } = transaction;
    const before = undo.length;
    const name = `rest_${++savepoints}`;
    await client.$executeRaw(raw(`SAVEPOINT ${name}`));
    try {
      const result = await run();
      await client.$executeRaw(raw(`RELEASE SAVEPOINT ${name}`));
      return result;
    } catch (error) {
      await client.$executeRaw(raw(`ROLLBACK TO SAVEPOINT ${name}`));
      await rollBack(undo.splice(before));
      throw error;
    }
  }
}

let savepoints = 0;

async function rollBack(undo: Transaction['undo']): Promise<void> {
  for (const one of undo.reverse()) await one();
}

/** Those that met go on at different times, later each time: up to 20, 40, 80 … milliseconds. */
const pause = (attempt: number) => new Promise<void>((resolve) => void setTimeout(resolve, Math.random() * 20 * 2 ** Math.min(attempt, 6)));
