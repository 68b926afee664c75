import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, SqlQueryable, Transaction } from '@prisma/driver-adapter-utils';

/** What goes over to the database by a driver adapter: Prisma's own events miss the statements that fail. */
export interface StatementCounter {
  /** The factory to give to the Prisma client in place of the one that was wrapped. */
  readonly factory: SqlDriverAdapterFactory;
  /** The SQL of every statement since the last reset, failed ones and those inside transactions too; transactions' own are not among them. */
  readonly statements: readonly string[];
  readonly count: number;
  /** How many transactions were begun since the last reset. */
  readonly transactions: number;
  reset(): void;
  /** The statements that reach the database while a function runs. */
  during(run: () => unknown): Promise<readonly string[]>;
}

const TRANSACTIONAL = /^\s*(?:begin|start transaction|commit|rollback|savepoint|release|set transaction)\b/i;

/**
 * Counts statements where they leave for the database.
 *
 * @example
 * const counter = countStatements(new PrismaPGlite(pglite));
 * const client = new PrismaClient({ adapter: counter.factory });
 * expect(await counter.during(() => client.book.findMany())).toHaveLength(1);
 */
export function countStatements(factory: SqlDriverAdapterFactory): StatementCounter {
  const statements: string[] = [];
  let transactions = 0;
  const record = (query: SqlQuery) => {
    if (!TRANSACTIONAL.test(query.sql)) statements.push(query.sql);
  };
  const wrap = (adapter: SqlDriverAdapter): SqlDriverAdapter =>
    counted(adapter, record, {
      startTransaction: async (...args: Parameters<SqlDriverAdapter['startTransaction']>): Promise<Transaction> => {
        transactions++;
        return counted(await adapter.startTransaction(...args), record, {});
      },
    });
  return {
    factory: counted(factory, record, { connect: async () => wrap(await factory.connect()) }),
    statements,
    get count() {
      return statements.length;
    },
    get transactions() {
      return transactions;
    },
    reset() {
      statements.length = 0;
      transactions = 0;
    },
    async during(run) {
      const before = statements.length;
      await run();
      return statements.slice(before);
    },
  };
}

/** The same object, which tells of each query and answers some methods otherwise. */
function counted<T extends object>(target: T, record: (query: SqlQuery) => void, instead: Partial<T>): T {
  const queries: Partial<SqlQueryable> = {
    queryRaw: (query) => {
      record(query);
      return (target as unknown as SqlQueryable).queryRaw(query);
    },
    executeRaw: (query) => {
      record(query);
      return (target as unknown as SqlQueryable).executeRaw(query);
    },
  };
  return new Proxy(target, {
    get(_, name) {
      if (name in instead) return instead[name as keyof T];
      if (name in queries && name in target) return queries[name as keyof SqlQueryable];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
