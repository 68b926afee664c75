import { Temporal } from 'temporal-polyfill';
import { Clock } from '../settings/clock.js';
import { SessionStore, type StoredSession } from './session-store.js';

export interface MemorySessionStoreOptions {
  readonly clock?: Clock;
  /** The most sessions that are kept. Past it, the one that was changed longest ago is forgotten. Default: 10,000. */
  readonly maxSessions?: number;
}

/** Keeps sessions in the memory of one process: for tests and development. A restart signs everybody out. */
export class MemorySessionStore extends SessionStore {
  readonly #clock: Clock;
  readonly #maxSessions: number;
  /** In the order that they were changed: the first is the one to forget. */
  readonly #sessions = new Map<string, StoredSession>();

  constructor({ clock = new Clock(), maxSessions = 10_000 }: MemorySessionStoreOptions = {}) {
    super();
    this.#clock = clock;
    this.#maxSessions = maxSessions;
  }

  /** How many sessions there are, expired ones too. */
  get size(): number {
    return this.#sessions.size;
  }

  async load(digest: string): Promise<StoredSession | null> {
    return this.#find(digest);
  }

  async create(digest: string, session: StoredSession): Promise<void> {
    this.#keep(digest, session);
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= this.#maxSessions) return;
      this.#sessions.delete(oldest);
    }
  }

  async update(digest: string, { data, expiresAt }: StoredSession): Promise<boolean> {
    return this.#change(digest, { data, expiresAt });
  }

  async touch(digest: string, expiresAt: Temporal.Instant): Promise<boolean> {
    return this.#change(digest, { expiresAt });
  }

  async destroy(digest: string): Promise<void> {
    this.#sessions.delete(digest);
  }

  async destroyAllOf(user: string, except?: string): Promise<void> {
    for (const [digest, session] of this.#sessions) if (session.user === user && digest !== except) this.#sessions.delete(digest);
  }

  async flushExpired(): Promise<void> {
    for (const digest of this.#sessions.keys()) this.#find(digest);
  }

  #find(digest: string): StoredSession | null {
    const session = this.#sessions.get(digest);
    if (!session) return null;
    if (Temporal.Instant.compare(session.expiresAt, this.#clock.now()) > 0) return session;
    this.#sessions.delete(digest);
    return null;
  }

  #change(digest: string, changes: Partial<StoredSession>): boolean {
    const session = this.#find(digest);
    if (!session) return false;
    this.#keep(digest, { ...session, ...changes });
    return true;
  }

  #keep(digest: string, session: StoredSession): void {
    this.#sessions.delete(digest);
    this.#sessions.set(digest, session);
  }
}
