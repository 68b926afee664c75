/** What the framework asks of a Prisma client, whichever schema it was generated from. */
export interface PrismaClientLike {
  $queryRaw(query: any): PromiseLike<any>;
  $executeRaw(query: any): PromiseLike<number>;
  $transaction<T>(run: (client: any) => Promise<T>, options?: TransactionLimits): Promise<T>;
}

export interface TransactionLimits {
  readonly isolationLevel?: IsolationLevel;
  /** Milliseconds that it may take. */
  readonly timeout?: number;
  /** Milliseconds that it may wait for a connection. */
  readonly maxWait?: number;
}

export type IsolationLevel = 'ReadUncommitted' | 'ReadCommitted' | 'RepeatableRead' | 'Serializable';

/** The injection token of the application's Prisma client. */
export const PRISMA_CLIENT = Symbol.for('nest-rest-framework:prisma-client');
