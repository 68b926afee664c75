import { Decimal } from 'decimal.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { RawNumber } from '../parsers/raw-number.js';
import { BOUND_MESSAGES, bounds, type Bounds } from '../validators/bounds.js';
import { DEFAULT_FIELD_SETTINGS, type FieldSettings } from './field-settings.js';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import { isTooLong, readDecimal, type DecimalText } from './text/numbers.js';
import { strip } from './text/python.js';

export interface DecimalOptions extends FieldOptions, Bounds<number | string | Decimal> {
  /** The most digits in total, zeros at the end too: `1234567.00` has nine. Null for as many as there are, up to a thousand. */
  readonly maxDigits: number | null;
  /** The most digits after the point, and as many as are shown. Null for as many as there are. */
  readonly decimalPlaces: number | null;
  /** Whether it is shown as a text, which keeps every digit. Default: the setting `coerceDecimalToString`. */
  readonly coerceToString?: boolean;
  /** Whether zeros at the end of the fraction are left out of what is shown. Default: false. */
  readonly normalizeOutput?: boolean;
  /** How a value with more places than `decimalPlaces` is shown. Default: `Decimal.ROUND_HALF_EVEN`. */
  readonly rounding?: Decimal.Rounding;
}

const MOST_DIGITS = 1_000;

/**
 * A decimal, exact (FLD-13): a Decimal of decimal.js in the application, a text such as `"12.30"` in JSON. Numbers of JSON are read by their digits.
 *
 * Codes: `invalid`, `max_digits`, `max_decimal_places`, `max_whole_digits`, `max_value`, `min_value`, `max_string_length`.
 * An empty text is null where null is allowed.
 */
export class DecimalField extends Field<Decimal, Decimal | null> {
  declare readonly options: DecimalOptions;
  #asText: boolean;

  constructor(options: DecimalOptions) {
    const { maxDigits, decimalPlaces } = options ?? {};
    if (!isCount(maxDigits) || !isCount(decimalPlaces) || (decimalPlaces ?? 0) > (maxDigits ?? MOST_DIGITS) || (maxDigits ?? 0) > MOST_DIGITS) {
      throw new ConfigurationError(
        `DecimalField: maxDigits (${maxDigits}) and decimalPlaces (${decimalPlaces}) must be null or integers, 0 <= decimalPlaces <= maxDigits <= ${MOST_DIGITS}.`,
      );
    }
    super(
      options,
      {
        invalid: 'A valid number is required.',
        max_digits: 'Ensure that there are no more than {max_digits} digits in total.',
        max_decimal_places: 'Ensure that there are no more than {max_decimal_places} decimal places.',
        max_whole_digits: 'Ensure that there are no more than {max_whole_digits} digits before the decimal point.',
        max_string_length: 'String value too large.',
        ...BOUND_MESSAGES,
      },
      bounds<Decimal, Decimal.Value>('DecimalField', options, (value, bound) => new Decimal(value).cmp(bound)),
    );
    this.#asText = options.coerceToString ?? DEFAULT_FIELD_SETTINGS.coerceDecimalToString;
  }

  override useSettings({ coerceDecimalToString }: FieldSettings): void {
    this.#asText = this.options.coerceToString ?? coerceDecimalToString;
  }

  toInternalValue(value: unknown): Decimal | null {
    const isNumber = typeof value === 'number' || typeof value === 'bigint' || value instanceof RawNumber || value instanceof Decimal;
    if (typeof value !== 'string' && !isNumber) this.fail('invalid');
    // Python reads `1e400` as infinity.
    if (value instanceof RawNumber && !value.isInteger && !Number.isFinite(Number(value.text))) this.fail('invalid');
    const text = strip(String(value));
    if (text === '' && this.options.allowNull) return null;
    if (isTooLong(text)) this.fail('max_string_length');
    const decimal = readDecimal(text) ?? this.fail('invalid');
    this.#checkPrecision(decimal);
    return new Decimal(`${decimal.negative ? '-' : ''}${decimal.digits}e${decimal.exponent}`);
  }

  /** A text of a row is shown as the decimal it writes. */
  override toRepresentation(value: Decimal | Decimal.Value): string | number {
    const { decimalPlaces, normalizeOutput = false, rounding = Decimal.ROUND_HALF_EVEN } = this.options;
    const decimal = typeof value === 'object' ? value : new Decimal(value);
    let text = decimalPlaces === null ? decimal.toFixed() : decimal.toFixed(decimalPlaces, rounding);
    // decimal.js shows -0 without its sign, Python with it.
    if (decimal.isZero() && decimal.isNegative() && !text.startsWith('-')) text = `-${text}`;
    if (normalizeOutput && text.includes('.')) text = text.replace(/\.?0+$/, '');
    return this.#asText ? text : Number(text);
  }

  /** Counts digits as DRF's `validate_precision` does. */
  #checkPrecision({ digits, exponent }: DecimalText): void {
    const { maxDigits, decimalPlaces } = this.options;
    const places = Math.max(0, -exponent);
    const total = exponent >= 0 ? digits.length + exponent : Math.max(digits.length, places);
    if (maxDigits !== null && total > maxDigits) this.fail('max_digits', { max_digits: maxDigits });
    if (decimalPlaces !== null && places > decimalPlaces) this.fail('max_decimal_places', { max_decimal_places: decimalPlaces });
    if (maxDigits !== null && decimalPlaces !== null && total - places > maxDigits - decimalPlaces)
      this.fail('max_whole_digits', { max_whole_digits: maxDigits - decimalPlaces });
    // `1e999999` is a short text of a number that is long to show.
    if (total > MOST_DIGITS) this.fail('max_string_length');
  }

  describe(): FieldDescription {
    const { maxDigits, decimalPlaces, min, max } = this.options;
    return {
      type: 'decimal',
      schema: this.#asText ? { type: 'string', format: 'decimal' } : { type: 'number' },
      ...(maxDigits !== null && { maxDigits }),
      ...(decimalPlaces !== null && { decimalPlaces }),
      ...(min !== undefined && { minValue: shown(min) }),
      ...(max !== undefined && { maxValue: shown(max) }),
    };
  }
}

const isCount = (value: number | null | undefined): value is number | null => value === null || (Number.isInteger(value) && (value as number) >= 0);

const shown = (bound: Decimal.Value) => (typeof bound === 'number' ? bound : String(bound));

/**
 * @example
 * price = decimal({ maxDigits: 8, decimalPlaces: 2, min: 0 });
 */
export function decimal<const O extends DecimalOptions>(options: O): FieldOf<Decimal, Decimal, O> {
  return new DecimalField(options) as never;
}
