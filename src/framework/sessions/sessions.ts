import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Temporal } from 'temporal-polyfill';
import type { FastifyReply } from 'fastify';
import { Users } from '../authentication/users.js';
import { CsrfProtection } from '../csrf/csrf-protection.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { AuthenticationFailed, ServiceUnavailable } from '../exceptions/exceptions.js';
import { readKey } from '../models/key.js';
import type { RequestUser } from '../requests/request-user.js';
import type { RestRequest } from '../requests/rest-request.js';
import { setCookie } from '../responses/cookie-settings.js';
import { varyBy } from '../responses/vary.js';
import { Clock } from '../settings/clock.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import { DatabaseSessionStore } from './database-session-store.js';
import { isSessionId, Session } from './session.js';
import type { SessionSettings } from './session-settings.js';
import { SessionStore, type StoredSession } from './session-store.js';

/** A request's session, and the cookie that its answer owes: a value, or null for one that is removed. */
interface Kept {
  readonly session: Promise<Session>;
  cookie?: string | null | undefined;
}

/** The sessions of browsers: Django's `request.session`, `login` and `logout`. */
@Injectable()
export class Sessions implements OnModuleInit {
  readonly #logger = new Logger('Sessions');
  readonly #settings: SessionSettings;
  #store?: SessionStore;
  #away = false;

  constructor(
    @Inject(RestSettingsHolder) { settings }: RestSettingsHolder,
    @Inject(DatabaseSessionStore) private readonly database: DatabaseSessionStore,
    @Inject(Users) private readonly users: Users,
    @Inject(CsrfProtection) private readonly csrf: CsrfProtection,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
  ) {
    this.#settings = settings.sessions;
  }

  /** The cookie that holds a session's id. */
  get cookieName(): string {
    return this.#settings.cookieName;
  }

  /** @throws ConfigurationError where sessions are to be kept in a database whose schema lacks their table: asked for at boot by whatever needs them. */
  check(): void {
    if (this.#settings.store === undefined) void this.database.model;
  }

  onModuleInit(): void {
    const { store: said } = this.#settings;
    if (said === undefined) return;
    const store: unknown = typeof said === 'object' ? said : this.#provided(said);
    if (store instanceof SessionStore) this.#store = store;
    else
      throw new ConfigurationError(
        `RestModule.forRoot: sessions.store is ${typeof said === 'function' ? said.name : String(said)}, which is no session store. Give a RedisSessionStore, a MemorySessionStore, another SessionStore, or the token of a provider of one.`,
      );
  }

  /** The session of a request's browser, loaded once and only where somebody asks; a new one where there is none. @throws ServiceUnavailable */
  of(request: RestRequest): Promise<Session> {
    return this.#kept(request).session;
  }

  /**
   * The user who is signed in. A session whose user is gone, inactive, or has another password than at the login, is ended.
   * @throws ServiceUnavailable
   */
  async getUser(request: RestRequest): Promise<RequestUser | null> {
    const session = await this.of(request);
    if (session.user === null) return null;
    const found = await this.#credentials(session.user);
    if (found?.user.isActive && same(found.fingerprint, session.fingerprint)) return found.user;
    session.flush();
    // The cookie stays: the browser may have signed in anew while this request was on its way, and would lose that session.
    await this.#save(session);
    return null;
  }

  /**
   * Signs a user in. The session gets another id, and nothing of what another user left in it; the CSRF token is another one, too.
   * @throws AuthenticationFailed where the user is inactive or gone.
   * @throws ServiceUnavailable
   */
  async login(request: RestRequest, user: Pick<RequestUser, 'id'>): Promise<void> {
    const key = String(user.id);
    const found = await this.#credentials(key);
    if (!found?.user.isActive) throw new AuthenticationFailed('User inactive or deleted.');
    const session = await this.of(request);
    if (session.user !== null && !(session.user === key && same(found.fingerprint, session.fingerprint))) session.flush();
    session.cycleKey();
    session.signIn(key, found.fingerprint);
    this.csrf.rotateToken(request);
    await this.save(request);
    request.user = found.user;
  }

  /** Signs out: the session is ended in the store, whoever was signed in. @throws ServiceUnavailable */
  async logout(request: RestRequest): Promise<void> {
    (await this.of(request)).flush();
    await this.save(request);
    if (request.cookies[this.cookieName] !== undefined) this.#kept(request).cookie = null;
    [request.user, request.auth] = [null, null];
  }

  /** Keeps what has changed now, and not when the request is answered: a failure is the caller's then. @throws ServiceUnavailable */
  async save(request: RestRequest): Promise<void> {
    const kept = this.#kept(request);
    const cookie = await this.#save(await kept.session);
    if (cookie !== undefined) kept.cookie = cookie;
  }

  /** Ends all sessions of a user; with a request, but for the one that it belongs to. */
  async destroyAllOf(user: Pick<RequestUser, 'id'>, except?: RestRequest): Promise<void> {
    const id = except && (await this.of(except)).id;
    await this.#ask((store) => store.destroyAllOf(String(user.id), id ? digestOf(id) : undefined));
  }

  /** Removes what has expired from the store: call it once a day where sessions are kept in the database. */
  flushExpired(): Promise<void> {
    return this.#ask((store) => store.flushExpired());
  }

  #kept(request: RestRequest): Kept {
    return request.keep(this, () => {
      const kept: Kept = { session: this.#load(request) };
      request.beforeReply((reply) => this.#beforeReply(kept, reply));
      return kept;
    });
  }

  async #load({ cookies }: RestRequest): Promise<Session> {
    const id = cookies[this.cookieName];
    const stored = isSessionId(id) ? await this.#ask((store) => store.load(digestOf(id))) : null;
    return stored ? new Session(id, stored) : new Session();
  }

  async #beforeReply(kept: Kept, reply: FastifyReply): Promise<void> {
    reply.header('Vary', varyBy(reply.getHeader('Vary'), 'Cookie'));
    const session = await kept.session.catch(() => null);
    if (!session) return;
    // What failed keeps nothing (Django).
    if (reply.statusCode < 500) {
      const saved = await this.#save(session);
      if (saved !== undefined) kept.cookie = saved;
      else if (kept.cookie === undefined) kept.cookie = await this.#touch(session);
    }
    if (kept.cookie === undefined) return;
    const settings = this.#settings.expireAtBrowserClose ? { ...this.#settings, cookieAge: null } : this.#settings;
    setCookie(reply, settings, kept.cookie, this.clock.now().epochMilliseconds);
  }

  /** The cookie that the browser must be told of; null for none; undefined where it stays as it is. */
  async #save(session: Session): Promise<string | null | undefined> {
    const { obsolete, changed } = session.takeChanges();
    if (obsolete !== null) await this.#ask((store) => store.destroy(digestOf(obsolete)));
    if (!changed) return undefined;
    const { id } = session;
    if (session.isEmpty) {
      if (id !== null) await this.#ask((store) => store.destroy(digestOf(id)));
      return id !== null || obsolete !== null ? null : undefined;
    }
    if (id !== null) {
      const isThere = await this.#ask((store) => store.update(digestOf(id), this.#stored(session)));
      return isThere ? id : undefined;
    }
    const drawn = session.drawId();
    await this.#ask((store) => store.create(digestOf(drawn), this.#stored(session)));
    return drawn;
  }

  async #touch({ id }: Session): Promise<string | undefined> {
    if (id === null || !this.#settings.saveEveryRequest) return undefined;
    return (await this.#ask((store) => store.touch(digestOf(id), this.#expiry()))) ? id : undefined;
  }

  #stored({ user, fingerprint, data }: Session): StoredSession {
    return { user, fingerprint, data, expiresAt: this.#expiry() };
  }

  #expiry(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.clock.now().epochMilliseconds + this.#settings.cookieAge * 1000);
  }

  async #credentials(key: string) {
    const { model, keyField } = this.users.model;
    const field = model.fields[keyField];
    const reading = field && readKey(field, key);
    return reading?.kind === 'key' ? this.users.findCredentials(reading.value) : null;
  }

  /** Closed while the store is away: signed in users are told to come back, and not that they are nobody. */
  async #ask<T>(run: (store: SessionStore) => Promise<T>): Promise<T> {
    try {
      const answer = await run(this.#store ?? this.database);
      this.#away = false;
      return answer;
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      if (!this.#away) this.#logger.error(`The session store does not answer. ${error instanceof Error ? error.stack : String(error)}`);
      this.#away = true;
      throw new ServiceUnavailable();
    }
  }

  /** What a provider of any module has made. */
  #provided(token: Exclude<SessionSettings['store'], SessionStore | undefined>): unknown {
    try {
      return this.moduleRef.get(token, { strict: false });
    } catch {
      return undefined;
    }
  }
}

const digestOf = (id: string) => createHash('sha256').update(id).digest('hex');

function same(one: string, other: string | null): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other ?? '')];
  return a.length === b.length && timingSafeEqual(a, b);
}
