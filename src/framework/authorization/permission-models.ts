import type { AuthenticationSettings } from '../authentication/authentication-settings.js';
import type { UserModel } from '../authentication/user-model.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, RelationField } from '../models/model.js';

const FIX =
  "Copy prisma/rest.prisma of nest-rest-framework into the schema's folder, run `prisma generate`, and pass `models` to RestModule.forRoot.";

/** The relations of `AuthObjectPermission` that are its own. */
const HOLDING: readonly string[] = ['permission', 'user', 'group'];

/** The framework's models of groups and permissions among the application's, checked when they are first asked for. */
export class PermissionModels {
  #checked?: CheckedModels;

  constructor(
    private readonly authentication: AuthenticationSettings,
    private readonly models: Readonly<Record<string, Model>>,
  ) {}

  /** @throws ConfigurationError naming what the schema lacks. */
  get checked(): CheckedModels {
    return (this.#checked ??= checkModels(this.models, this.authentication.userModel));
  }
}

export interface CheckedModels {
  readonly users: UserModel;
  readonly permission: Model;
  readonly group: Model;
  readonly objectPermission: Model;
  /** The foreign key of a model's own rows on `AuthObjectPermission`, where the schema has one. */
  ownKey(model: Model): RelationField | undefined;
}

function checkModels(models: Readonly<Record<string, Model>>, users: UserModel): CheckedModels {
  const [permission, group, objectPermission] = ['AuthPermission', 'AuthGroup', 'AuthObjectPermission'].map((name) => find(models, name)) as [
    Model,
    Model,
    Model,
  ];
  for (const name of ['codename', 'model', 'name']) text(permission, name);
  text(group, 'name');
  text(objectPermission, 'objectKey');
  if (!permission.fields['codename']?.unique) missing(permission, 'codename', '@unique');
  relation(permission, 'users', users.model, true);
  relation(permission, 'groups', group, true);
  relation(group, 'users', users.model, true);
  relation(objectPermission, 'permission', permission, false);
  relation(objectPermission, 'user', users.model, false);
  relation(objectPermission, 'group', group, false);
  return {
    users,
    permission,
    group,
    objectPermission,
    ownKey: (model) =>
      Object.values(objectPermission.relations).find(
        ({ name, many, model: to, from, to: [key, ...others] }) =>
          !HOLDING.includes(name) && !many && from.length === 1 && others.length === 0 && to().name === model.name && key === model.primaryKey[0],
      ),
  };
}

function find(models: Readonly<Record<string, Model>>, wanted: string): Model {
  const found = Object.values(models).find(({ name }) => name === wanted);
  if (found) return found;
  const names = Object.values(models).map(({ name }) => name);
  throw new ConfigurationError(`Groups and permissions: the schema has no model ${wanted} among [${names.join(', ')}]. ${FIX}`);
}

function text(model: Model, name: string): void {
  if (!Object.hasOwn(model.fields, name) || model.fields[name]?.type !== 'String') missing(model, name, 'a String');
}

function relation(model: Model, name: string, to: Model, many: boolean): void {
  const found = Object.hasOwn(model.relations, name) ? model.relations[name] : undefined;
  if (!found || found.many !== many || found.model().name !== to.name) missing(model, name, `a relation to ${many ? 'many' : 'one'} of ${to.name}`);
}

function missing(model: Model, name: string, wanted: string): never {
  throw new ConfigurationError(`Groups and permissions: ${model.name}.${name} must be ${wanted}. ${FIX}`);
}
