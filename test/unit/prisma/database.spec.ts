import { describe, expect, it } from 'vitest';
import { ServiceUnavailable } from '../../../src/framework/exceptions/exceptions.js';
import { Database } from '../../../src/framework/prisma/database.js';
import type { PrismaClientLike, TransactionLimits } from '../../../src/framework/prisma/prisma-client.js';

const conflict = () => Object.assign(new Error('write conflict'), { code: 'P2034' });

class FakeClient implements PrismaClientLike {
  readonly limits: (TransactionLimits | undefined)[] = [];
  readonly raw: string[] = [];
  $queryRaw = async () => [];
  $executeRaw = async (query: { sql: string }) => this.raw.push(query.sql.replace(/\d+/, 'n'));
  async $transaction<T>(run: (client: any) => Promise<T>, limits?: TransactionLimits): Promise<T> {
    this.limits.push(limits);
    return run(new FakeClient());
  }
}

describe('Database.transaction', () => {
  it("gives its client to all that runs inside, and the application's own to the rest", async () => {
    const client = new FakeClient();
    const database = new Database(client);
    const inside = await database.transaction(async () => [database.inTransaction, database.client === client]);
    expect([...inside, database.inTransaction, database.client === client]).toEqual([true, false, false, true]);
  });

  it('joins the one it is in', async () => {
    const client = new FakeClient();
    const database = new Database(client);
    await database.transaction(() => database.transaction(async () => undefined, { isolation: 'Serializable' }), { timeout: 100 });
    expect(client.limits).toEqual([{ timeout: 100 }]);
  });

  it.each([
    ['not at all unless asked to', 0, 1],
    ['as often as it is asked to', 2, 3],
  ])('is run again after a conflict %s', async (_, retry, expected) => {
    let runs = 0;
    const failing = new Database(new FakeClient()).transaction(
      async () => {
        runs++;
        throw conflict();
      },
      { retry },
    );
    await expect(failing).rejects.toBeInstanceOf(ServiceUnavailable);
    expect(runs).toBe(expected);
  });

  it('answers what a later run answers', async () => {
    let runs = 0;
    const answer = await new Database(new FakeClient()).transaction(
      async () => {
        if (++runs === 1) throw conflict();
        return runs;
      },
      { retry: 1 },
    );
    expect(answer).toBe(2);
  });

  it('is not run again after another error', async () => {
    let runs = 0;
    const failing = new Database(new FakeClient()).transaction(
      async () => {
        runs++;
        throw new RangeError('mine');
      },
      { retry: 3 },
    );
    await expect(failing).rejects.toThrow(RangeError);
    expect(runs).toBe(1);
  });
});

describe('Database.savepoint', () => {
  it('rolls back to it where it fails, inside a transaction alone', async () => {
    const root = new FakeClient();
    const database = new Database(root);
    const failing = async () => {
      throw new RangeError('mine');
    };
    await expect(database.savepoint(failing)).rejects.toThrow(RangeError);
    const inside = await database.transaction(async () => {
      await expect(database.savepoint(failing)).rejects.toThrow(RangeError);
      await database.savepoint(async () => undefined);
      return (database.client as unknown as FakeClient).raw;
    });
    expect(root.raw).toEqual([]);
    expect(inside).toEqual(['SAVEPOINT rest_n', 'ROLLBACK TO SAVEPOINT rest_n', 'SAVEPOINT rest_n', 'RELEASE SAVEPOINT rest_n']);
  });
});

describe('Database.onRollback', () => {
  it('undoes in reverse order what the transaction did outside of the database, where it fails', async () => {
    const undone: string[] = [];
    const database = new Database(new FakeClient());
    const failing = database.transaction(async () => {
      database.onRollback(async () => void undone.push('first'));
      await database.transaction(async () => database.onRollback(async () => void undone.push('second')));
      throw new RangeError('mine');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(undone).toEqual(['second', 'first']);
  });

  it('does nothing where the transaction succeeds, and outside of one', async () => {
    const undone: string[] = [];
    const database = new Database(new FakeClient());
    database.onRollback(async () => void undone.push('outside'));
    await database.transaction(async () => database.onRollback(async () => void undone.push('inside')));
    await expect(database.transaction(() => Promise.reject(new Error('another')))).rejects.toThrow('another');
    expect(undone).toEqual([]);
  });

  it('undoes each run that is done again by itself', async () => {
    const undone: number[] = [];
    let runs = 0;
    const database = new Database(new FakeClient());
    await database.transaction(
      async () => {
        const run = ++runs;
        database.onRollback(async () => void undone.push(run));
        if (run < 3) throw conflict();
      },
      { retry: 2 },
    );
    expect(undone).toEqual([1, 2]);
  });

  it('undoes of a savepoint what was done since', async () => {
    const undone: string[] = [];
    const database = new Database(new FakeClient());
    await database.transaction(async () => {
      database.onRollback(async () => void undone.push('before'));
      const failing = database.savepoint(async () => {
        database.onRollback(async () => void undone.push('since'));
        throw new RangeError('mine');
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(undone).toEqual(['since']);
    });
    expect(undone).toEqual(['since']);
  });
});
