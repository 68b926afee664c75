import { Temporal } from 'temporal-polyfill';
import type { RedisClient } from '../internal/redis-client.js';
import { RedisCommands, type RedisCommandsOptions } from '../internal/redis-commands.js';
import { Clock } from '../settings/clock.js';
import { SessionStore, type StoredSession } from './session-store.js';

export interface RedisSessionStoreOptions extends RedisCommandsOptions {
  /** What every key begins with. Default: `session:`. On a cluster, give it a hash tag, such as `{session}:`. */
  readonly prefix?: string;
  readonly clock?: Clock;
}

/** A session is a hash; the digests of a user's sessions are a sorted set, by the moment that each expires. */
const CREATE = `
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'data', ARGV[1], 'expires', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if #KEYS == 2 then
  redis.call('HSET', KEYS[1], 'user', ARGV[4], 'fingerprint', ARGV[5])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[7])
  redis.call('ZADD', KEYS[2], ARGV[2], ARGV[6])
  if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[2], ARGV[3]) end
end`;

/** KEYS: the session. ARGV: when it expires, milliseconds until then, how its user's set begins, its digest, now, and its data where they change. */
const CHANGE = `
local expires = redis.call('HGET', KEYS[1], 'expires')
if not expires or tonumber(expires) <= tonumber(ARGV[5]) then return 0 end
redis.call('HSET', KEYS[1], 'expires', ARGV[1])
if ARGV[6] then redis.call('HSET', KEYS[1], 'data', ARGV[6]) end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local user = redis.call('HGET', KEYS[1], 'user')
if user then
  redis.call('ZADD', ARGV[3] .. user, ARGV[1], ARGV[4])
  if redis.call('PTTL', ARGV[3] .. user) < tonumber(ARGV[2]) then redis.call('PEXPIRE', ARGV[3] .. user, ARGV[2]) end
end
return 1`;

/** KEYS: the user's set. ARGV: how keys of sessions begin, and the digest to spare. */
const DESTROY_ALL = `
for _, digest in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if digest ~= ARGV[2] then
    redis.call('DEL', ARGV[1] .. digest)
    redis.call('ZREM', KEYS[1], digest)
  end
end`;

/** Keeps sessions in Redis 6.2 or later, which forgets them when they expire. Let it not evict them (`noeviction`): whose session is evicted is signed out. */
export class RedisSessionStore extends SessionStore {
  readonly #commands: RedisCommands;
  readonly #prefix: string;
  readonly #clock: Clock;

  constructor(client: RedisClient, { prefix = 'session:', clock = new Clock(), ...options }: RedisSessionStoreOptions = {}) {
    super();
    this.#commands = new RedisCommands(client, options);
    this.#prefix = prefix;
    this.#clock = clock;
  }

  async load(digest: string): Promise<StoredSession | null> {
    const reply = await this.#commands.send(['HMGET', this.#keyOf(digest), 'user', 'fingerprint', 'data', 'expires']);
    const [user, fingerprint, data, expires] = reply as readonly (string | null)[];
    if (data == null || expires == null) return null;
    const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number(expires));
    if (this.#left(expiresAt) <= 0) return null;
    return { user: user ?? null, fingerprint: fingerprint ?? null, data, expiresAt };
  }

  async create(digest: string, { user, fingerprint, data, expiresAt }: StoredSession): Promise<void> {
    const left = this.#left(expiresAt);
    if (left <= 0) return;
    const keys = [this.#keyOf(digest), ...(user === null ? [] : [this.#userKeyOf(user)])];
    const now = this.#clock.now().epochMilliseconds;
    const args = [data, expiresAt.epochMilliseconds, left, user ?? '', fingerprint ?? '', digest, now];
    await this.#run(CREATE, keys, args);
  }

  async update(digest: string, { data, expiresAt }: StoredSession): Promise<boolean> {
    return this.#change(digest, expiresAt, [data]);
  }

  async touch(digest: string, expiresAt: Temporal.Instant): Promise<boolean> {
    return this.#change(digest, expiresAt, []);
  }

  /** The digest stays in its user's set until it expires there: it leads nowhere. */
  async destroy(digest: string): Promise<void> {
    await this.#commands.send(['DEL', this.#keyOf(digest)]);
  }

  async destroyAllOf(user: string, except = ''): Promise<void> {
    await this.#run(DESTROY_ALL, [this.#userKeyOf(user)], [this.#prefix, except]);
  }

  /** Nothing to do: Redis does it. */
  async flushExpired(): Promise<void> {}

  async #change(digest: string, expiresAt: Temporal.Instant, data: readonly string[]): Promise<boolean> {
    const now = this.#clock.now().epochMilliseconds;
    const args = [expiresAt.epochMilliseconds, Math.max(1, this.#left(expiresAt)), this.#userKeyOf(''), digest, now, ...data];
    return (await this.#run(CHANGE, [this.#keyOf(digest)], args)) === 1;
  }

  #left(expiresAt: Temporal.Instant): number {
    return expiresAt.epochMilliseconds - this.#clock.now().epochMilliseconds;
  }

  #keyOf(digest: string): string {
    return this.#prefix + digest;
  }

  #userKeyOf(user: string): string {
    return `${this.#prefix}user:${user}`;
  }

  #run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    return this.#commands.send(['EVAL', script, String(keys.length), ...keys, ...args.map(String)]);
  }
}
