import type { DMMF } from '@prisma/generator-helper';
import { defaultNames, isOptionalColumn, isOptionalRelation, isReadOnlyColumn, isReadOnlyRelation } from '../framework/models/field-rules.js';
import type { Model, RelationField } from '../framework/models/model.js';
import { parseAnnotations, SchemaError } from './annotations.js';
import { describeField, type FieldMetadata, readFieldAnnotations } from './fields.js';
import { describeRelation } from './relations.js';
import { readSchemaText, type SchemaText } from './schema-text.js';
import { describeUniques } from './uniques.js';

/** A model's metadata as it is written, but that relations name the related model. */
export interface ModelMetadata extends Omit<Model, 'fields' | 'relations' | '$row' | '$relations' | '$traits'> {
  readonly fields: readonly FieldMetadata[];
  readonly relations: readonly RelationMetadata[];
}

/** What the types of serializers ask of a model, by `ModelTraits`' names. */
export type Traits = Readonly<Record<'id' | 'all' | 'optional' | 'readOnly' | 'hidden' | 'files' | 'images', readonly string[]>>;

export interface RelationMetadata extends Omit<RelationField, 'model'> {
  readonly model: string;
}

/** Reads the models of a parsed schema, and of its text what Prisma does not tell. Throws SchemaError where an annotation is wrong. */
export function describeModels(datamodel: DMMF.Datamodel, schema = ''): readonly ModelMetadata[] {
  const text = readSchemaText(schema);
  const models = datamodel.models.map((model) => describeModel(model, datamodel, text));
  for (const model of models) for (const relation of model.relations) if (relation.annotations.forward) checkForward(relation, model, models);
  return models;
}

/** The names that the types of a model's serializers are made from. */
export function traitsOf({ fields, relations, primaryKey }: ModelMetadata): Traits {
  const column = (name: string) => fields.find((field) => field.name === name);
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
  return {
    id: primaryKey,
    all: defaultNames(fields, relations),
    optional: names([...fields.filter(isOptionalColumn), ...relations.filter((relation) => isOptionalRelation(relation, column))]),
    readOnly: names([...fields.filter(isReadOnlyColumn), ...relations.filter(isReadOnlyRelation)]),
    hidden: names([...fields, ...relations].filter(({ annotations }) => annotations.hidden)),
    files: names(fields.filter(({ annotations }) => annotations.file && !annotations.image)),
    images: names(fields.filter(({ annotations }) => annotations.image)),
  };
}

/** Of a many-to-many relation one side is a model's own; any other relation is by its foreign key. */
function checkForward({ name, model: related, inverse, join }: RelationMetadata, model: ModelMetadata, models: readonly ModelMetadata[]): void {
  const place = `${model.name}.${name}`;
  if (!join) throw new SchemaError(`${place}: @rest.forward stands on one side of a many-to-many relation, and ${name} is none.`);
  const other = models.find((each) => each.name === related)?.relations.find((each) => each.name === inverse);
  if (other?.annotations.forward) throw new SchemaError(`${place}: @rest.forward stands on ${related}.${inverse} too. Keep one.`);
}

function describeModel(model: DMMF.Model, datamodel: DMMF.Datamodel, text: SchemaText): ModelMetadata {
  const { annotations, prose } = parseAnnotations(model.documentation ?? '', 'model', model.name);
  const columns = new Map(model.fields.map((field) => [field.name, field.dbName ?? field.name]));
  const table = model.dbName ?? model.name;
  const uniques = describeUniques(model, datamodel, {
    table,
    columns,
    written: text.uniques.get(model.name) ?? [],
    alike: (annotations.get('nullsNotDistinct') ?? []) as readonly string[],
  });
  const key = datamodel.indexes.find((index) => index.model === model.name && index.type === 'id');
  const primaryKey = key?.fields.map(({ name }) => name) ?? [];
  const always = uniques.filter(({ condition }) => condition === undefined).map(({ fields }) => fields);
  const single = new Set([...always, primaryKey].filter((fields) => fields.length === 1).map(([name]) => name));
  const [verboseName = spaced(model.name), verboseNamePlural = `${verboseName}s`] = (annotations.get('verboseName') ?? []) as readonly string[];
  const [str] = (annotations.get('str') ?? []) as readonly string[];
  const ordering = (annotations.get('ordering') ?? []) as readonly string[];
  checkNames(model, ordering, str);
  return {
    name: model.name,
    delegate: delegateOf(model.name),
    table,
    ...(model.schema ? { schema: model.schema } : {}),
    fields: model.fields
      .filter(isStored)
      .map((field) => describeField(field, { model, datamodel, id: primaryKey.includes(field.name), unique: single.has(field.name) })),
    relations: model.fields
      .filter(({ kind }) => kind === 'object')
      .map((field) => ({ ...describeRelation(field, model, datamodel, text), ...readFieldAnnotations(field, model) })),
    primaryKey,
    uniques,
    ordering,
    ...(str === undefined ? {} : { str }),
    verboseName,
    verboseNamePlural,
    ...(prose === undefined ? {} : { documentation: prose }),
  };
}

/** A model's property on a Prisma client. */
export const delegateOf = (model: string): string => model.charAt(0).toLowerCase() + model.slice(1);

const isStored = ({ kind }: DMMF.Field): boolean => kind === 'scalar' || kind === 'enum';

/** `ReadingList` → `reading list`, as Django names a model in messages. */
const spaced = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();

/** A default order or a `str` of a field that is not there would be found at the first request only. */
function checkNames(model: DMMF.Model, ordering: readonly string[], str: string | undefined): void {
  const known = model.fields.map(({ name }) => name);
  const stored = model.fields.filter(isStored).map(({ name }) => name);
  for (const entry of ordering) {
    const [first = '', ...rest] = entry.replace(/^-/, '').split('__');
    if (!(rest.length > 0 ? known : stored).includes(first)) {
      throw new SchemaError(`${model.name}: @rest.ordering names "${entry}", which is not a field. Its fields are ${stored.join(', ')}.`);
    }
  }
  if (str !== undefined && !stored.includes(str)) {
    throw new SchemaError(`${model.name}: @rest.str names "${str}", which is not a field. Its fields are ${stored.join(', ')}.`);
  }
}
