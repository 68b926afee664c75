import { Temporal } from 'temporal-polyfill';
import { ConfigurationError } from '../exceptions/configuration-error.js';

/** @throws ConfigurationError for what is no time zone. */
export function checkTimeZone(where: string, zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw new ConfigurationError(`${where} is '${zone}', which is no time zone; use an IANA name such as 'Europe/London'.`);
  }
}
