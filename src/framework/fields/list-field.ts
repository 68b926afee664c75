import { errorDetail } from '../exceptions/error-detail.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { FormValues } from '../requests/form-values.js';
import type { MadeValidators } from '../validators/field-validator.js';
import { completeChildren, readChildren, useChild, type Child, type InOf, type OutOf } from './child-field.js';
import { EMPTY, Field, type FieldContext, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import type { Validator } from '../validators/validator.js';
import type { FieldSettings } from './field-settings.js';
import { pythonType } from './text/python.js';

export interface ListOptions<C extends Field = Field> extends FieldOptions {
  /** The field of each item. Default: any JSON. A relation or nested serializer has `many` of its own. */
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
 * @throws ConfigurationError for a child that cannot be one, and lengths that exclude each other.
 */
export class ListField extends Field<readonly unknown[], unknown[]> {
  declare readonly options: ListOptions;
  readonly child: Field;

  constructor(options: ListOptions = {}) {
    const { minLength, maxLength } = options;
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
    this.child = useChild('ListField', options.child);
    const { child } = this;
    if (child.complete) this.complete = async (items, context) => (await completeChildren(child, items.entries(), context)).map(([, item]) => item);
  }

  override useSettings(settings: FieldSettings): void {
    this.child.useSettings(settings);
  }

  override useValidators(made: MadeValidators): void {
    super.useValidators(made);
    this.child.useValidators(made);
  }

  toInternalValue(value: unknown, context: FieldContext): unknown[] {
    const list = value instanceof FormValues ? (value.list('') ?? []) : value;
    if (!Array.isArray(list)) this.fail('not_a_list', { input_type: pythonType(value) });
    if (list.length === 0 && this.options.allowEmpty === false) this.fail('empty');
    return readChildren(this.child, list.entries(), context, (read) => read.map(([, item]) => item));
  }

  override toRepresentation(value: readonly unknown[]): unknown {
    const { child } = this;
    return child.toRepresentation === Field.prototype.toRepresentation
      ? value
      : value.map((item) => (item === null ? null : (child.toRepresentation(item) as unknown)));
  }

  /** A form says a list by its name again and again, or as `name[0]`, `name[1]` …; an item of several fields as `name[0]key`. */
  override getFormValue(form: FormValues, name: string): unknown {
    const values = form.getAll(name);
    return values.length ? [...values] : (form.list(name) ?? EMPTY);
  }

  override getInitial(): unknown {
    return super.getInitial([]);
  }

  describe(): FieldDescription {
    const { allowEmpty, minLength, maxLength } = this.options;
    const least = minLength ?? (allowEmpty === false ? 1 : undefined);
    return {
      type: 'list',
      schema: { type: 'array', ...(least !== undefined && { minItems: least }), ...(maxLength !== undefined && { maxItems: maxLength }) },
      child: this.child,
      ...(minLength !== undefined && { minLength }),
      ...(maxLength !== undefined && { maxLength }),
    };
  }
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

type ChildOf<O> = O extends { child: infer C extends Child } ? C : Child;

/**
 * @example
 * tags = list({ child: integer({ min: 0 }), maxLength: 10 });
 */
export function list<const O extends ListOptions = {}>(options?: O): FieldOf<OutOf<ChildOf<O>>[], InOf<ChildOf<O>>[], O> {
  return new ListField(options) as never;
}
