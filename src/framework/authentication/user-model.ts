import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, ScalarName, ScalarType } from '../models/model.js';
import { toInstance } from '../plan/rows.js';
import type { RequestUser } from '../requests/request-user.js';

/** The application's own user model, by contract: where its fields are called otherwise, they are named here. */
export interface UserMapping<M extends Model = Model> {
  readonly model: M;
  /** A unique text. Default: `username`. */
  readonly usernameField?: ScalarName<M>;
  /** A text that holds the hash. Default: `password`. */
  readonly passwordField?: ScalarName<M>;
  /** Default: `isActive`. */
  readonly isActiveField?: ScalarName<M>;
  /** Default: `isStaff`. */
  readonly isStaffField?: ScalarName<M>;
  /** Who has every permission. Default: none, nobody is a superuser. */
  readonly isSuperuserField?: ScalarName<M>;
}

/** A user mapping with its defaults, checked against the model. */
export interface UserModel {
  readonly model: Model;
  /** The field that is the primary key. */
  readonly keyField: string;
  readonly usernameField: string;
  readonly passwordField: string;
  readonly isActiveField: string;
  readonly isStaffField: string;
  /** Null where nobody is a superuser. */
  readonly isSuperuserField: string | null;
}

/** @throws ConfigurationError for a model that does not keep the contract. */
export function checkUserModel(mapping: UserMapping | undefined): UserModel {
  if (!mapping) {
    throw new ConfigurationError('RestModule.forRoot: users is not set, but authentication needs the user model. Add users: { model: models.user }.');
  }
  const {
    model,
    usernameField = 'username',
    passwordField = 'password',
    isActiveField = 'isActive',
    isStaffField = 'isStaff',
    isSuperuserField = null,
  } = mapping;
  const named: readonly (readonly [setting: string, field: string, type: ScalarType])[] = [
    ['usernameField', usernameField, 'String'],
    ['passwordField', passwordField, 'String'],
    ['isActiveField', isActiveField, 'Boolean'],
    ['isStaffField', isStaffField, 'Boolean'],
    ...(isSuperuserField === null ? [] : ([['isSuperuserField', isSuperuserField, 'Boolean']] as const)),
  ];
  for (const [setting, name, type] of named) {
    const field = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined;
    if (!field || field.type !== type || field.list) {
      throw new ConfigurationError(
        `users.${setting}: ${model.name}.${name} ${field ? `is a ${field.type}${field.list ? '[]' : ''}` : 'does not exist'}, but it must be a ${type}. Add the field to model ${model.name}, or name the one that there is: users: { ${setting}: '…' }.`,
      );
    }
  }
  if (!model.fields[usernameField]?.unique) {
    throw new ConfigurationError(
      `users.usernameField: ${model.name}.${usernameField} is not unique, so it cannot say who signs in. Add @unique to it.`,
    );
  }
  const [keyField, ...others] = model.primaryKey;
  if (keyField === undefined || others.length > 0) {
    throw new ConfigurationError(
      `users.model: the primary key of ${model.name} is [${model.primaryKey.join(', ')}], but a user must have a single one. Give it an @id field.`,
    );
  }
  return { model, keyField, usernameField, passwordField, isActiveField, isStaffField, isSuperuserField };
}

/** A user as requests hold it: an instance without its password, under the contract's names too. */
export function toRequestUser(users: UserModel, row: Readonly<Record<string, unknown>>): RequestUser {
  const { [users.passwordField]: _password, ...known } = row;
  const user: Record<string, unknown> = toInstance(users.model, known);
  user['id'] = row[users.keyField];
  user['isActive'] = row[users.isActiveField];
  user['isStaff'] = row[users.isStaffField];
  return user as unknown as RequestUser;
}
