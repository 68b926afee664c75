import type { Temporal } from 'temporal-polyfill';

/** A session as a store keeps it. */
export interface StoredSession {
  /** The key of the user who is signed in, as text; null where nobody is. */
  readonly user: string | null;
  /** The fingerprint of that user's password at the login. */
  readonly fingerprint: string | null;
  /** JSON, of at most `MAX_SESSION_BYTES`. */
  readonly data: string;
  /** In whole milliseconds. */
  readonly expiresAt: Temporal.Instant;
}

/** The most bytes of JSON that a session holds. */
export const MAX_SESSION_BYTES = 65_536;

/**
 * Where sessions are kept. Each method is one atomic step. A store knows a session by the SHA-256 of its id, in hexadecimal digits, and never learns the id.
 *
 * Derive from it for a store of your own, and let it pass `sessionStoreConformance` of `nest-rest-framework/testing`. A method rejects where the store
 * does not answer: the request is refused with 503 then, and nobody is signed out.
 */
export abstract class SessionStore {
  /** Null for one that there is not, or that has expired. */
  abstract load(digest: string): Promise<StoredSession | null>;

  /** Keeps a new session until it expires. */
  abstract create(digest: string, session: StoredSession): Promise<void>;

  /** Replaces the data and the expiry of a session. False where it is gone, which it stays: a request that began before a logout must not undo it. */
  abstract update(digest: string, session: StoredSession): Promise<boolean>;

  /** Replaces the expiry alone. False where the session is gone. */
  abstract touch(digest: string, expiresAt: Temporal.Instant): Promise<boolean>;

  /** Minds no session that is not there. */
  abstract destroy(digest: string): Promise<void>;

  /** Ends all sessions of a user, but for the one of `except`. */
  abstract destroyAllOf(user: string, except?: string): Promise<void>;

  /** Removes what has expired, where the store does not by itself: Django's `clearsessions`. */
  abstract flushExpired(): Promise<void>;
}
