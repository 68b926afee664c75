import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Throttled } from '../exceptions/exceptions.js';
import { clientAddress } from '../requests/client-address.js';
import type { RequestUser } from '../requests/request-user.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Clock } from '../settings/clock.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import { MemoryThrottleStorage } from '../throttling/memory-throttle-storage.js';
import { parseRates, ratesOf, throttleKey, type Rate, type RateLimit, type RateSetting } from '../throttling/rate.js';
import { ThrottleCounter } from '../throttling/throttle-counter.js';
import type { Counted } from '../throttling/throttle-storage.js';
import { LoginQueue } from './login-queue.js';
import { Users } from './users.js';

/** How many wrong passwords are verified before the next attempt waits; null for no limit. */
export interface LoginRates {
  /** Of one username, whether there is such a user or not. Default: `10/minute`. */
  readonly account: RateSetting;
  /** Of one client address. Default: `50/minute`. */
  readonly address: RateSetting;
}

/** The longest part of a username that is told from another. */
const LONGEST_NAME = 512;

/**
 * Signing in with a username and a password: everything that asks for passwords asks here, so that they are not guessed. `Users.verify` alone does not count.
 *
 * An attempt takes its place before any hash is computed and a right password gives it back: a hundred attempts at once verify no more than the limit.
 * A right password does not clear what wrong ones have counted, or an account of one's own would pay for guessing at others.
 */
@Injectable()
export class Logins implements OnModuleInit {
  readonly #users: Users;
  readonly #counter: ThrottleCounter;
  readonly #local: MemoryThrottleStorage;
  readonly #queue = new LoginQueue();
  readonly #numProxies: number;
  readonly #account: readonly RateLimit[];
  readonly #address: readonly RateLimit[];

  constructor(
    @Inject(Users) users: Users,
    @Inject(ThrottleCounter) counter: ThrottleCounter,
    @Inject(Clock) clock: Clock,
    @Inject(RestSettingsHolder) { settings }: RestSettingsHolder,
  ) {
    this.#users = users;
    this.#counter = counter;
    this.#local = new MemoryThrottleStorage({ clock });
    this.#numProxies = settings.numProxies;
    this.#account = parseRates(settings.loginRates.account, 'loginRates.account');
    this.#address = parseRates(settings.loginRates.address, 'loginRates.address');
  }

  /** Fails at boot where there is no user model. @throws ConfigurationError */
  get users(): Users {
    void this.#users.model;
    return this.#users;
  }

  /**
   * The active user of this name and password; null for every reason not to let somebody in, after the same work.
   * @throws Throttled after too many wrong passwords of the account or of the client's address; ServiceUnavailable while they cannot be counted.
   */
  async signIn(request: RestRequest, username: string, password: string): Promise<RequestUser | null> {
    const rates = [
      ...ratesOf(throttleKey('login_account', accountOf(username)), 'login-account', this.#account),
      ...ratesOf(throttleKey('login_address', clientAddress(request, this.#numProxies)), 'login-address', this.#address),
    ];
    if (rates.length === 0) return this.#users.verify(username, password);
    const keys = rates.map(({ key }) => key);
    const counted = await this.#takePlace(rates);
    let isWrong = false;
    try {
      const user = await this.#users.verify(username, password);
      isWrong = user === null;
      return user;
    } finally {
      if (!isWrong) await this.#giveBack(counted);
      this.#queue.end(keys, !isWrong);
    }
  }

  onModuleInit(): void {
    if (this.#counter.isForeign && this.#account.length + this.#address.length > 0)
      new Logger('Authentication').warn(
        'The throttle storage takes nothing back, so wrong passwords are counted in this process alone. Use a RedisThrottleStorage for several processes.',
      );
  }

  async #takePlace(rates: readonly Rate[]): Promise<Counted> {
    for (;;) {
      const counted = this.#counter.isForeign
        ? await this.#local.consume(rates, 1)
        : await this.#counter.consume(rates, { whenStorageFails: 'refuse' });
      if (counted.accepted) {
        this.#queue.begin(rates.map(({ key }) => key));
        return counted;
      }
      await this.#giveBack(counted);
      const full = counted.rates.filter(({ accepted }) => !accepted);
      const room = full.map(({ rate }) => this.#queue.room(rate.key));
      if (room.includes(null)) throw new Throttled(Math.max(...full.map(({ wait, rate }) => wait ?? rate.duration)));
      await room[0];
    }
  }

  #giveBack(counted: Counted): Promise<void> {
    return this.#counter.isForeign ? this.#local.refund(counted) : this.#counter.refund(counted);
  }
}

/** One text for all spellings of a username, which tells nothing of it: names are compared more strictly than they are counted. */
function accountOf(username: string): string {
  const name = username.slice(0, LONGEST_NAME).normalize('NFKC').trim().toLowerCase();
  return createHash('sha256').update(name).digest('base64url');
}
