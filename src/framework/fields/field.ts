import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { FormValues } from '../requests/form-values.js';

/** Nothing was submitted: not the same as null. */
export const EMPTY: unique symbol = Symbol('empty');

/** What a field, validator or default may look at beside the value. */
export interface FieldContext {
  readonly request?: RestRequest;
  /** The row that is being changed; undefined on create. */
  readonly instance?: object;
  readonly partial: boolean;
}

/** A check of one value: throws ValidationError, or says nothing. */
export type Validator<T = any> = (value: T, context: FieldContext) => void;

export interface FieldOptions<T = any> {
  /** Shown, never read from input. */
  readonly readOnly?: boolean;
  /** Read from input, never shown. */
  readonly writeOnly?: boolean;
  /** Whether input must hold it. Default: true without a default and unless read-only. */
  readonly required?: boolean;
  readonly allowNull?: boolean;
  /** The value where input holds none, or a function of the context that answers it. Not used on partial updates. */
  readonly default?: T | ((context: FieldContext) => T);
  /** The model's field, or a path of relations to it: `author.name`. Default: the property's own name. */
  readonly source?: string;
  readonly label?: string;
  readonly helpText?: string;
  readonly validators?: readonly Validator[];
  /** Texts by code, over the field's own. */
  readonly errorMessages?: Readonly<Record<string, string>>;
}

/** What a field is, for OPTIONS and the OpenAPI document: both are made from it. */
export interface FieldDescription {
  /** DRF's metadata type (META-2): `string`, `integer`, `choice` … */
  readonly type: string;
  /** The JSON schema of the value as shown and read, without null. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number | string;
  readonly maxValue?: number | string;
  readonly maxDigits?: number;
  readonly decimalPlaces?: number;
  readonly choices?: readonly { readonly value: string | number; readonly label: string }[];
}

/**
 * One value of a serializer: how it is read from input and how it is shown.
 *
 * A field is made once, when its serializer is, and keeps no state of a request. `Out` is the type that `toRepresentation` takes, `In` the type
 * that validation gives; `Optional` tells whether input may leave it out.
 * For a field of your own derive from this class, or from the ready field that is nearest.
 */
export abstract class Field<Out = any, In = any, Optional extends boolean = boolean> {
  declare readonly $out: Out;
  declare readonly $in: In;
  declare readonly $optional: Optional;

  readonly options: FieldOptions;
  readonly required: boolean;
  readonly validators: readonly Validator[];
  /** Texts by code with `{name}` placeholders; a subclass adds its own in `defaultMessages`. */
  readonly messages: Readonly<Record<string, string>>;

  constructor(options: FieldOptions = {}, defaultMessages: Readonly<Record<string, string>> = {}, validators: readonly Validator[] = []) {
    if (options.readOnly && options.writeOnly)
      throw new ConfigurationError(`${new.target.name}: readOnly and writeOnly exclude each other; set one of them.`);
    if (options.readOnly && options.required)
      throw new ConfigurationError(`${new.target.name}: a read-only field cannot be required; leave required out.`);
    if (options.required && options.default !== undefined)
      throw new ConfigurationError(`${new.target.name}: a required field's default is never used; leave one of the two out.`);
    this.options = options;
    this.required = options.required ?? (options.default === undefined && !options.readOnly);
    this.validators = [...validators, ...(options.validators ?? [])];
    this.messages = { required: 'This field is required.', null: 'This field may not be null.', ...defaultMessages, ...options.errorMessages };
  }

  /**
   * The value of a submitted one, which is neither absent nor null.
   * @throws ValidationError through `this.fail(code)`; never anything else, whatever JSON value it is given.
   */
  abstract toInternalValue(value: unknown, context: FieldContext): In;

  /** The JSON value of a row's, which is never null. The identity where it is not overridden: then no call is made for a row. */
  toRepresentation(value: Out): unknown {
    return value;
  }

  /** The submitted value in a form, or EMPTY: an empty text is null where null is allowed, and nothing where nothing is required (PARS-7). */
  getFormValue(form: FormValues, name: string, partial: boolean): unknown {
    const value = form.get(name);
    if (value === undefined) return EMPTY;
    if (value !== '') return value;
    void partial;
    return this.options.allowNull ? null : this.required ? '' : EMPTY;
  }

  abstract describe(): FieldDescription;

  /** Throws the message of a code, its `{placeholders}` filled in. */
  fail(code: string, params: Readonly<Record<string, unknown>> = {}): never {
    throw new ValidationError([this.error(code, params)]);
  }

  error(code: string, params: Readonly<Record<string, unknown>> = {}): Detail {
    return errorDetail(this.messages[code] ?? `Invalid value (${code}).`, code, params);
  }
}

type Nullable<T, O> = O extends { allowNull: true } ? T | null : T;

/** The field type that options make of a value's types: null where it is allowed, optional where input may leave it out. */
export type FieldOf<Out, In, O> = Field<
  O extends { writeOnly: true } ? never : Nullable<Out, O>,
  O extends { readOnly: true } ? never : Nullable<In, O>,
  O extends { required: false } | { readOnly: true } ? true : O extends { default: {} | null } ? true : false
>;
