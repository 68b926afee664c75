import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Model, RelationField } from '../../models/model.js';
import type { BoundField, CompiledSerializer } from '../compiled/compiled-serializer.js';
import type { NestedField, WritePolicy } from '../nested-field.js';

/** A part of the related rows' key, as input names it. */
export interface KeyPart {
  readonly name: string;
  readonly wire: string;
  /** Whether a client may choose the key of a new row. */
  readonly writable: boolean;
}

/** A constraint of the related rows that the parent's key is part of: the nested serializer's own fields are not all of it. */
export interface ParentSet {
  readonly columns: readonly string[];
  /** The names of the columns in validated data; undefined for those that are the parent's. */
  readonly sources: readonly (string | undefined)[];
  readonly wires: readonly string[];
}

/** How a nested serializer's input becomes related rows: the policy of its field, checked at boot against the relation that it is of. */
export class NestedWrite {
  readonly policy: WritePolicy;
  readonly relation: RelationField;
  readonly child: CompiledSerializer;
  readonly model: Model;
  readonly keys: readonly KeyPart[];
  /** The columns of a related row that refer to its parent, and the parent's columns that they refer to; none where the parent or a join table keeps the link. */
  readonly parentKey: readonly (readonly [column: string, of: string])[];
  readonly parentSets: readonly ParentSet[];

  constructor(owner: CompiledSerializer, bound: BoundField, field: NestedField) {
    const { write, many = false } = field.options;
    const at = `${owner.name}.${bound.name}`;
    const child = field.compiled;
    const relation = Object.hasOwn(owner.model!.relations, bound.source) ? owner.model!.relations[bound.source] : undefined;
    if (!relation)
      throw new ConfigurationError(
        `${at}: ${owner.model!.name} has no relation ${bound.source} to write rows to. Set readOnly: true, or name a relation as its source.`,
      );
    if (child.model !== relation.model())
      throw new ConfigurationError(
        `${at}: ${child.name} is not of ${relation.model().name}, whose rows it would write. Derive it from ModelSerializer(models.${relation.model().delegate}, …), or set readOnly: true.`,
      );
    if (!write)
      throw new ConfigurationError(
        `${at}: the nested ${child.name} can be written to, and it is not said how. Set readOnly: true, or write: 'connect', 'create', 'update', 'replace' or 'append'.`,
      );
    if (relation.many !== many)
      throw new ConfigurationError(
        `${at}: ${owner.model!.name}.${relation.name} is ${relation.many ? 'a list of rows: set many: true' : 'one row: leave many out'}.`,
      );
    this.policy = write;
    this.relation = relation;
    this.child = child;
    this.model = child.model;
    this.keys = this.model.primaryKey.map((name) => keyPart(child, name));
    const inverse = this.model.relations[relation.inverse];
    this.parentKey =
      relation.from.length > 0 || relation.join || !inverse ? [] : inverse.from.map((column, index) => [column, inverse.to[index]!] as const);
    this.parentSets = this.policy === 'connect' ? [] : this.#setsOf(inverse?.name ?? '');
    this.#check(at, owner.model!, field.options.allowNull ?? false);
  }

  /** Whether rows of the parent are found by the keys that input names. */
  get matches(): boolean {
    return this.policy === 'update' || this.policy === 'replace' || this.policy === 'append';
  }

  #setsOf(inverse: string): ParentSet[] {
    const { child, model } = this;
    const given = new Set(this.parentKey.map(([column]) => column));
    return model.uniques.flatMap(({ fields, condition }) => {
      // One that holds of some rows alone is left to the database.
      if (condition || !fields.some((column) => given.has(column))) return [];
      const bound = fields.map((column) => (given.has(column) ? undefined : writtenAs(child, column)));
      if (fields.some((column, at) => !given.has(column) && !bound[at])) return [];
      const wires = fields.map((_column, at) => bound[at]?.wire ?? child.environment.settings.naming(inverse));
      return [{ columns: fields, sources: bound.map((one) => one?.source), wires: [...new Set(wires)] }];
    });
  }

  /** Refuses at boot what no request could make good. */
  #check(at: string, owner: Model, allowNull: boolean): void {
    const { policy, relation, model, child } = this;
    const { inverse, many } = relation;
    const unnamed = this.keys.filter(({ name }) => !child.fields.some(({ source, field }) => source === name && !field.options.writeOnly));
    if (unnamed.length > 0 && (policy === 'connect' || (many && (policy === 'update' || policy === 'append'))))
      throw new ConfigurationError(
        `${at}: write: '${policy}' finds rows by their key, which ${child.name} does not show. Add '${unnamed.map(({ name }) => name).join("', '")}' to its fields.`,
      );
    if (policy === 'connect' && model.primaryKey.length > 1)
      throw new ConfigurationError(
        `${at}: ${model.name} has a key of several columns, and write: 'connect' names rows by one. Nest the row that links them instead.`,
      );
    const released = this.parentKey.length > 0 && (policy === 'connect' || (!many && allowNull && policy !== 'replace'));
    if (released && this.parentKey.some(([column]) => !model.fields[column]!.nullable))
      throw new ConfigurationError(
        `${at}: a ${model.name} cannot be without its ${inverse}, so that ${policy === 'connect' ? "write: 'connect' cannot let go of one" : 'null cannot let go of it'}. Use write: 'replace', which deletes it${policy === 'connect' ? '' : ', or leave allowNull out'}.`,
      );
    if (policy === 'replace' && relation.from.length > 0 && !isOneToOne(owner, relation))
      throw new ConfigurationError(
        `${at}: other rows may refer to the same ${model.name}, which write: 'replace' would delete. Use 'connect', 'create', 'update' or 'append'.`,
      );
  }
}

function keyPart({ fields, environment }: CompiledSerializer, name: string): KeyPart {
  const bound = fields.find(({ source }) => source === name);
  return { name, wire: bound?.wire ?? environment.settings.naming(name), writable: bound ? !bound.field.options.readOnly : false };
}

/** The field that writes a column: by its own name, or as the key of its relation. */
function writtenAs({ writable, model }: CompiledSerializer, column: string): BoundField | undefined {
  const relation = model!.fields[column]?.foreignKeyOf;
  return writable.find(({ source }) => source === column) ?? writable.find(({ source }) => source === relation);
}

function isOneToOne(owner: Model, { from }: RelationField): boolean {
  const same = (fields: readonly string[]) => fields.length === from.length && fields.every((name) => from.includes(name));
  return same(owner.primaryKey) || owner.uniques.some(({ fields }) => same(fields));
}
