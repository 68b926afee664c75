import { randomBytes } from 'node:crypto';
import { PayloadTooLarge } from '../exceptions/exceptions.js';
import type { JsonValue } from '../models/json-value.js';
import { MAX_SESSION_BYTES, type StoredSession } from './session-store.js';

const ID_BYTES = 32;
const ID = /^[A-Za-z0-9_-]{43}$/;

/** Whether a text looks like the id of a session: nothing else is looked up. */
export const isSessionId = (text: string | undefined): text is string => text !== undefined && ID.test(text);

/**
 * What is known of a browser from one request to the next: JSON by name, and who is signed in. Changes are kept when the request is answered; two requests
 * that change one session at the same time keep what the last of them says.
 *
 * A browser has no session, and no cookie, before something is set.
 */
export class Session {
  /** JSON, so that a value that somebody changes in place is not half changed. */
  readonly #values: Map<string, string>;
  #size: number;
  #id: string | null;
  #obsolete: string | null = null;
  #user: string | null;
  #fingerprint: string | null;
  #changed = false;

  constructor(id: string | null = null, stored?: StoredSession) {
    this.#id = stored ? id : null;
    this.#user = stored?.user ?? null;
    this.#fingerprint = stored?.fingerprint ?? null;
    this.#values = stored ? parse(stored.data) : new Map();
    this.#size = [...this.#values].reduce((sum, [name, value]) => sum + sizeOf(name, value), 2);
  }

  /** The key of the user who is signed in, as text. */
  get user(): string | null {
    return this.#user;
  }

  /** The fingerprint of the user's password at the login. */
  get fingerprint(): string | null {
    return this.#fingerprint;
  }

  /** Whether it holds nothing and nobody is signed in: such a session is not kept. */
  get isEmpty(): boolean {
    return this.#user === null && this.#values.size === 0;
  }

  get(name: string): JsonValue | undefined {
    const value = this.#values.get(name);
    return value === undefined ? undefined : (JSON.parse(value) as JsonValue);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  /**
   * @throws PayloadTooLarge where it would hold more than 64 KiB of JSON.
   * @throws TypeError for what JSON cannot say.
   */
  set(name: string, value: JsonValue): void {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw new TypeError(`session.set: ${name} is no JSON value.`);
    const before = this.#values.get(name);
    const size = this.#size + sizeOf(name, text) - (before === undefined ? 0 : sizeOf(name, before));
    if (size > MAX_SESSION_BYTES) throw new PayloadTooLarge();
    this.#values.set(name, text);
    this.#size = size;
    this.#changed = true;
  }

  delete(name: string): void {
    const value = this.#values.get(name);
    if (value === undefined) return;
    this.#values.delete(name);
    this.#size -= sizeOf(name, value);
    this.#changed = true;
  }

  /** Gives it another id: whoever knows the old one has nothing of it. `Sessions.login` does this. */
  cycleKey(): void {
    this.#obsolete ??= this.#id;
    this.#id = null;
    this.#changed = true;
  }

  /** Forgets all of it, who is signed in too, and ends it in the store. */
  flush(): void {
    this.#values.clear();
    this.#size = 2;
    this.#user = null;
    this.#fingerprint = null;
    this.cycleKey();
  }

  /** Says who is signed in: `Sessions.login` is what to call. */
  signIn(user: string, fingerprint: string): void {
    this.#user = user;
    this.#fingerprint = fingerprint;
    this.#changed = true;
  }

  /** The id that the store knows it by: null for one that is not there yet. */
  get id(): string | null {
    return this.#id;
  }

  /** What there is to be kept: the id of a session to end, and whether this one changed. It is told once. */
  takeChanges(): { readonly obsolete: string | null; readonly changed: boolean } {
    const taken = { obsolete: this.#obsolete, changed: this.#changed };
    this.#obsolete = null;
    this.#changed = false;
    return taken;
  }

  /** Draws the id of a session that is new. */
  drawId(): string {
    return (this.#id = randomBytes(ID_BYTES).toString('base64url'));
  }

  get data(): string {
    return `{${[...this.#values].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
  }
}

const sizeOf = (name: string, value: string) => Buffer.byteLength(JSON.stringify(name)) + Buffer.byteLength(value) + 2;

function parse(data: string): Map<string, string> {
  const values = JSON.parse(data) as Readonly<Record<string, JsonValue>>;
  return new Map(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
}
