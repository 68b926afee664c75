import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, ScalarField } from '../models/model.js';
import type { UserModel } from './user-model.js';

/** The framework's `AuthToken` model, checked. */
export interface TokenModel {
  readonly model: Model;
  readonly keyField: string;
  /** The foreign key to the user. */
  readonly userField: string;
}

const FIX =
  "Copy prisma/rest.prisma of nest-rest-framework into the schema's folder, run `prisma generate`, and pass `models` to RestModule.forRoot.";

/**
 * Finds the `AuthToken` model and checks that it is as `rest.prisma` has it.
 * @throws ConfigurationError naming what is missing.
 */
export function checkTokenModel(models: Readonly<Record<string, Model>>, users: UserModel): TokenModel {
  const model = Object.values(models).find(({ name }) => name === 'AuthToken');
  if (!model)
    throw new ConfigurationError(
      `TokenAuthentication: the schema has no model AuthToken among [${Object.values(models)
        .map(({ name }) => name)
        .join(', ')}]. ${FIX}`,
    );

  const digest = field(model, 'digest');
  if (digest?.type !== 'String') missing('digest', 'a String');
  if (!digest?.unique) missing('digest', '@unique');
  const createdAt = field(model, 'createdAt');
  if (createdAt?.type !== 'DateTime' || !createdAt.hasDefault) missing('createdAt', 'a DateTime with @default(now())');
  const name = field(model, 'name');
  if (name?.type !== 'String' || !name.hasDefault) missing('name', 'a String with @default("")');
  for (const moment of ['expiresAt', 'lastUsedAt']) {
    const known = field(model, moment);
    if (known?.type !== 'DateTime' || !known.nullable) missing(moment, 'a DateTime?');
  }
  const user = Object.hasOwn(model.relations, 'user') ? model.relations['user'] : undefined;
  if (!user || user.many || user.nullable) missing('user', `a required relation to ${users.model.name}`);
  if (user.model().name !== users.model.name) missing('user', `a relation to ${users.model.name}, not to ${user.model().name}`);
  if (user.from.length !== 1 || user.to[0] !== users.keyField) missing('user', `@relation(fields: [userId], references: [${users.keyField}])`);
  const [userField] = user.from;
  if (userField === undefined || field(model, userField)?.unique) missing(String(userField), 'without @unique: a user has several tokens');
  const [keyField, ...others] = model.primaryKey;
  if (keyField === undefined || others.length > 0) missing('id', 'a single @id');
  return { model, keyField, userField };
}

const field = (model: Model, name: string): ScalarField | undefined => (Object.hasOwn(model.fields, name) ? model.fields[name] : undefined);

function missing(name: string, wanted: string): never {
  throw new ConfigurationError(`TokenAuthentication: AuthToken.${name} must be ${wanted}. ${FIX}`);
}
