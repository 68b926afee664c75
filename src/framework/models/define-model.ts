import { ConfigurationError } from '../exceptions/configuration-error.js';
import type {
  DeclaredModel,
  FieldDeclaration,
  FieldDeclarations,
  FieldType,
  FieldTypeText,
  ModelDeclaration,
  RelationDeclaration,
  RelationDeclarations,
} from './declared-model.js';
import type { RelationField, ScalarField, ScalarType, UniqueConstraint } from './model.js';

export type { FieldDeclaration, ModelDeclaration, RelationDeclaration } from './declared-model.js';

/**
 * A model whose rows are not in the database: a `ModelSource` has them. Everything that takes a generated model takes it.
 *
 * Models that refer to each other are declared with their types, as generated ones are:
 * `interface CityModel extends Model<City, { country: CountryModel }> {}`.
 *
 * @example
 * const Planet = defineModel('Planet', {
 *   fields: { name: 'String', moons: 'Int', discovered: 'Date?', kind: { type: 'Enum', choices: ['rock', 'gas', 'ice'] } },
 *   primaryKey: 'name',
 *   ordering: ['name'],
 * });
 * type Planet = RowOf<typeof Planet>;
 * @throws ConfigurationError for a type that there is none of, and for a name that the model lacks.
 */
export function defineModel<
  const F extends FieldDeclarations,
  const R extends RelationDeclarations = {},
  const Key extends (keyof F & string) | readonly (keyof F & string)[] = 'id',
>(name: string, declaration: ModelDeclaration<F, R, Key>): DeclaredModel<F, R, Key> {
  const { ordering = [], str, documentation } = declaration;
  const fields: FieldDeclarations = declaration.fields;
  const relations: RelationDeclarations = declaration.relations ?? {};
  const primaryKey = listOf<string>(declaration.primaryKey ?? 'id');
  const uniques = (declaration.uniques ?? []).map((names) => listOf<string>(names));
  const known = new Set(Object.keys(fields));
  const assertField = (what: string, names: readonly string[]) => {
    for (const each of names)
      if (!known.has(each))
        throw new ConfigurationError(`${name}: ${what} names ${each}, which is no field of it; use one of ${[...known].join(', ')}.`);
  };
  assertField('primaryKey', primaryKey);
  for (const unique of uniques) assertField('uniques', unique);
  if (str !== undefined) assertField('str', [str]);
  for (const key of ordering) {
    const [first = ''] = key.replace(/^-/, '').split('__');
    if (!Object.hasOwn(relations, first) && first !== 'pk') assertField('the ordering', [first]);
  }
  const single = new Set([primaryKey, ...uniques].flatMap((names) => (names.length === 1 ? names : [])));
  const keys = new Map<string, string>();
  for (const [relation, { from, many }] of Object.entries(relations)) {
    if (known.has(relation)) throw new ConfigurationError(`${name}.${relation} is both a field and a relation; rename one of them.`);
    if (from === undefined) continue;
    assertField(`the relation ${relation}`, [from]);
    if (many)
      throw new ConfigurationError(
        `${name}.${relation}: from is ${from}, and the relation leads to many rows, of which no field holds the key; leave from out.`,
      );
    keys.set(from, relation);
  }
  const verboseName = declaration.verboseName ?? spaced(name);
  return Object.freeze({
    name,
    delegate: name.charAt(0).toLowerCase() + name.slice(1),
    table: name,
    defined: true as const,
    fields: Object.fromEntries(
      Object.entries(fields).map(([field, declared]) => [
        field,
        scalarField(`${name}.${field}`, field, declared, {
          id: primaryKey.includes(field),
          unique: single.has(field),
          foreignKeyOf: keys.get(field),
        }),
      ]),
    ),
    relations: Object.fromEntries(Object.entries(relations).map(([relation, declared]) => [relation, relationField(relation, declared)])),
    primaryKey,
    uniques: uniques.map((names): UniqueConstraint => ({ fields: names, index: `${name}_${names.join('_')}_key` })),
    ordering,
    ...(str !== undefined && { str }),
    verboseName,
    verboseNamePlural: declaration.verboseNamePlural ?? `${verboseName}s`,
    ...(documentation !== undefined && { documentation }),
  });
}

interface Place {
  readonly id: boolean;
  readonly unique: boolean;
  readonly foreignKeyOf: string | undefined;
}

/** The column's type, as Prisma calls it and as PostgreSQL would have it. */
const TYPES: Readonly<Record<FieldType | 'Enum', readonly [type: ScalarType, native?: string]>> = {
  String: ['String'],
  UUID: ['String', 'Uuid'],
  Boolean: ['Boolean'],
  Int: ['Int'],
  BigInt: ['BigInt'],
  Float: ['Float'],
  Decimal: ['Decimal'],
  DateTime: ['DateTime'],
  Date: ['DateTime', 'Date'],
  Time: ['DateTime', 'Time'],
  Json: ['Json'],
  Bytes: ['Bytes'],
  Enum: ['Enum'],
};

function scalarField(path: string, name: string, declared: FieldTypeText | FieldDeclaration, { id, unique, foreignKeyOf }: Place): ScalarField {
  const {
    type: text,
    choices: declaredChoices,
    digits,
    default: standing,
    generated = false,
    documentation,
    ...annotations
  } = typeof declared === 'string' ? { type: declared } : declared;
  const base = text.replace(/\?$|\[\]$/, '');
  if (!Object.hasOwn(TYPES, base))
    throw new ConfigurationError(
      `${path} is of type '${text}'; use one of ${Object.keys(TYPES).join(', ')}, with ? where it may be null or [] for a list.`,
    );
  const [type, plain] = TYPES[base as keyof typeof TYPES];
  if (type === 'Enum' && !declaredChoices) throw new ConfigurationError(`${path}: an Enum wants choices.`);
  const choices = declaredChoices?.map((choice) => (typeof choice === 'string' ? ([choice, choice] as const) : choice));
  const { maxLength } = annotations as { readonly maxLength?: number };
  const nativeType =
    plain !== undefined
      ? ([plain] as const)
      : type === 'String' && maxLength !== undefined
        ? (['VarChar', String(maxLength)] as const)
        : digits && (['Decimal', String(digits[0]), String(digits[1])] as const);
  return {
    name,
    column: name,
    type,
    ...(type === 'Enum' && choices && { choices: choices.map(([value, label]) => ({ value: String(value), label })) }),
    ...(nativeType && { nativeType }),
    list: text.endsWith('[]'),
    nullable: text.endsWith('?'),
    id,
    unique,
    hasDefault: generated || standing !== undefined,
    ...(standing !== undefined && { default: standing }),
    generated,
    ...(foreignKeyOf !== undefined && { foreignKeyOf }),
    ...(documentation !== undefined && { documentation }),
    annotations: { ...annotations, ...(type !== 'Enum' && choices && { choices }) },
  };
}

function relationField(
  name: string,
  { model, many = false, nullable = false, from, inverse = '', ...annotations }: RelationDeclaration,
): RelationField {
  return {
    name,
    many,
    nullable: !many && nullable,
    model,
    from: from === undefined ? [] : [from],
    get to() {
      return from === undefined ? [] : model().primaryKey;
    },
    inverse,
    annotations,
  };
}

const listOf = <T extends string>(names: T | readonly T[]): readonly T[] => (typeof names === 'string' ? [names] : names);

/** `ReadingList` is `reading list` in messages. */
const spaced = (name: string) =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();
