import type { FieldContext } from '../fields/field.js';

/** A check of one value: throws ValidationError, or says nothing. It may be asynchronous. */
export type Validator<T = any> = (value: T, context: FieldContext) => void | Promise<void>;
