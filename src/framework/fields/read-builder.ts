import { ConfigurationError } from '../exceptions/configuration-error.js';
import { instead } from '../internal/nearest-name.js';
import type { Model } from '../models/model.js';
import { parseOrdering } from '../plan/ordering.js';
import type { ReadTree, RelationRead } from '../plan/read-plan.js';

/** What a field's code may call besides its row: values bound at boot, by parameter name. */
export class Constants {
  readonly names: string[] = [];
  readonly values: unknown[] = [];

  bind(value: unknown): string {
    const known = this.values.indexOf(value);
    if (known >= 0) return this.names[known] as string;
    const name = `k${this.values.length}`;
    this.names.push(name);
    this.values.push(value);
    return name;
  }
}

/** Collects what a serializer reads of a row while its fields write the code that shows it: the serializer is the query plan. */
export class ReadBuilder {
  readonly #columns = new Set<string>();
  readonly #counts = new Set<string>();
  readonly #relations = new Map<string, { builder: ReadBuilder; many: boolean }>();

  constructor(
    /** The model of the row; null for plain objects. */
    readonly model: Model | null,
    /** The expression of the row. */
    readonly row: string,
    readonly constants: Constants,
    /** The class that declares the fields, for messages. */
    readonly owner: string,
  ) {}

  /** The expression of a scalar field, which is read from now on. */
  column(name: string): string {
    if (this.model && !this.model.fields[name]) {
      throw new ConfigurationError(`${this.owner}: ${this.model.name} has no field ${name}.${instead(name, Object.keys(this.model.fields))}`);
    }
    this.#columns.add(name);
    return access(this.row, name);
  }

  /** The expression of the number of a relation's rows. */
  count(name: string): string {
    this.#relation(name);
    this.#counts.add(name);
    return access(access(this.row, '$counts'), name);
  }

  /** Reads a to-one relation: the row of the builder that it answers may be null. Where there is no model to know it, `of` is the related one. */
  one(name: string, of: Model | null = null): ReadBuilder {
    return this.#descend(name, false, access(this.row, name), of);
  }

  /** Reads a to-many relation and maps its rows by an expression. */
  many(name: string, item: (row: ReadBuilder) => string, of: Model | null = null): string {
    const builder = this.#descend(name, true, `${name}_`, of);
    return `${access(this.row, name)}.map((${builder.row}) => ${item(builder)})`;
  }

  bind(value: unknown): string {
    return this.constants.bind(value);
  }

  tree(): ReadTree {
    const model = this.model as Model;
    const relations = new Map<string, RelationRead>();
    for (const [name, { builder, many }] of this.#relations) {
      const related = builder.model as Model;
      relations.set(name, Object.freeze({ tree: builder.tree(), many, ordering: parseOrdering(related, related.ordering) }));
    }
    return Object.freeze({ model, columns: this.#columns, counts: this.#counts, relations });
  }

  #descend(name: string, many: boolean, row: string, of: Model | null): ReadBuilder {
    const relation = this.#relation(name);
    if (relation && relation.many !== many) {
      throw new ConfigurationError(
        `${this.owner}: ${this.model?.name}.${name} is ${relation.many ? 'a list of rows: set many: true' : 'one row: leave many out'}.`,
      );
    }
    const known = this.#relations.get(name);
    if (known) return known.builder;
    const builder = new ReadBuilder(relation ? relation.model() : of, row, this.constants, this.owner);
    this.#relations.set(name, { builder, many });
    return builder;
  }

  #relation(name: string) {
    if (!this.model) return undefined;
    const relation = this.model.relations[name];
    if (!relation) {
      throw new ConfigurationError(`${this.owner}: ${this.model.name} has no relation ${name}.${instead(name, Object.keys(this.model.relations))}`);
    }
    return relation;
  }
}

export const access = (row: string, name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? `${row}.${name}` : `${row}[${JSON.stringify(name)}]`);
