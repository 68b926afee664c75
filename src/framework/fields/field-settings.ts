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
  /** What is told of a list of related rows: the first element that is wrong, as DRF does, or each by its index. */
  readonly manyRelatedErrors: 'first' | 'all';
  /** How many rows a form or a document offers for a relation (HTML_SELECT_CUTOFF). Default: 1,000. */
  readonly htmlSelectCutoff: number;
  /** What it says where there are more; `{count}` is the cutoff (HTML_SELECT_CUTOFF_TEXT). */
  readonly htmlSelectCutoffText: string;
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
  manyRelatedErrors: 'first',
  htmlSelectCutoff: 1_000,
  htmlSelectCutoffText: 'More than {count} items...',
});

/** @throws ConfigurationError for a format or zone that is none. */
export function checkFieldSettings(owner: string, settings: FieldSettings): void {
  checkTimeZone(`${owner}: timeZone`, settings.timeZone);
  for (const name of ['datetime', 'date', 'time'] as const) {
    const where = (option: string) => `${owner}: ${name}${option.charAt(0).toUpperCase()}${option.slice(1)}`;
    new DateFormats(where, settings[`${name}Format`], settings[`${name}InputFormats`], { read: () => undefined, words: '', schema: '' });
  }
  checkDurationFormat(`${owner}: durationFormat`, settings.durationFormat);
  const { manyRelatedErrors, htmlSelectCutoff } = settings;
  if (!['first', 'all'].includes(manyRelatedErrors))
    throw new ConfigurationError(`${owner}: manyRelatedErrors is ${manyRelatedErrors}; use 'first' or 'all'.`);
  if (!Number.isSafeInteger(htmlSelectCutoff) || htmlSelectCutoff < 0)
    throw new ConfigurationError(`${owner}: htmlSelectCutoff is ${htmlSelectCutoff}; give a whole number from 0.`);
}

export function checkDurationFormat(where: string, format: unknown): void {
  if (format !== null && format !== 'django' && format !== 'iso-8601')
    throw new ConfigurationError(`${where} is ${String(format)}; use 'django', 'iso-8601' or null.`);
}
