import type { Model } from '../models/model.js';
import type { Lifetime } from './lifetime.js';
import { checkTokenModel, type TokenModel } from './token-model.js';
import { checkUserModel, type UserMapping, type UserModel } from './user-model.js';

export type { UserMapping } from './user-model.js';

/** What authentication knows of the application: its user model, and the framework's own tables among its models. Also the token to inject it by. */
export class AuthenticationSettings {
  readonly #mapping: UserMapping | undefined;
  #userModel?: UserModel;
  #tokenModel?: TokenModel;

  constructor(
    users: UserMapping | undefined,
    readonly models: Readonly<Record<string, Model>>,
    readonly tokenLifetime: Lifetime = null,
  ) {
    this.#mapping = users;
  }

  /** @throws ConfigurationError where there is none, or it lacks a field. */
  get userModel(): UserModel {
    return (this.#userModel ??= checkUserModel(this.#mapping));
  }

  /** Whether the schema has the model of tokens at all. */
  get hasTokens(): boolean {
    return hasModel(this.models, 'AuthToken');
  }

  /** @throws ConfigurationError where the schema lacks the model, or the model a field. */
  get tokenModel(): TokenModel {
    return (this.#tokenModel ??= checkTokenModel(this.models, this.userModel));
  }
}

const hasModel = (models: Readonly<Record<string, Model>>, name: string) => Object.values(models).some((model) => model.name === name);
