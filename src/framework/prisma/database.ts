import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { investigate } from '../conflicts/failed-write.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import { QuerySet } from '../plan/query-set.js';
import { answerLookups } from './lookups/answer-lookups.js';
import type { Lookup, LookupAnswer } from '../plan/lookup.js';
import { PRISMA_CLIENT, type IsolationLevel, type PrismaClientLike } from './prisma-client.js';
import { isConflict, toAPIException } from './prisma-errors.js';
import { PrismaReader } from './prisma-reader.js';
import { PrismaWriter } from './writes/prisma-writer.js';
import { Transaction } from './transaction.js';

export interface TransactionOptions {
  /** How often it is run again after a conflict with another one. Default 0: what it does outside of the database would be done again too. */
  readonly retry?: number;
  readonly isolation?: IsolationLevel;
  /** Milliseconds that it may take. Default 5,000. */
  readonly timeout?: number;
}

/** The application's database: whoever asks it inside a transaction speaks to that transaction. */
@Injectable()
export class Database {
  readonly #root: PrismaClientLike | undefined;
  readonly #current = new AsyncLocalStorage<Transaction>();
  #following = 0;
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
    this.#current.getStore()?.onRollback(undo);
  }

  /**
   * Runs a function in a transaction: all that it writes stays, or nothing does. Inside another transaction it joins that one, and its options are not used.
   * @throws ServiceUnavailable where it conflicts with others, after as many retries as were asked for.
   */
  async transaction<T>(run: () => Promise<T>, options?: TransactionOptions): Promise<T> {
    if (this.inTransaction) return run();
    return this.#open((transaction) => this.#follow(transaction, run), options);
  }

  /**
   * Runs statements together as `transaction` does, for code that is handed the transaction and calls nothing that would have to find it: what follows
   * a transaction costs every promise of the process something (on Node before 24), and a plain write need not pay that.
   */
  async together<T>(run: (transaction: Transaction) => Promise<T>): Promise<T> {
    const current = this.#current.getStore();
    return current ? run(current) : this.#open(run);
  }

  /** Runs a function so that its failure leaves a transaction usable: behind a savepoint inside one, else as it is. */
  async savepoint<T>(run: () => Promise<T>): Promise<T> {
    const transaction = this.#current.getStore();
    if (!transaction) return run();
    try {
      return await transaction.savepoint(run);
    } catch (error) {
      await investigate(error, this);
      throw error;
    }
  }

  async #open<T>(run: (transaction: Transaction) => Promise<T>, { retry = 0, isolation, timeout }: TransactionOptions = {}): Promise<T> {
    const limits = { ...(isolation && { isolationLevel: isolation }), ...(timeout !== undefined && { timeout }) };
    for (let attempt = 0; ; attempt++) {
      let transaction: Transaction | undefined;
      try {
        return await this.#client.$transaction((client: PrismaClientLike) => run((transaction = new Transaction(client))), limits);
      } catch (error) {
        await transaction?.rolledBack();
        if (!isConflict(error)) {
          await investigate(error, this);
          throw error;
        }
        if (attempt >= retry) throw toAPIException(error) ?? error;
        await pause(attempt);
      }
    }
  }

  /** Makes a transaction the current one for everything that a function calls. When nothing is left to follow, nothing is paid for it. */
  async #follow<T>(transaction: Transaction, run: () => Promise<T>): Promise<T> {
    this.#following++;
    try {
      return await this.#current.run(transaction, run);
    } finally {
      if (--this.#following === 0) this.#current.disable();
    }
  }
}

/** Those that met go on at different times, later each time: up to 20, 40, 80 … milliseconds. */
const pause = (attempt: number) => new Promise<void>((resolve) => void setTimeout(resolve, Math.random() * 20 * 2 ** Math.min(attempt, 6)));
