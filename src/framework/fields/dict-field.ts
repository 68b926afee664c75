import { isRecord } from '../models/json-value.js';
import { FormValues } from '../requests/form-values.js';
import { noNullCharacters, noSurrogateCharacters } from '../validators/characters.js';
import type { MadeValidators } from '../validators/field-validator.js';
import { noPrototypeName } from '../validators/prototype-name.js';
import { completeChildren, readChildren, useChild, type Child, type InOf, type OutOf } from './child-field.js';
import { EMPTY, Field, type FieldContext, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import type { FieldSettings } from './field-settings.js';
import { pythonType } from './text/python.js';

export interface DictOptions<C extends Field = Field> extends FieldOptions {
  /** The field of each value. Default: any JSON. */
  readonly child?: C;
  /** Whether `{}` is valid. Default: true. */
  readonly allowEmpty?: boolean;
}

/** What no database holds, and no body of JSON says, is no name either. */
const NAMES = [noNullCharacters(), noSurrogateCharacters(), noPrototypeName];

/**
 * An object of values by name (FLD-23). Errors of values are keyed by their name: `{"a": ["A valid integer is required."]}`.
 *
 * Codes of its own: `not_a_dict`, `empty`, and for names `null_characters_not_allowed` and `surrogate_characters_not_allowed`.
 * @throws ConfigurationError for a child that cannot be one.
 */
export class DictField extends Field<Readonly<Record<string, unknown>>, Record<string, unknown>> {
  declare readonly options: DictOptions;
  readonly child: Field;

  constructor(options: DictOptions = {}) {
    super(options, {
      not_a_dict: 'Expected a dictionary of items but got type "{input_type}".',
      empty: 'This dictionary may not be empty.',
    });
    this.child = useChild(this.constructor.name, options.child);
    const { child } = this;
    if (child.complete) this.complete = async (items, context) => Object.fromEntries(await completeChildren(child, Object.entries(items), context));
  }

  override useSettings(settings: FieldSettings): void {
    this.child.useSettings(settings);
  }

  override useValidators(made: MadeValidators): void {
    super.useValidators(made);
    this.child.useValidators(made);
  }

  toInternalValue(value: unknown, context: FieldContext): Record<string, unknown> {
    const entries = value instanceof FormValues ? value.entries() : isRecord(value) ? Object.entries(value) : undefined;
    if (!entries) this.fail('not_a_dict', { input_type: pythonType(value) });
    if (entries.length === 0 && this.options.allowEmpty === false) this.fail('empty');
    return readChildren(this.child, entries, context, Object.fromEntries, (name) => NAMES.forEach((check) => check(name, context)));
  }

  override toRepresentation(value: Readonly<Record<string, unknown>>): unknown {
    const { child } = this;
    if (child.toRepresentation === Field.prototype.toRepresentation) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, one === null ? null : (child.toRepresentation(one) as unknown)]));
  }

  /** A form says each value as `name.key`, and `{}` by the bare name (PARS-7). */
  override getFormValue(form: FormValues, name: string): unknown {
    return form.dictionary(name) ?? (form.has(name) ? {} : EMPTY);
  }

  override getInitial(): unknown {
    return super.getInitial({});
  }

  describe(): FieldDescription {
    const least = this.options.allowEmpty === false ? { minProperties: 1 } : {};
    return { type: 'nested object', schema: { type: 'object', ...least }, child: this.child };
  }
}

type ChildOf<O> = O extends { child: infer C extends Child } ? C : Child;

/**
 * @example
 * prices = dict({ child: decimal({ maxDigits: 8, decimalPlaces: 2 }) });
 */
export function dict<const O extends DictOptions = {}>(
  options?: O,
): FieldOf<Readonly<Record<string, OutOf<ChildOf<O>>>>, Record<string, InOf<ChildOf<O>>>, O> {
  return new DictField(options) as never;
}
