import type { FieldMetadata } from './fields.js';
import { delegateOf, traitsOf, type ModelMetadata, type RelationMetadata } from './metadata.js';
import { renderRow } from './rows.js';
import { literal, property } from './source.js';

/** What a written file takes from the framework, where it needs it. */
const IMPORTED = ['Decimal', 'JsonValue', 'Model', 'Temporal'] as const;
type Imported = (typeof IMPORTED)[number];

/** The file `models.ts`: the types of rows and models, and the metadata that the framework reads at run time. */
export function renderModels(models: readonly ModelMetadata[]): string {
  const used = new Set<Imported>(['Model']);
  const taken = new Set(models.flatMap(({ name, fields }) => [name, `${name}Model`, ...fields.flatMap((field) => field.enum ?? [])]));
  const imported = (name: Imported): string => {
    used.add(name);
    return taken.has(name) ? `Rest${name}` : name;
  };
  const parts = [
    renderEnums(models),
    ...models.flatMap((model) => [renderRow(model, imported), renderModelType(model, imported('Model'))]),
    renderRegistry(models),
  ];
  const names = IMPORTED.filter((name) => used.has(name)).map((name) => (taken.has(name) ? `${name} as Rest${name}` : name));
  return [
    '// Written by the generator of nest-rest-framework from the Prisma schema: change the schema, not this file.',
    `import type { ${names.join(', ')} } from 'nest-rest-framework';`,
    ...parts.filter((part) => part !== ''),
    FREEZE,
  ].join('\n\n');
}

const FREEZE = `/** A function's declaration is hoisted, so the constant above may use it. */
function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner);
  return Object.freeze(value);
}
`;

function renderEnums(models: readonly ModelMetadata[]): string {
  const enums = new Map(models.flatMap(({ fields }) => fields.flatMap((field) => (field.enum ? [[field.enum, field.choices ?? []] as const] : []))));
  return [...enums].map(([name, choices]) => `export type ${name} = ${choices.map(({ value }) => literal(value)).join(' | ')};`).join('\n');
}

function renderModelType(model: ModelMetadata, contract: string): string {
  const relations = model.relations.map(
    ({ name, model: related, many, nullable }) => `  ${property(name)}: ${related}Model${many ? '[]' : nullable ? ' | null' : ''};`,
  );
  const shape = relations.length === 0 ? '{}' : `{\n${relations.join('\n')}\n}`;
  return `export interface ${model.name}Model extends ${contract}<${model.name}, ${shape}, {\n${renderTraits(model).join('\n')}\n}> {}`;
}

function renderTraits(model: ModelMetadata): string[] {
  const union = (names: readonly string[]) => names.map(literal).join(' | ') || 'never';
  const keys = model.primaryKey.map((name) => [name, `${model.name}[${literal(name)}]`] as const);
  const key = keys.length === 1 ? keys[0]![1] : `{ ${keys.map(([name, type]) => `${property(name)}: ${type}`).join('; ')} }`;
  return [`  key: ${key};`, ...Object.entries(traitsOf(model)).map(([name, names]) => `  ${name}: ${union(names)};`)];
}

function renderRegistry(models: readonly ModelMetadata[]): string {
  const types = models.map(({ delegate, name }) => `  readonly ${property(delegate)}: ${name}Model;`);
  const values = models.map((model) => `  ${property(model.delegate)}: ${renderMetadata(model)},`);
  return `/** Every model of the schema. */\nexport const models: {\n${types.join('\n')}\n} = freeze({\n${values.join('\n')}\n});`;
}

function renderMetadata({ fields, relations, ...rest }: ModelMetadata): string {
  const lines = Object.entries(rest).map(([name, value]) => `    ${name}: ${literal(value)},`);
  lines.push(...block('fields', fields.map(renderField)), ...block('relations', relations.map(renderRelation)));
  return `{\n${lines.join('\n')}\n  }`;
}

const block = (name: string, entries: readonly string[]): string[] =>
  entries.length === 0 ? [`    ${name}: {},`] : [`    ${name}: {`, ...entries.map((entry) => `      ${entry}`), '    },'];

function renderField(field: FieldMetadata): string {
  // The enum's name is the row type's alone.
  const written = Object.fromEntries(Object.entries(field).filter(([name]) => name !== 'enum'));
  return `${property(field.name)}: ${literal(written)},`;
}

function renderRelation({ model, ...relation }: RelationMetadata): string {
  const entries = Object.entries(relation).map(([name, value]) => `${name}: ${literal(value)}`);
  return `${property(relation.name)}: { ${entries.join(', ')}, model: () => models.${delegateOf(model)} },`;
}
