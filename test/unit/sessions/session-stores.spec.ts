import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuthenticationSettings } from '../../../src/framework/authentication/authentication-settings.js';
import { redisClientOptions } from '../../../src/framework/internal/redis-client.js';
import { DatabaseSessionStore } from '../../../src/framework/sessions/database-session-store.js';
import { MemorySessionStore } from '../../../src/framework/sessions/memory-session-store.js';
import { RedisSessionStore } from '../../../src/framework/sessions/redis-session-store.js';
import type { SessionStore, StoredSession } from '../../../src/framework/sessions/session-store.js';
import { FrozenClock } from '../../../src/framework/testing/frozen-clock.js';
import { sessionStoreConformance } from '../../../src/framework/testing/session-store-conformance.js';
import { models } from '../../../src/library/generated/models.js';
import { openLoginDatabase, settings } from '../authentication/login-database.js';

const NOW = '2026-01-01T00:00:00Z';
const sessionOf = (clock: FrozenClock, user: string | null = null): StoredSession => ({
  user,
  fingerprint: user && 'f'.repeat(64),
  data: '{}',
  expiresAt: clock.now().add({ seconds: 60 }),
});
const digestOf = (at: number) => String(at).padStart(64, '0');

async function present(store: SessionStore, ...digests: string[]): Promise<boolean[]> {
  return Promise.all(digests.map(async (digest) => (await store.load(digest)) !== null));
}

describe('the store in memory', () => {
  const open = () => {
    const clock = new FrozenClock(NOW);
    return { clock, store: new MemorySessionStore({ clock }) };
  };

  it.each(sessionStoreConformance(open))('$title', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('keeps no more sessions than it may, and those that were changed last', async () => {
    const clock = new FrozenClock(NOW);
    const store = new MemorySessionStore({ clock, maxSessions: 3 });
    for (const at of [1, 2, 3]) await store.create(digestOf(at), sessionOf(clock));
    await store.touch(digestOf(1), clock.now().add({ seconds: 90 }));
    await store.create(digestOf(4), sessionOf(clock));
    expect(store.size).toBe(3);
    expect(await present(store, ...[1, 2, 3, 4].map(digestOf))).toEqual([true, false, true, true]);
  });

  it('lets go of what has expired', async () => {
    const clock = new FrozenClock(NOW);
    const store = new MemorySessionStore({ clock });
    for (const at of [1, 2]) await store.create(digestOf(at), sessionOf(clock));
    clock.advance({ seconds: 60 });
    await store.load(digestOf(1));
    expect(store.size).toBe(1);
    await store.flushExpired();
    expect(store.size).toBe(0);
  });
});

describe('the store in the database', () => {
  let db: Awaited<ReturnType<typeof openLoginDatabase>>;
  beforeAll(async () => {
    db = await openLoginDatabase();
  });
  afterAll(() => db.close());

  const open = () => {
    const clock = new FrozenClock(NOW);
    const users = [String(db.alice.id), String(db.carol.id)] as const;
    return { clock, users, store: new DatabaseSessionStore(db.database, settings, clock) };
  };

  it.each(sessionStoreConformance(open))('$title', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('takes one statement for each step', async () => {
    const { store, clock } = open();
    const steps = [
      () => store.create(digestOf(1), sessionOf(clock, String(db.alice.id))),
      () => store.load(digestOf(1)),
      () => store.update(digestOf(1), sessionOf(clock)),
      () => store.touch(digestOf(1), clock.now().add({ seconds: 90 })),
      () => store.destroy(digestOf(1)),
      () => store.destroyAllOf(String(db.alice.id)),
      () => store.flushExpired(),
    ];
    for (const step of steps) expect(await db.statementsOf(step)).toHaveLength(1);
  });

  it('loses the sessions of a user who is deleted', async () => {
    const { store, clock } = open();
    const user = await db.client.user.create({ data: { username: 'dave', password: '!' } });
    await store.create(digestOf(2), sessionOf(clock, String(user.id)));
    await db.client.user.delete({ where: { id: user.id } });
    expect(await store.load(digestOf(2))).toBeNull();
  });

  it.each(['', 'x', '1.5', 'undefined', '99999999999'])('ends no sessions at all for the user %j', async (user) => {
    const { store, clock } = open();
    const digest = digestOf(3);
    await store.create(digest, sessionOf(clock));
    await expect(store.destroyAllOf(user)).rejects.toThrow(`${JSON.stringify(user)} is no AuthSession.userId.`);
    expect(await present(store, digest)).toEqual([true]);
    await store.destroy(digest);
  });

  it('is rolled back with the transaction that it is asked in', async () => {
    const { store, clock } = open();
    const failing = db.database.transaction(async () => {
      await store.create(digestOf(4), sessionOf(clock));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store.load(digestOf(4))).toBeNull();
  });

  it('says at boot what the schema lacks', () => {
    const { authSession: _session, ...others } = models;
    const storeOf = (given: object) =>
      new DatabaseSessionStore(db.database, new AuthenticationSettings({ model: models.user }, given as typeof models), new FrozenClock(NOW));
    expect(() => storeOf(others).model).toThrow(/^sessions: the schema has no model AuthSession among \[.*AuthToken.*\]\. Copy prisma\/rest\.prisma/);
    const { expiresAt: _expiresAt, ...fields } = models.authSession.fields;
    expect(() => storeOf({ ...models, authSession: { ...models.authSession, fields } }).model).toThrow(
      'sessions: AuthSession.expiresAt must be a DateTime. Copy prisma/rest.prisma',
    );
    expect(() => storeOf({ ...models, authSession: { ...models.authSession, relations: {} } }).model).toThrow(
      'sessions: AuthSession.user must be a relation to User?. Copy',
    );
    const data = { ...models.authSession.fields.data, nullable: true };
    expect(() => storeOf({ ...models, authSession: { ...models.authSession, fields: { ...models.authSession.fields, data } } }).model).toThrow(
      'sessions: AuthSession.data must be a String. Copy',
    );
    expect(storeOf(models).model.userField.name).toBe('userId');
  });
});

const url = process.env['TEST_REDIS_URL'];

describe.skipIf(!url)(`the store in Redis${url ? '' : ' (skipped: TEST_REDIS_URL is not set)'}`, () => {
  const client = createClient(redisClientOptions(url));
  const prefix = `test-${process.pid}-${Date.now()}:`;

  beforeAll(async () => {
    await client.connect();
  });
  afterAll(async () => {
    const left = await client.keys(`${prefix}*`);
    if (left.length > 0) await client.del(left);
    client.destroy();
  });

  const open = () => {
    const clock = new FrozenClock(NOW);
    return { clock, store: new RedisSessionStore(client, { prefix, clock }) };
  };

  it.each(sessionStoreConformance(open))('$title', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('lets Redis forget a session, and who it was of, when it expires', async () => {
    const { store, clock } = open();
    await store.create(digestOf(1), sessionOf(clock, 'alice'));
    for (const key of [digestOf(1), 'user:alice']) expect(await client.pTTL(prefix + key)).toBeGreaterThan(55_000);
    for (const key of [digestOf(1), 'user:alice']) expect(await client.pTTL(prefix + key)).toBeLessThanOrEqual(60_000);
    await store.touch(digestOf(1), clock.now().add({ seconds: 600 }));
    for (const key of [digestOf(1), 'user:alice']) expect(await client.pTTL(prefix + key)).toBeGreaterThan(595_000);
  });

  it('keeps nothing but the sessions that have not expired of a user who signs in again and again', async () => {
    const { store, clock } = open();
    for (let at = 10; at < 20; at++) {
      await store.create(digestOf(at), sessionOf(clock, 'bob'));
      clock.advance({ seconds: 30 });
    }
    expect(await client.zCard(`${prefix}user:bob`)).toBe(2);
  });

  it('sends one command for each step', async () => {
    const sent: string[] = [];
    const clock = new FrozenClock(NOW);
    const spy = {
      sendCommand: (command: string[]) => {
        sent.push(command[0]!);
        return client.sendCommand(command);
      },
    };
    const store = new RedisSessionStore(spy, { prefix, clock });
    await store.create(digestOf(30), sessionOf(clock, 'carol'));
    await store.load(digestOf(30));
    await store.update(digestOf(30), sessionOf(clock));
    await store.touch(digestOf(30), clock.now().add({ seconds: 90 }));
    await store.destroy(digestOf(30));
    await store.destroyAllOf('carol');
    expect(sent).toEqual(['EVAL', 'HMGET', 'EVAL', 'EVAL', 'DEL', 'EVAL']);
  });

  it('rejects where Redis does not answer', async () => {
    const store = new RedisSessionStore({ isReady: false, sendCommand: () => Promise.resolve(null) });
    await expect(store.load(digestOf(1))).rejects.toThrow('Redis is not connected.');
  });
});
