import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { MessageParams } from '../messages/message.js';
import type { Where } from '../plan/where.js';
import type { Lookup, LookupAnswer } from '../plan/lookup.js';
import type { RestRequest } from '../requests/rest-request.js';
import { arityOf, type LookupName } from './lookup-names.js';

export interface FilterOptions<T = never, Path extends string = string, L extends string = LookupName> {
  /** The parameter's name on the wire, as it is. Default: the property's name, translated. */
  readonly name?: string;
  /** The path of the field to compare: `price`, `author__name`. Default: the property's name. */
  readonly field?: Path;
  /** How to compare. Default: `exact`. */
  readonly lookup?: L;
  /** Leaves out what matches. */
  readonly exclude?: boolean;
  /** Whether the parameter must be given. Default: false. */
  readonly required?: boolean;
  /** The filter set's method that makes the condition: `(value, request) => Where`. */
  readonly method?: string;
  /** The same as a function. */
  readonly where?: (value: T, request: RestRequest) => Where;
  /** What the parameter is for, in documents. */
  readonly helpText?: string;
}

/** What a filter asks of the database before its value is known to be right. */
export interface FilterQuestion {
  readonly lookup: Lookup;
  /** @throws ValidationError where the answer says that the value is wrong. */
  readonly settle: (answer: LookupAnswer) => void;
}

/** What kind of value a filter reads; `other` for kinds of an application's own, which boot does not hold against the column. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'moment' | 'time' | 'uuid' | 'choice' | 'key' | 'other';

/** The most values that one parameter may list. */
export const MAX_VALUES = 100;
/** What `fail` says of more. */
export const TOO_MANY_VALUES = ['At most {limit} values are allowed.', 'max_values', { limit: MAX_VALUES }] as const;

/**
 * One query parameter of a filter set: how its text is read. It keeps no state of a request.
 *
 * For a kind of your own derive from this class: `clean` reads one value, `schema` describes it.
 */
export abstract class Filter<T = unknown, Path extends string = never> {
  /** Types alone: never set. */
  declare readonly $value?: T;
  declare readonly $path?: Path;
  readonly kind: ValueKind = 'other';
  readonly options: FilterOptions;
  readonly lookup: LookupName;

  constructor(options: FilterOptions) {
    this.options = options;
    this.lookup = options.lookup ?? 'exact';
  }

  /**
   * The value of a text, which may be empty; null where it is none.
   * @throws ValidationError through `this.fail`; never anything else, whatever text it is given.
   */
  abstract clean(text: string): unknown;

  /** The JSON schema of one value. */
  abstract schema(): Readonly<Record<string, unknown>>;

  /**
   * The value of a parameter's texts, of which the last one counts; undefined where there is nothing to filter by.
   * @throws ValidationError for a text that makes no sense.
   */
  read(texts: readonly string[]): unknown {
    const text = texts.at(-1) ?? '';
    const arity = arityOf(this.lookup);
    if (arity === 'one') {
      const value = this.clean(text);
      return value === null || value === '' ? undefined : value;
    }
    if (text === '') return undefined;
    const parts = text.split(',', MAX_VALUES + 1);
    if (parts.length > MAX_VALUES) this.fail(...TOO_MANY_VALUES);
    const values = parts.map((part) => this.clean(part));
    if (arity === 'two' && values.length !== 2) this.fail('Range query expects two values.', 'invalid_values');
    return values;
  }

  /** What must be asked of the database about a value; undefined where it is right as it is. */
  ask(_value: unknown): FilterQuestion | undefined {
    return undefined;
  }

  /** Throws a message, what `params` holds in place of its `{placeholders}`. */
  fail(template: string, code = 'invalid', params: MessageParams = {}): never {
    throw new ValidationError([errorDetail(template, code, params)]);
  }
}

/** A filter whatever it reads and compares. */
export type AnyFilter = Filter<unknown, string>;

/** @throws ValidationError for a NUL, which no database text holds. */
export function refuseNul(filter: AnyFilter, text: string): void {
  if (text.includes('\0')) filter.fail('Null characters are not allowed.', 'null_characters_not_allowed');
}
