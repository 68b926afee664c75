import { errorDetail, type ErrorDetail } from '../../exceptions/error-detail.js';
import type { Template } from '../../messages/message.js';

type Params = (constraints: readonly unknown[], value: unknown) => Readonly<Record<string, unknown>>;

const NOTHING: Params = () => ({});
const input: Params = (_constraints, value) => ({ input: String(value) });
const first =
  (name: string): Params =>
  ([limit]) => ({ [name]: shown(limit) });

const MIN_LENGTH = 'Ensure this field has at least {min_length} characters.';
const MAX_LENGTH = 'Ensure this field has no more than {max_length} characters.';
const MIN_VALUE = 'Ensure this value is greater than or equal to {min_value}.';
const MAX_VALUE = 'Ensure this value is less than or equal to {max_value}.';

/** DRF's texts of the constraints that it has words for: of class-validator's others, its own texts are told. */
const TEXTS: ReadonlyMap<string, readonly [Template, Params?]> = new Map<string, readonly [Template, Params?]>([
  ['isNotEmpty', ['This field may not be blank.']],
  ['arrayNotEmpty', ['This list may not be empty.']],
  ['isString', ['Not a valid string.']],
  ['isInt', ['A valid integer is required.']],
  ['isNumber', ['A valid number is required.']],
  ['isBoolean', ['Must be a valid boolean.']],
  ['isEmail', ['Enter a valid email address.']],
  ['isUrl', ['Enter a valid URL.']],
  ['isUuid', ['Must be a valid UUID.']],
  ['matches', ['This value does not match the required pattern.']],
  ['isIn', ['"{input}" is not a valid choice.', input]],
  ['isEnum', ['"{input}" is not a valid choice.', input]],
  ['minLength', [MIN_LENGTH, first('min_length')]],
  ['maxLength', [MAX_LENGTH, first('max_length')]],
  ['min', [MIN_VALUE, first('min_value')]],
  ['max', [MAX_VALUE, first('max_value')]],
  ['minDate', [MIN_VALUE, first('min_value')]],
  ['maxDate', [MAX_VALUE, first('max_value')]],
  ['arrayMinSize', ['Ensure this field has at least {min_length} elements.', first('min_length')]],
  ['arrayMaxSize', ['Ensure this field has no more than {max_length} elements.', first('max_length')]],
]);

/** DRF's text of a ready constraint that a value does not meet, its code the constraint's name; undefined where DRF has none. */
export function constraintText(name: string, constraints: readonly unknown[], value: unknown): ErrorDetail | undefined {
  if (name === 'isLength') return lengthText(constraints, value);
  const [template, params = NOTHING] = TEXTS.get(name) ?? [];
  return template === undefined ? undefined : errorDetail(template, name, params(constraints, value));
}

function lengthText([min, max]: readonly unknown[], value: unknown): ErrorDetail {
  const isShort = typeof value !== 'string' || value.length < Number(min);
  return isShort ? errorDetail(MIN_LENGTH, 'isLength', { min_length: min }) : errorDetail(MAX_LENGTH, 'isLength', { max_length: max });
}

/** A bound that is a function is asked: its code is nobody's to read. */
function shown(bound: unknown): string {
  const value: unknown = typeof bound === 'function' ? (bound as () => unknown)() : bound;
  return value instanceof Date ? value.toISOString() : String(value);
}
