import { EMPTY, type Field, type FieldContext } from '../../fields/field.js';
import { HiddenField } from '../../fields/hidden-field.js';
import type { Model } from '../../models/model.js';
import { RelatedField } from '../../relations/related-field.js';
import type { FormValues } from '../../requests/form-values.js';
import type { BoundField } from '../compiled/compiled-serializer.js';
import { NestedField } from '../nested-field.js';
import type { NestedWrite } from '../writes/nested-write.js';
import { parseNested } from './parse-nested.js';
import type { ParsedObject } from './parsed-object.js';
import { RelationReader } from './relation-reader.js';

/** Reads a value that was sent and is not null. @throws ValidationError */
type ReadValue = (value: unknown, object: ParsedObject) => void;

/** How one field of a serializer is read from input: made at boot. */
export class FieldReader {
  readonly #readValue: ReadValue;
  readonly #hidden: boolean;
  readonly #blankIsNull: boolean;
  readonly #isWhole: boolean;
  readonly #wire: string;

  constructor(
    readonly bound: BoundField,
    /** Its place among the fields that are written. */
    readonly at: number,
    model: Model | null,
  ) {
    const { field, source } = bound;
    this.#hidden = field instanceof HiddenField;
    this.#blankIsNull = field instanceof RelatedField && !field.many;
    this.#readValue =
      field instanceof NestedField
        ? nested(field, bound.write, at)
        : field instanceof RelatedField
          ? related(bound, field, at, model)
          : plain(bound, at);
    this.#wire = bound.wire;
    this.#isWhole = source === '*';
  }

  /** @throws ValidationError */
  read(input: object, object: ParsedObject): void {
    let value = this.#submitted(input, object.form, object.context);
    if (value === '' && this.#blankIsNull) value = null;
    if (value === EMPTY) this.#absent(object);
    else if (value === null && !this.bound.field.options.allowNull) this.bound.field.fail('null');
    // The object itself is never null: a field of the whole says what null means.
    else if (value === null && !this.#isWhole) object.set(this.at, null);
    else this.#readValue(value, object);
  }

  #submitted(input: object, form: FormValues | undefined, { partial }: FieldContext): unknown {
    if (this.#hidden) return EMPTY;
    if (form) return this.bound.field.getFormValue(form, this.#wire, partial);
    return Object.hasOwn(input, this.#wire) ? (input as Record<string, unknown>)[this.#wire] : EMPTY;
  }

  #absent(object: ParsedObject): void {
    if (object.context.partial) return object.absent(this.at);
    const { field, requiredForSet } = this.bound;
    const value = defaultOf(field, object.context);
    // A default may have nothing to say, such as the user of an anonymous request.
    if (value !== undefined) object.set(this.at, value);
    else if (field.options.default === undefined) {
      object.absent(this.at);
      if (field.required || requiredForSet) field.fail('required');
    }
  }
}

function defaultOf({ options }: Field, context: FieldContext): unknown {
  return typeof options.default === 'function' ? (options.default as (context: FieldContext) => unknown)(context) : options.default;
}

function plain(bound: BoundField, at: number): ReadValue {
  const { field } = bound;
  if (field.complete)
    return (value, object) => {
      const parsed: unknown = field.toInternalValue(value, object.context);
      object.nest(at, { finish: () => field.complete?.(parsed, object.context) });
    };
  if (bound.transform || bound.constraints || bound.lookups.length > 0)
    return (value, object) => object.askAbout(at, bound, object.accept(at, bound, field.toInternalValue(value, object.context)));
  return (value, object) => object.validate(at, field, field.toInternalValue(value, object.context));
}

function related(bound: BoundField, field: RelatedField, at: number, model: Model | null): ReadValue {
  const reader = new RelationReader(field, model, bound.source);
  return (value, object) => {
    const question = reader.ask(value, object.context, (settled) => object.accept(at, bound, settled));
    object.ask(at, question);
    if (!reader.givesKey || question?.lookup.kind !== 'rows') return;
    const [key] = question.lookup.values;
    // Until it has been looked up, the key that was sent stands for it in what is asked of unique sets.
    object.set(at, key);
    object.askAbout(at, bound, key);
  };
}

function nested(field: NestedField, write: NestedWrite | undefined, at: number): ReadValue {
  return (value, object) => object.nest(at, parseNested(field, write, value, object.context, object.batch));
}
