import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, ScalarField, ScalarType } from '../models/model.js';
import type { UserModel } from '../authentication/user-model.js';

/** The framework's `AuthSession` model, checked. */
export interface SessionModel {
  readonly model: Model;
  /** The foreign key to the user. */
  readonly userField: ScalarField;
}

const FIX =
  "Copy prisma/rest.prisma of nest-rest-framework into the schema's folder, run `prisma generate`, and pass `models` to RestModule.forRoot; or keep sessions elsewhere: sessions: { store: new RedisSessionStore(client) }.";

/** The columns beside the user's, with what `rest.prisma` has. */
const COLUMNS: readonly (readonly [name: string, type: ScalarType, nullable: boolean, wanted: string])[] = [
  ['digest', 'String', false, 'a String'],
  ['fingerprint', 'String', true, 'a String?'],
  ['data', 'String', false, 'a String'],
  ['expiresAt', 'DateTime', false, 'a DateTime'],
];

/**
 * Finds the `AuthSession` model and checks that it is as `rest.prisma` has it.
 * @throws ConfigurationError naming what is missing.
 */
export function checkSessionModel(models: Readonly<Record<string, Model>>, users: UserModel): SessionModel {
  const all = Object.values(models);
  const model = all.find(({ name }) => name === 'AuthSession');
  if (!model) throw new ConfigurationError(`sessions: the schema has no model AuthSession among [${all.map(({ name }) => name).join(', ')}]. ${FIX}`);
  for (const [name, type, nullable, wanted] of COLUMNS) {
    const column = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined;
    if (column?.type !== type || column.nullable !== nullable || column.list) missing(name, wanted);
  }
  if (!model.fields['digest']?.unique) missing('digest', '@id or @unique');
  const user = Object.hasOwn(model.relations, 'user') ? model.relations['user'] : undefined;
  if (!user || user.many || !user.nullable) missing('user', `a relation to ${users.model.name}?`);
  if (user.model().name !== users.model.name) missing('user', `a relation to ${users.model.name}?, not to ${user.model().name}`);
  const userField = model.fields[user.from[0] ?? ''];
  if (!userField || user.from.length !== 1 || user.to[0] !== users.keyField)
    missing('user', `@relation(fields: [userId], references: [${users.keyField}])`);
  if (userField.unique) missing(userField.name, 'without @unique: a user has several sessions');
  return { model, userField };
}

function missing(name: string, wanted: string): never {
  throw new ConfigurationError(`sessions: AuthSession.${name} must be ${wanted}. ${FIX}`);
}
