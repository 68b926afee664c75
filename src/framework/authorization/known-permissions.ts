import { ConfigurationError } from '../exceptions/configuration-error.js';
import { instead } from '../internal/nearest-name.js';
import type { Model } from '../models/model.js';

/** Something that may be done with the rows of a model. */
export interface KnownPermission {
  /** What is done and the model's name in lower case: `change_book`. */
  readonly codename: string;
  readonly model: Model;
  /** For people, in Django's words: `Can change book`. */
  readonly name: string;
}

/** What every model's permissions are about: Django's `default_permissions`. */
const ACTIONS = ['add', 'change', 'delete', 'view'] as const;

/** The codename that a template means for a model: `view_{model}` is `view_book`. */
export const codenameOf = (template: string, model: Model): string => template.replaceAll('{model}', model.name.toLowerCase());

/**
 * Every permission that there is: four of each model, and those that the `modelPermissions` setting adds. A permission that is not among them is a
 * spelling mistake, never one that nobody has.
 */
export class KnownPermissions {
  readonly #byCodename = new Map<string, KnownPermission>();

  /** @throws ConfigurationError for a model that there is none of. */
  constructor(models: Readonly<Record<string, Model>>, added: Readonly<Record<string, readonly string[]>> = {}) {
    const names = Object.values(models).map(({ name }) => name);
    for (const name of Object.keys(added)) {
      if (!names.includes(name))
        throw new ConfigurationError(`RestModule.forRoot: modelPermissions names ${name}, which is no model.${instead(name, names)}`);
    }
    for (const model of Object.values(models)) this.#add(model, [...ACTIONS, ...(added[model.name] ?? [])]);
  }

  get all(): readonly KnownPermission[] {
    return [...this.#byCodename.values()];
  }

  /** @throws ConfigurationError for a codename that no model has, naming the nearest one. */
  get(codename: string, asker: string): KnownPermission {
    const known = this.#byCodename.get(codename);
    if (known) return known;
    throw new ConfigurationError(
      `${asker}: there is no permission ${codename}.${instead(codename, [...this.#byCodename.keys()])} Others are added in RestModule.forRoot({ modelPermissions }).`,
    );
  }

  #add(model: Model, actions: readonly string[]): void {
    for (const action of actions) {
      const codename = codenameOf(`${action}_{model}`, model);
      this.#byCodename.set(codename, { codename, model, name: `Can ${action.replaceAll('_', ' ')} ${model.verboseName}` });
    }
  }
}
