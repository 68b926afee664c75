import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { FormValues } from '../requests/form-values.js';
import { itemAnswers } from '../validators/item-answers.js';
import { notMade, validatorFunctions, type MadeValidators, type ValidatorLike } from '../validators/field-validator.js';
import type { Validator } from '../validators/validator.js';
import { validation, type Validation } from '../validators/validation.js';
import type { FieldSettings } from './field-settings.js';

/** Nothing was submitted: not the same as null. */
export const EMPTY: unique symbol = Symbol('empty');

/** What a field, validator or default may look at beside the value. */
export interface FieldContext {
  readonly request?: RestRequest;
  /** The row that is being changed; undefined on create. */
  readonly instance?: object;
  readonly partial: boolean;
  /** What a view's `getSerializerContext` adds. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

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
  /**
   * The model's field, a path of relations to it (`author.name`), or `*` for the whole object: the field is then given the object to show, and answers
   * an object whose entries are put into the data. Default: the property's own name.
   */
  readonly source?: string;
  /** With the source `*`: the model's fields that `toRepresentation` looks at. They are read with every row. */
  readonly reads?: readonly string[];
  /** What a form holds before anything is filled in, or a function that answers it. Default: what is empty for the type. */
  readonly initial?: unknown;
  /** Hints for whoever draws a form, such as `{ inputType: 'password' }`. */
  readonly style?: Readonly<Record<string, unknown>>;
  readonly label?: string;
  readonly helpText?: string;
  /** Functions, validators with parameters, and classes that Nest's injector makes. */
  readonly validators?: readonly ValidatorLike[];
  /** Whether the database is asked beforehand that the value of a unique column is not taken. The constraint decides in any case. Default: true. */
  readonly unique?: boolean;
  /** Texts by code, over the field's own. */
  readonly errorMessages?: Readonly<Record<string, string>>;
}

/** What a field is, for OPTIONS and the OpenAPI document: both are made from it. */
export interface FieldDescription {
  /** DRF's metadata type (META-2): `string`, `integer`, `choice` … */
  readonly type: string;
  /** The JSON schema of the value as it is shown, without null. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The JSON schema of the value as it is read, where that is another. */
  readonly inputSchema?: Readonly<Record<string, unknown>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number | string;
  readonly maxValue?: number | string;
  readonly maxDigits?: number;
  readonly decimalPlaces?: number;
  readonly choices?: readonly { readonly value: string | number; readonly label: string }[];
  /** The field of each item of a list or dictionary, whose schema is not repeated in this one. */
  readonly child?: Field;
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
  readonly validators: readonly ValidatorLike[];
  #validation: Validation;
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
    this.validators = [...(options.validators ?? []), ...validators];
    // Made at the first value for a field that stands in no serializer.
    this.#validation = (value, context) => (this.#validation = validation(validatorFunctions(this.validators, notMade)))(value, context);
    this.messages = { required: 'This field is required.', null: 'This field may not be null.', ...defaultMessages, ...options.errorMessages };
  }

  /** Told the application's settings once, at boot, when the serializer is compiled. Override for what depends on them, and pass them on to a child. */
  useSettings(_settings: FieldSettings): void {}

  /**
   * The value of a submitted one, which is neither absent nor null; it may be null where null is allowed and the source is `*`.
   * @throws ValidationError through `this.fail(code)`; never anything else, whatever JSON value it is given.
   */
  abstract toInternalValue(value: unknown, context: FieldContext): In;

  /** Told at boot how the classes among its validators are made. Override to pass it on to a child. */
  useValidators(made: MadeValidators): void {
    this.#validation = validation(validatorFunctions(this.validators, made));
  }

  /** Whether validators look at a value. Override for one that an option lets through, such as a blank text. */
  isValidated(_value: In): boolean {
    return true;
  }

  /**
   * Asks the validators about a value that was read: a promise where one of them is asynchronous.
   * @throws ValidationError with all that they have against it; with a record alone, where one throws a record.
   */
  runValidators(value: unknown, context: FieldContext): void | Promise<void> {
    const items = itemAnswers(value);
    if (items) return items.then(() => this.#validation(value, context));
    if (this.isValidated(value as In)) return this.#validation(value, context);
  }

  /**
   * Finishes a value that `toInternalValue` has answered, where that takes time: an image is decoded. It runs when every field has been read; validators and
   * hooks see what it answers.
   * @throws ValidationError through `this.fail(code)`.
   */
  complete?(value: In, context: FieldContext): Promise<In>;

  /** The JSON value of a row's, which is never null. The identity where it is not overridden: then no call is made for a row. */
  toRepresentation(value: Out): unknown {
    return value;
  }

  /** The submitted value in a form, or EMPTY: an empty text is null where null is allowed, and nothing where nothing is required (PARS-7). */
  getFormValue(form: FormValues, name: string, _partial: boolean): unknown {
    const value = form.get(name);
    if (value === undefined) return EMPTY;
    if (value !== '') return value;
    return this.options.allowNull ? null : this.required ? '' : EMPTY;
  }

  /** What a form holds before anything is filled in. `empty` is what the type has without the option. */
  getInitial(empty: unknown = null): unknown {
    const { initial = empty } = this.options;
    return typeof initial === 'function' ? (initial as () => unknown)() : initial;
  }

  abstract describe(): FieldDescription;

  /** Throws the message of a code, its `{placeholders}` filled in. */
  fail(code: string, params: Readonly<Record<string, unknown>> = {}): never {
    throw new ValidationError([this.error(code, params)]);
  }

  error(code: string, params: Readonly<Record<string, unknown>> = {}): Detail {
    return errorDetail(this.messages[code] ?? 'Invalid value ({code}).', code, { code, ...params });
  }
}

export type Nullable<T, O> = O extends { allowNull: true } ? T | null : T;

/** The field type that options make of a value's types: null where it is allowed, optional where input may leave it out. */
export type FieldOf<Out, In, O> = Field<
  O extends { writeOnly: true } ? never : Nullable<Out, O>,
  O extends { readOnly: true } ? never : Nullable<In, O>,
  O extends { required: false } | { readOnly: true } ? true : O extends { default: {} | null } ? true : false
> &
  Sourced<O>;

/** Keeps the source in the field's type, where the options say one. */
type Sourced<O> = O extends { readonly source: infer Source extends string } ? { readonly $source: Source } : unknown;
