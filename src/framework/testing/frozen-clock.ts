import { Temporal } from 'temporal-polyfill';
import { Clock } from '../settings/clock.js';

/** A clock that stands still until it is moved: provide it in place of `Clock`. */
export class FrozenClock extends Clock {
  #now: Temporal.Instant;

  constructor(now: string | Temporal.Instant) {
    super();
    this.#now = Temporal.Instant.from(now);
  }

  override now(): Temporal.Instant {
    return this.#now;
  }

  /** Moves it on: `{ seconds: 30 }`. */
  advance(duration: Temporal.DurationLike): void {
    this.#now = this.#now.add(duration);
  }
}
