import { raw } from '@prisma/client/runtime/client';
import type { PrismaClientLike } from './prisma-client.js';

let savepoints = 0;

/** A transaction while it is open: the client that speaks to it, and what must be undone outside of the database where it is rolled back. */
export class Transaction {
  readonly #undo: (() => Promise<void>)[] = [];

  constructor(readonly client: PrismaClientLike) {}

  onRollback(undo: () => Promise<void>): void {
    this.#undo.push(undo);
  }

  /** Runs a function so that its failure leaves the transaction usable. */
  async savepoint<T>(run: () => Promise<T>): Promise<T> {
    const before = this.#undo.length;
    const name = `rest_${++savepoints}`;
    await this.client.$executeRaw(raw(`SAVEPOINT ${name}`));
    try {
      const result = await run();
      await this.client.$executeRaw(raw(`RELEASE SAVEPOINT ${name}`));
      return result;
    } catch (error) {
      await this.client.$executeRaw(raw(`ROLLBACK TO SAVEPOINT ${name}`));
      await undoAll(this.#undo.splice(before));
      throw error;
    }
  }

  /** To be called when the database has rolled it back. */
  async rolledBack(): Promise<void> {
    await undoAll(this.#undo.splice(0));
  }
}

/** The last first. */
async function undoAll(undo: (() => Promise<void>)[]): Promise<void> {
  for (const one of undo.reverse()) await one();
}
