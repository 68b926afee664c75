import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FileSettings } from '../files/file-settings.js';
import { DateFormats } from './date-formats.js';
import { checkTimeZone } from './time-zone.js';

/** The settings that fields look at, once, when their serializer is compiled. */
export interface FieldSettings extends FileSettings {
  /** The zone of moments that are sent without one, and in which moments are shown: an IANA name (TIME_ZONE). Default: UTC. */
  readonly timeZone: string;
  /** How moments are shown: `iso-8601`, directives of Python's strftime, or null for the Temporal value itself (DATETIME_FORMAT). */
  readonly datetimeFormat: string | null;
  /** How moments are read: the first format that a text has, each `iso-8601` or directives of strptime (DATETIME_INPUT_FORMATS). */
  readonly datetimeInputFormats: readonly string[];
  readonly dateFormat: string | null;
  readonly dateInputFormats: readonly string[];
  readonly timeFormat: string | null;
  readonly timeInputFormats: readonly string[];
  /** How lengths of time are shown: `1 02:00:03` (django), `P1DT02H00M03S` (iso-8601), or null for the Temporal value itself (DURATION_FORMAT). */
  readonly durationFormat: DurationFormat;
  /** Whether decimals are shown as texts, which keep every digit (COERCE_DECIMAL_TO_STRING). Default: true. */
  readonly coerceDecimalToString: boolean;
  /** Whether big integers are shown as texts, which JavaScript's own JSON reads exactly (COERCE_BIGINT_TO_STRING). Default: false. */
  readonly coerceBigIntToString: boolean;
}

export type DurationFormat = 'django' | 'iso-8601' | null;

const ISO: readonly string[] = Object.freeze(['iso-8601']);

/** DRF's defaults. */
export const DEFAULT_FIELD_SETTINGS: FieldSettings = Object.freeze({
  timeZone: 'UTC',
  datetimeFormat: 'iso-8601',
  datetimeInputFormats: ISO,
  dateFormat: 'iso-8601',
  dateInputFormats: ISO,
  timeFormat: 'iso-8601',
  timeInputFormats: ISO,
  durationFormat: 'django',
  coerceDecimalToString: true,
  coerceBigIntToString: false,
  uploadedFilesUseUrl: true,
});

/** @throws ConfigurationError for a format or zone that is none. */
export function checkFieldSettings(owner: string, settings: FieldSettings): void {
  checkTimeZone(`${owner}: timeZone`, settings.timeZone);
  for (const name of ['datetime', 'date', 'time'] as const) {
    const where = (option: string) => `${owner}: ${name}${option.charAt(0).toUpperCase()}${option.slice(1)}`;
    new DateFormats(where, settings[`${name}Format`], settings[`${name}InputFormats`], { read: () => undefined, words: '', schema: '' });
  }
  checkDurationFormat(`${owner}: durationFormat`, settings.durationFormat);
}

export function checkDurationFormat(where: string, format: unknown): void {
  if (format !== null && format !== 'django' && format !== 'iso-8601')
    throw new ConfigurationError(`${where} is ${String(format)}; use 'django', 'iso-8601' or null.`);
}
