import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';

/** The time of day as everything in the framework knows it: inject it instead of asking the system, and tests can stop it. */
@Injectable()
export class Clock {
  now(): Temporal.Instant {
    return Temporal.Now.instant();
  }

  /** The calendar date in a time zone. */
  today(timeZone = 'UTC'): Temporal.PlainDate {
    return this.now().toZonedDateTimeISO(timeZone).toPlainDate();
  }
}
