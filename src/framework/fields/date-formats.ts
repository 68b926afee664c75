import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FieldDescription, FieldOptions } from './field.js';
import type { DateTimeParts } from './text/date-time-parts.js';
import { strftime, type Show } from './text/strftime.js';
import { strptime } from './text/strptime.js';

/** Options of the fields of dates and times. */
export interface FormatOptions extends FieldOptions {
  /** How it is shown: `iso-8601`, directives of Python's strftime such as `%d/%m/%Y`, or null for the Temporal value itself. Default: the setting. */
  readonly format?: string | null;
  /** How it is read: the first format that a text has, each `iso-8601` or directives of strptime. Default: the setting. */
  readonly inputFormats?: readonly string[];
}

export const ISO_8601 = 'iso-8601';
const isIso = (format: string) => format.toLowerCase() === ISO_8601;

/** What `iso-8601` stands for in a field. */
export interface IsoFormat<T> {
  read(text: string): T | undefined;
  /** For people: `YYYY-MM-DD`. */
  readonly words: string;
  /** In a JSON schema: `date`. */
  readonly schema: string;
}

/**
 * How a field reads and writes dates or times as texts.
 * @throws ConfigurationError for a format that is none.
 */
export class DateFormats<T> {
  /** Writes a value; `iso-8601` where the field itself does, null where the value is not written at all. */
  readonly show: Show | typeof ISO_8601 | null;
  readonly #readers: readonly ((text: string) => T | DateTimeParts | undefined)[];

  /** `where` names an option for errors. */
  constructor(
    where: (option: 'format' | 'inputFormats') => string,
    format: string | null,
    private readonly inputFormats: readonly string[],
    private readonly iso: IsoFormat<T>,
  ) {
    if (!Array.isArray(inputFormats) || inputFormats.length === 0)
      throw new ConfigurationError(`${where('inputFormats')} must be a list of formats; for instance ['${ISO_8601}'].`);
    this.#readers = inputFormats.map((one) => (isIso(one) ? (text: string) => iso.read(text) : strptime(one, where('inputFormats'))));
    this.show = format === null ? null : isIso(format) ? ISO_8601 : strftime(format, where('format'));
  }

  /** What the first format that the text has makes of it; undefined for any other value. */
  read(value: unknown): T | DateTimeParts | undefined {
    if (typeof value !== 'string') return undefined;
    for (const read of this.#readers) {
      const parts = read(value);
      if (parts) return parts;
    }
    return undefined;
  }

  /** The input formats for people, as DRF's `humanize_datetime` has them: `%d/%m/%Y` is `DD/MM/YYYY`. */
  get words(): string {
    const formats = this.inputFormats.join(', ').replaceAll(ISO_8601, this.iso.words);
    return Object.entries(WORDS).reduce((text, [directive, word]) => text.replaceAll(directive, word), formats);
  }

  /** The JSON schemas of what is shown, and of what is read where that is another. */
  get schemas(): Pick<FieldDescription, 'schema' | 'inputSchema'> {
    const schemaOf = (iso: boolean) => ({ type: 'string', ...(iso && { format: this.iso.schema }) });
    const [shown, read] = [typeof this.show !== 'function', this.inputFormats.every(isIso)];
    return { schema: schemaOf(shown), ...(read !== shown && { inputSchema: schemaOf(read) }) };
  }
}

const WORDS = {
  '%Y': 'YYYY',
  '%y': 'YY',
  '%m': 'MM',
  '%b': '[Jan-Dec]',
  '%B': '[January-December]',
  '%d': 'DD',
  '%H': 'hh',
  '%I': 'hh',
  '%M': 'mm',
  '%S': 'ss',
  '%f': 'uuuuuu',
  '%a': '[Mon-Sun]',
  '%A': '[Monday-Sunday]',
  '%p': '[AM|PM]',
  '%z': '[+HHMM|-HHMM]',
};
