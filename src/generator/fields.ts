import type { DMMF } from '@prisma/generator-helper';
import type { Annotations, Choice, ScalarField, ScalarType } from '../framework/models/model.js';
import { parseAnnotations, SchemaError } from './annotations.js';

/** A field's metadata, and the name of its enum, which only the row's type needs. */
export interface FieldMetadata extends ScalarField {
  readonly enum?: string;
}

interface Surroundings {
  readonly model: DMMF.Model;
  readonly datamodel: DMMF.Datamodel;
  readonly id: boolean;
  readonly unique: boolean;
}

export function describeField(field: DMMF.Field, { model, datamodel, id, unique }: Surroundings): FieldMetadata {
  const relation = model.fields.find((other) => other.relationFromFields?.includes(field.name));
  const defaultFunction = nameOfDefault(field);
  return {
    name: field.name,
    column: field.dbName ?? field.name,
    type: field.kind === 'enum' ? 'Enum' : (field.type as ScalarType),
    ...(field.kind === 'enum' ? { enum: field.type, choices: describeChoices(field.type, datamodel) } : {}),
    ...(field.nativeType ? { nativeType: [field.nativeType[0], ...field.nativeType[1]] } : {}),
    list: field.isList,
    nullable: !field.isRequired,
    id,
    unique,
    hasDefault: field.hasDefaultValue || field.isUpdatedAt === true,
    ...(field.default === undefined || defaultFunction !== undefined ? {} : { default: field.default as ScalarField['default'] }),
    generated: defaultFunction !== undefined || field.isUpdatedAt === true,
    ...(defaultFunction === undefined || BY_DATABASE.includes(defaultFunction) ? {} : { defaultFunction }),
    ...(field.isUpdatedAt === true ? { updatedAt: true } : {}),
    ...(relation ? { foreignKeyOf: relation.name } : {}),
    ...readFieldAnnotations(field, model),
  };
}

/** The default functions that the database computes; Prisma computes the others. */
const BY_DATABASE: readonly string[] = ['autoincrement', 'dbgenerated', 'sequence'];

function nameOfDefault({ default: value }: DMMF.Field): string | undefined {
  return typeof value === 'object' && 'name' in value ? value.name : undefined;
}

function describeChoices(name: string, datamodel: DMMF.Datamodel): readonly Choice[] {
  const values = datamodel.enums.find((candidate) => candidate.name === name)?.values ?? [];
  return values.map((value) => {
    // The DMMF carries it; its published type does not say so.
    const { documentation = '' } = value as { readonly documentation?: string };
    const { annotations } = parseAnnotations(documentation, 'enum value', `${name}.${value.name}`);
    const stored = value.dbName !== null && value.dbName !== value.name ? { stored: value.dbName } : {};
    return { value: value.name, ...stored, label: (annotations.get('label')?.[0] as string | undefined) ?? value.name };
  });
}

const NUMBERS = ['Int', 'BigInt', 'Float', 'Decimal'];
const FITS: Readonly<Record<string, readonly string[]>> = {
  min: NUMBERS,
  max: NUMBERS,
  minLength: ['String'],
  maxLength: ['String', 'Bytes'],
  regex: ['String'],
  email: ['String'],
  url: ['String'],
  slug: ['String'],
  choices: ['String', 'Int'],
  file: ['String'],
  image: ['String'],
};
/** Of what kind a field must be beside its type, and how that is said. */
const KINDS: Readonly<Record<string, readonly [fits: (field: DMMF.Field) => boolean, kind: string]>> = {
  file: [({ isList }) => !isList, 'a single text'],
  image: [({ isList }) => !isList, 'a single text'],
  size: [({ kind, isList }) => kind !== 'object' && isList, 'a list of values'],
  limitChoicesTo: [({ kind }) => kind === 'object', 'a relation'],
};
/** What is kept as the list that it is written as; of the others, the one argument, or true for none. */
const LISTS = ['regex', 'choices'];

/** The annotations and the prose over a field or a relation. Throws SchemaError for one that its type does not take. */
export function readFieldAnnotations(field: DMMF.Field, model: DMMF.Model): { annotations: Annotations; documentation?: string } {
  const place = `${model.name}.${field.name}`;
  const { annotations, prose } = parseAnnotations(field.documentation ?? '', 'field', place);
  const read: Record<string, unknown> = {};
  for (const [name, values] of annotations) {
    const types = FITS[name];
    if (types !== undefined && !types.includes(field.type)) {
      throw new SchemaError(`${place}: @rest.${name} does not fit ${field.type}. It stands on ${types.join(', ')}.`);
    }
    const [fits, kind] = KINDS[name] ?? [];
    if (fits && !fits(field)) throw new SchemaError(`${place}: @rest.${name} stands on ${kind}, and ${field.name} is none.`);
    if (name === 'regex') checkPattern(values[0] as string, place);
    if (name === 'choices') checkChoices(values as readonly (readonly [unknown, string])[], field.type, place);
    read[name] = LISTS.includes(name) ? values : (values[0] ?? true);
  }
  return { annotations: read as Annotations, ...(prose === undefined ? {} : { documentation: prose }) };
}

/** Choices are told apart by their text, so two of the same would be one. */
function checkChoices(choices: readonly (readonly [unknown, string])[], type: string, place: string): void {
  const wrong = choices.find(([value]) => (type === 'Int' ? !Number.isInteger(value) : typeof value !== 'string'));
  if (wrong) throw new SchemaError(`${place}: @rest.choices: ${JSON.stringify(wrong[0])} is no value of ${type}.`);
  if (new Set(choices.map(([value]) => value)).size < choices.length) throw new SchemaError(`${place}: @rest.choices names a value twice. Keep one.`);
}

function checkPattern(pattern: string, place: string): void {
  try {
    RegExp(pattern, 'u');
  } catch (error) {
    throw new SchemaError(`${place}: @rest.regex: ${(error as Error).message}. The pattern is JavaScript's, with the flag u.`);
  }
}
