import type { Field } from '../fields/field.js';
import { HiddenField } from '../fields/hidden-field.js';
import { FileField } from '../files/file-field.js';
import type { BoundField, CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import { NestedField } from '../serializers/nested-field.js';
import { sourceEnd } from './column-schema.js';
import { shownSchema, takenSchema } from './field-schema.js';
import type { JsonSchema } from './json-schema.js';

/**
 * The document's schemas, each made once and referred to: `Book` for what a serializer shows, `BookRequest` for what it takes, `PatchedBook` for a
 * change of it. What is shown and what is taken are components of their own, always: a read-only field added later renames no type of a client's.
 */
export class Components {
  readonly #schemas = new Map<string, JsonSchema>();
  readonly #references = new Map<string, WeakMap<object, JsonSchema>>();

  /** `reserved` are the names that other components have. */
  constructor(private readonly reserved: ReadonlySet<string> = new Set()) {}

  get schemas(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** A reference to what a serializer shows. */
  shown(serializer: CompiledSerializer): JsonSchema {
    return this.#once('shown', serializer, componentName(serializer), () => shownObject(serializer, (nested) => this.shown(nested)));
  }

  /** A reference to what a serializer takes; undefined where it takes nothing. */
  requested(serializer: CompiledSerializer, partial: boolean): JsonSchema | undefined {
    const fields = serializer.writable.filter(({ field }) => !(field instanceof HiddenField));
    if (fields.length === 0) return undefined;
    return this.#once(partial ? 'changed' : 'taken', serializer, requestName(serializer, partial), () =>
      this.#takenObject(serializer, fields, partial),
    );
  }

  /**
   * A reference to what a serializer takes of a body that holds no files, such as JSON: a file may be null there, where it may be at all. Undefined where
   * no such body is valid.
   */
  requestedWithoutFiles(serializer: CompiledSerializer, partial: boolean): JsonSchema | undefined {
    if (!takesFiles(serializer)) return this.requested(serializer, partial);
    const fields = serializer.writable.filter(({ field }) => !(field instanceof HiddenField));
    if (!partial && fields.some(({ field }) => isFile(field) && field.required && !field.options.allowNull)) return undefined;
    const sent = fields.filter(({ field }) => !isFile(field) || field.options.allowNull);
    if (sent.length === 0) return undefined;
    const name = `${requestName(serializer, partial)}WithoutFiles`;
    return this.#once(partial ? 'changed without files' : 'taken without files', serializer, name, () =>
      this.#takenObject(serializer, sent, partial, true),
    );
  }

  /** A reference to a schema under a name, or under that name with a number where another schema has it. A schema that refers to itself is a function of the reference. */
  add(name: string, build: JsonSchema | ((itself: JsonSchema) => JsonSchema)): JsonSchema {
    for (const candidate of candidates(name)) {
      const schema = typeof build === 'function' ? build(reference(candidate)) : build;
      const text = JSON.stringify(schema);
      const known = this.#schemas.get(candidate);
      if (known ? JSON.stringify(known) !== text : this.reserved.has(candidate)) continue;
      this.#schemas.set(candidate, schema);
      return reference(candidate);
    }
    throw new Error('unreachable');
  }

  #takenObject({ model }: CompiledSerializer, fields: readonly BoundField[], partial: boolean, withoutFiles = false): JsonSchema {
    const nested = (serializer: CompiledSerializer) => this.requested(serializer, false) ?? { type: 'object' };
    const required = partial ? [] : fields.filter(({ field, requiredForSet }) => field.required || requiredForSet).map(({ wire }) => wire);
    return objectSchema(fields, required, (bound) => {
      if (withoutFiles && isFile(bound.field)) return { type: 'null' };
      const { default: unused, ...schema } = takenSchema(bound, model, nested);
      // A default stands for what is not sent: a change leaves that as it is.
      return partial || unused === undefined ? schema : { ...schema, default: unused };
    });
  }

  #once(variant: string, key: object, name: string, build: () => JsonSchema): JsonSchema {
    let known = this.#references.get(variant);
    if (!known) this.#references.set(variant, (known = new WeakMap()));
    let made = known.get(key);
    if (!made) known.set(key, (made = this.add(name, build())));
    return made;
  }
}

function shownObject({ fields, model }: CompiledSerializer, nested: (serializer: CompiledSerializer) => JsonSchema): JsonSchema {
  const shown = fields.filter(({ field }) => !field.options.writeOnly && !(field instanceof HiddenField));
  const always = shown.filter(({ source }) => !sourceEnd(model, source)?.mayBeAbsent).map(({ wire }) => wire);
  return objectSchema(shown, always, (bound) => shownSchema(bound, model, nested));
}

function objectSchema(fields: readonly BoundField[], required: readonly string[], schemaOf: (bound: BoundField) => JsonSchema): JsonSchema {
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(fields.map((bound) => [bound.wire, schemaOf(bound)])),
  };
}

/** Whether a form that holds files is the way to send what a serializer takes. */
export const takesFiles = ({ writable }: CompiledSerializer): boolean => writable.some(({ field }) => isFile(field));

/** Whether a field takes a file, or holds one that does. */
function isFile(field: Field): boolean {
  if (field instanceof NestedField) return takesFiles(field.compiled);
  const { child } = field instanceof FileField ? {} : field.describe();
  return field instanceof FileField || (child !== undefined && isFile(child));
}

const requestName = (serializer: CompiledSerializer, partial: boolean) =>
  partial ? `Patched${componentName(serializer)}` : `${componentName(serializer)}Request`;

/** `BookDetailSerializer` is `BookDetail`. */
export const componentName = ({ name }: CompiledSerializer) => name.replace(/(?<=.)Serializer$/, '');

const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

function* candidates(name: string): Generator<string> {
  yield name;
  for (let number = 2; ; number++) yield `${name}${number}`;
}
