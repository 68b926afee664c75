import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, ScalarField, ScalarType } from '../models/model.js';
import type { UserModel } from '../authentication/user-model.js';

/** The framework's `AuthRefreshToken` model, checked. */
export interface RefreshTokenModel {
  readonly model: Model;
  /** The foreign key to the user. */
  readonly userField: ScalarField;
}

const FIX =
  "Copy prisma/rest.prisma of nest-rest-framework into the schema's folder, run `prisma generate`, and pass `models` to RestModule.forRoot.";

/** The columns beside the user's, with what `rest.prisma` has. */
const COLUMNS: readonly (readonly [name: string, type: ScalarType, nullable: boolean, wanted: string])[] = [
  ['id', 'String', false, 'a String'],
  ['family', 'String', false, 'a String'],
  ['fingerprint', 'String', false, 'a String'],
  ['expiresAt', 'DateTime', false, 'a DateTime'],
  ['usedAt', 'DateTime', true, 'a DateTime?'],
  ['revokedAt', 'DateTime', true, 'a DateTime?'],
];

/**
 * Finds the `AuthRefreshToken` model and checks that it is as `rest.prisma` has it.
 * @throws ConfigurationError naming what is missing.
 */
export function checkRefreshTokenModel(models: Readonly<Record<string, Model>>, users: UserModel): RefreshTokenModel {
  const all = Object.values(models);
  const model = all.find(({ name }) => name === 'AuthRefreshToken');
  if (!model) throw new ConfigurationError(`jwt: the schema has no model AuthRefreshToken among [${all.map(({ name }) => name).join(', ')}]. ${FIX}`);
  for (const [name, type, nullable, wanted] of COLUMNS) {
    const column = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined;
    if (column?.type !== type || column.nullable !== nullable || column.list) missing(name, wanted);
  }
  if (!model.fields['id']?.unique) missing('id', '@id');
  const user = Object.hasOwn(model.relations, 'user') ? model.relations['user'] : undefined;
  if (!user || user.many || user.nullable || user.model().name !== users.model.name) missing('user', `a required relation to ${users.model.name}`);
  const userField = model.fields[user.from[0] ?? ''];
  if (!userField || user.from.length !== 1 || user.to[0] !== users.keyField)
    missing('user', `@relation(fields: [userId], references: [${users.keyField}])`);
  return { model, userField };
}

function missing(name: string, wanted: string): never {
  throw new ConfigurationError(`jwt: AuthRefreshToken.${name} must be ${wanted}. ${FIX}`);
}
