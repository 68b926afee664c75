import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { FormValues } from '../requests/form-values.js';
import { EMPTY, Field, type FieldContext, type FieldDescription, type FieldOf, type FieldOptions, type Validator } from './field.js';
import { pythonType } from './text/python.js';

export interface ListOptions<C extends Field = Field> extends FieldOptions {
  /** The field of each item. Default: items are taken and shown as they are. It reads alone: a relation or nested serializer has `many` of its own. */
  readonly child?: C;
  /** Whether `[]` is valid. Default: true. */
  readonly allowEmpty?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
}

const LENGTH_MESSAGES = {
  max_length: 'Ensure this field has no more than {max_length} elements.',
  min_length: 'Ensure this field has at least {min_length} elements.',
} as const;

/**
 * A list (FLD-22). Errors of items are keyed by their index: `{"1": ["A valid integer is required."]}`.
 *
 * Codes of its own: `not_a_list`, `empty`, `min_length`, `max_length`; the lengths are looked at once every item is valid.
 */
export class ListField extends Field<readonly unknown[], unknown[]> {
  declare readonly options: ListOptions;
  readonly #same: boolean;

  constructor(options: ListOptions = {}) {
    const { child, minLength, maxLength } = options;
    if (child?.options.source !== undefined)
      throw new ConfigurationError(`ListField: the child's source (${child.options.source}) has no meaning; leave it out.`);
    if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
      throw new ConfigurationError(
        `ListField: minLength (${minLength}) is greater than maxLength (${maxLength}), so no list is valid; exchange them.`,
      );
    }
    super(
      options,
      { not_a_list: 'Expected a list of items but got type "{input_type}".', empty: 'This list may not be empty.', ...LENGTH_MESSAGES },
      lengths(options),
    );
    this.#same = !child || child.toRepresentation === Field.prototype.toRepresentation;
  }

  toInternalValue(value: unknown, context: FieldContext): unknown[] {
    if (!Array.isArray(value)) this.fail('not_a_list', { input_type: pythonType(value) });
    if (value.length === 0 && this.options.allowEmpty === false) this.fail('empty');
    const { child } = this.options;
    if (!child) return value;
    const errors: Record<string, Detail> = {};
    const items = value.map((item: unknown, index) => {
      try {
        return readItem(child, item, context);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        errors[index] = error.detail;
        return undefined;
      }
    });
    if (Object.keys(errors).length) throw new ValidationError(errors);
    return items;
  }

  override toRepresentation(value: readonly unknown[]): unknown[] {
    const { child } = this.options;
    return this.#same || !child ? (value as unknown[]) : value.map((item) => (item === null ? null : (child.toRepresentation(item) as unknown)));
  }

  /** A form says a list by its name again and again, or as `name[0]`, `name[1]` … */
  override getFormValue(form: FormValues, name: string): unknown {
    const values = form.getAll(name);
    if (values.length) return [...values];
    const indexed = form.names().flatMap((key) => {
      const index = key.startsWith(`${name}[`) && key.endsWith(']') ? key.slice(name.length + 1, -1) : '';
      return /^\d{1,9}$/.test(index) ? [[Number(index), form.get(key)] as const] : [];
    });
    return indexed.length ? indexed.sort(([a], [b]) => a - b).map(([, value]) => value) : EMPTY;
  }

  describe(): FieldDescription {
    const { child, allowEmpty, minLength = allowEmpty === false ? 1 : undefined, maxLength } = this.options;
    const items = child?.describe().schema ?? {};
    const orNull = child?.options.allowNull && typeof items['type'] === 'string' ? { ...items, type: [items['type'], 'null'] } : items;
    const limits = { ...(minLength !== undefined && { minItems: minLength }), ...(maxLength !== undefined && { maxItems: maxLength }) };
    return { type: 'list', schema: { type: 'array', items: orNull, ...limits } };
  }
}

/** One item, as a serializer reads a field: null, value, validators. */
function readItem(child: Field, item: unknown, context: FieldContext): unknown {
  if (item === null) return child.options.allowNull ? null : child.fail('null');
  const value: unknown = child.toInternalValue(item, context);
  const errors: Detail[] = [];
  for (const validator of child.validators) {
    try {
      validator(value, context);
    } catch (error) {
      if (!(error instanceof ValidationError) || !Array.isArray(error.detail)) throw error;
      errors.push(...(error.detail as Detail[]));
    }
  }
  if (errors.length) throw new ValidationError(errors);
  return value;
}

function lengths({ minLength, maxLength, errorMessages }: ListOptions): Validator<readonly unknown[]>[] {
  const check = (code: 'max_length' | 'min_length', bound: number, sign: number): Validator<readonly unknown[]> => {
    const error = errorDetail(errorMessages?.[code] ?? LENGTH_MESSAGES[code], code, { [code]: bound });
    return (value) => {
      if ((value.length - bound) * sign > 0) throw new ValidationError([error]);
    };
  };
  return [
    ...(maxLength === undefined ? [] : [check('max_length', maxLength, 1)]),
    ...(minLength === undefined ? [] : [check('min_length', minLength, -1)]),
  ];
}

type OutOf<C> = C extends Field<infer Out, any, any> ? Out[] : unknown[];
type InOf<C> = C extends Field<any, infer In, any> ? In[] : unknown[];

/**
 * @example
 * tags = list({ child: integer({ min: 0 }), maxLength: 10 });
 */
export function list<const O extends ListOptions = {}>(
  options?: O,
): FieldOf<OutOf<O extends { child: infer C } ? C : unknown>, InOf<O extends { child: infer C } ? C : unknown>, O> {
  return new ListField(options) as never;
}
