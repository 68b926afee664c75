import { strict as assert } from 'node:assert';
import { createHash, randomUUID } from 'node:crypto';
import { MAX_SESSION_BYTES, type SessionStore, type StoredSession } from '../sessions/session-store.js';
import type { ConformanceCase } from './conformance-case.js';
import type { FrozenClock } from './frozen-clock.js';

/** A store to be tested. */
export interface OpenedSessionStore {
  readonly store: SessionStore;
  /** The clock that it was made with. */
  readonly clock: FrozenClock;
  /** The keys of two users that the store may be asked about. Default: of nobody. */
  readonly users?: readonly [string, string];
  close?(): Promise<void> | void;
}

interface Bench extends OpenedSessionStore {
  readonly users: readonly [string, string];
  /** A digest that no other case has. */
  digest(): string;
  /** A session that expires in so many seconds. */
  session(seconds: number, changes?: Partial<StoredSession>): StoredSession;
}

const CASES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  async 'has nothing under a digest that it was never given'({ store, digest, session }) {
    const unknown = digest();
    assert.equal(await store.load(unknown), null);
    assert.equal(await store.update(unknown, session(60)), false);
    assert.equal(await store.touch(unknown, session(60).expiresAt), false);
    await store.destroy(unknown);
    assert.equal(await store.load(unknown), null);
  },
  async 'keeps a session as it was given, of nobody and of a user'({ store, digest, session, users }) {
    for (const given of [session(60), session(60, { user: users[0], fingerprint: 'f'.repeat(64) })]) {
      const one = digest();
      await store.create(one, given);
      assertSame(await store.load(one), given);
    }
  },
  async 'keeps any text of JSON, up to the maximum'({ store, digest, session }) {
    for (const value of ['\0\r\n', '\ud800', 'ä€😀', "');--", '__proto__', 'x'.repeat(MAX_SESSION_BYTES - 8)]) {
      const one = digest();
      const given = session(60, { data: JSON.stringify({ a: value }) });
      await store.create(one, given);
      assertSame(await store.load(one), given);
    }
  },
  async 'replaces data and expiry, and never the user'({ store, digest, session, users }) {
    const one = digest();
    const given = session(60, { user: users[0], fingerprint: 'f'.repeat(64) });
    await store.create(one, given);
    const changed = session(90, { data: '{"b":2}', user: users[1], fingerprint: '0'.repeat(64) });
    assert.equal(await store.update(one, changed), true);
    assertSame(await store.load(one), { ...changed, user: given.user, fingerprint: given.fingerprint });
  },
  async 'replaces the expiry alone'({ store, clock, digest, session }) {
    const one = digest();
    await store.create(one, session(60, { data: '{"a":1}' }));
    const later = clock.now().add({ seconds: 120 });
    assert.equal(await store.touch(one, later), true);
    assertSame(await store.load(one), session(120, { data: '{"a":1}' }));
    clock.advance({ seconds: 119 });
    assert.notEqual(await store.load(one), null);
  },
  async 'forgets a session when it expires, and not before'({ store, clock, digest, session }) {
    const one = digest();
    await store.create(one, session(60));
    clock.advance({ milliseconds: 59_999 });
    assert.notEqual(await store.load(one), null);
    clock.advance({ milliseconds: 1 });
    assert.equal(await store.load(one), null);
    assert.equal(await store.update(one, session(60)), false);
    assert.equal(await store.touch(one, session(60).expiresAt), false);
    assert.equal(await store.load(one), null);
  },
  async 'destroys a session for good'({ store, digest, session }) {
    const [one, other] = [digest(), digest()];
    await store.create(one, session(60));
    await store.create(other, session(60));
    await store.destroy(one);
    assert.equal(await store.load(one), null);
    assert.equal(await store.update(one, session(60)), false);
    assert.equal(await store.touch(one, session(60).expiresAt), false);
    assert.equal(await store.load(one), null);
    assert.notEqual(await store.load(other), null);
  },
  async 'is not brought back by changes at the same time as its end'({ store, digest, session }) {
    const all = Array.from({ length: 20 }, digest);
    await Promise.all(all.map((one) => store.create(one, session(60))));
    await Promise.all(all.flatMap((one) => [store.update(one, session(60)), store.destroy(one), store.update(one, session(60))]));
    assert.deepEqual(
      await Promise.all(all.map((one) => store.load(one))),
      all.map(() => null),
    );
  },
  async "ends all of a user's sessions, nobody else's, and spares one where told"({ store, digest, session, users: [user, other] }) {
    const [first, second, spared, others, anonymous] = [digest(), digest(), digest(), digest(), digest()];
    for (const one of [first, second, spared]) await store.create(one, session(60, { user, fingerprint: 'f'.repeat(64) }));
    await store.create(others, session(60, { user: other, fingerprint: 'f'.repeat(64) }));
    await store.create(anonymous, session(60));
    await store.destroyAllOf(user, spared);
    const left = async () => Promise.all([first, second, spared, others, anonymous].map(async (one) => (await store.load(one)) !== null));
    assert.deepEqual(await left(), [false, false, true, true, true]);
    await store.destroyAllOf(user);
    assert.deepEqual(await left(), [false, false, false, true, true]);
    await store.destroyAllOf(user);
  },
  async "ends a user's session whose expiry was moved, too"({ store, clock, digest, session, users: [user] }) {
    const [old, next] = [digest(), digest()];
    await store.create(old, session(60, { user, fingerprint: 'f'.repeat(64) }));
    await store.touch(old, session(600).expiresAt);
    clock.advance({ seconds: 120 });
    await store.create(next, session(60, { user, fingerprint: 'f'.repeat(64) }));
    await store.destroyAllOf(user);
    assert.deepEqual([await store.load(old), await store.load(next)], [null, null]);
  },
  async 'removes what has expired and nothing else'({ store, clock, digest, session }) {
    const [short, long] = [digest(), digest()];
    await store.create(short, session(60));
    await store.create(long, session(120));
    clock.advance({ seconds: 60 });
    await store.flushExpired();
    assert.equal(await store.load(short), null);
    assert.notEqual(await store.load(long), null);
  },
};

/**
 * What every session store must do, as cases for any test runner. Each opens a store of its own and closes it; the digests are new each time, so that a
 * server can be shared.
 *
 * @example
 * const open = () => {
 *   const clock = new FrozenClock('2026-01-01T00:00:00Z');
 *   return { clock, store: new MemorySessionStore({ clock }) };
 * };
 * for (const { title, run } of sessionStoreConformance(open)) it(title, run);
 */
export function sessionStoreConformance(open: () => Promise<OpenedSessionStore> | OpenedSessionStore): readonly ConformanceCase[] {
  return Object.entries(CASES).map(([title, run]) => ({
    title,
    async run() {
      const opened = await open();
      try {
        await run(benchOf(opened));
      } finally {
        await opened.close?.();
      }
    },
  }));
}

function benchOf({ store, clock, users = [`${randomUUID()}`, `${randomUUID()}`] }: OpenedSessionStore): Bench {
  return {
    store,
    clock,
    users,
    digest: () => createHash('sha256').update(randomUUID()).digest('hex'),
    session: (seconds, changes = {}) => ({ user: null, fingerprint: null, data: '{}', expiresAt: clock.now().add({ seconds }), ...changes }),
  };
}

function assertSame(actual: StoredSession | null, expected: StoredSession): void {
  const shown = (session: StoredSession) => ({ ...session, expiresAt: session.expiresAt.epochMilliseconds });
  assert.deepEqual(actual && shown(actual), shown(expected));
}
