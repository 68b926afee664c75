import type { UserModel } from '../authentication/user-model.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, ScalarField, ScalarType } from '../models/model.js';

/** The framework's `AuthAPIKey` model, checked. */
export interface APIKeyModel {
  readonly model: Model;
  /** The foreign key to the user. */
  readonly userField: ScalarField;
}

const FIX =
  "Copy prisma/rest.prisma of nest-rest-framework into the schema's folder, run `prisma generate`, and pass `models` to RestModule.forRoot.";

/** The columns beside the user's, with what `rest.prisma` has. */
const COLUMNS: readonly (readonly [name: string, type: ScalarType, shape: 'one' | 'null' | 'list', wanted: string])[] = [
  ['prefix', 'String', 'one', 'a String'],
  ['digest', 'String', 'one', 'a String'],
  ['name', 'String', 'one', 'a String'],
  ['scopes', 'String', 'list', 'a String[]'],
  ['createdAt', 'DateTime', 'one', 'a DateTime'],
  ['expiresAt', 'DateTime', 'null', 'a DateTime?'],
  ['revokedAt', 'DateTime', 'null', 'a DateTime?'],
  ['lastUsedAt', 'DateTime', 'null', 'a DateTime?'],
];

/**
 * Finds the `AuthAPIKey` model and checks that it is as `rest.prisma` has it.
 * @throws ConfigurationError naming what is missing.
 */
export function checkAPIKeyModel(models: Readonly<Record<string, Model>>, users: UserModel): APIKeyModel {
  const all = Object.values(models);
  const model = all.find(({ name }) => name === 'AuthAPIKey');
  if (!model) throw new ConfigurationError(`API keys: the schema has no model AuthAPIKey among [${all.map(({ name }) => name).join(', ')}]. ${FIX}`);
  for (const [name, type, shape, wanted] of COLUMNS) {
    const column = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined;
    if (column?.type !== type || column.list !== (shape === 'list') || column.nullable !== (shape === 'null')) missing(name, wanted);
  }
  if (!model.fields['prefix']?.unique) missing('prefix', '@unique');
  if (model.primaryKey.length !== 1) missing('id', 'a single @id');
  const user = Object.hasOwn(model.relations, 'user') ? model.relations['user'] : undefined;
  if (!user || user.many || !user.nullable || user.model().name !== users.model.name) missing('user', `a relation to ${users.model.name}?`);
  const userField = model.fields[user.from[0] ?? ''];
  if (!userField || user.from.length !== 1 || user.to[0] !== users.keyField)
    missing('user', `@relation(fields: [userId], references: [${users.keyField}])`);
  return { model, userField };
}

function missing(name: string, wanted: string): never {
  throw new ConfigurationError(`API keys: AuthAPIKey.${name} must be ${wanted}. ${FIX}`);
}
