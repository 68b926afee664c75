import { ConfigurationError } from '../exceptions/configuration-error.js';
import { readKey } from '../models/key.js';
import type { Model } from '../models/model.js';
import { EVERYTHING, NOTHING } from '../plan/assert-where.js';
import type { Where } from '../plan/where.js';
import { modelOf } from '../plan/instances.js';
import type { RequestUser } from '../requests/request-user.js';
import type { KnownPermissions } from './known-permissions.js';
import { objectKey } from './object-key.js';
import type { PermissionReader } from './permission-reader.js';

export interface ObjectsOptions {
  /** Whether who has the permission for the model has it for every row. Default: true. */
  readonly acceptGlobalPerms?: boolean;
  /** The most keys that are read for a model without a foreign key on `AuthObjectPermission`. Default: 10,000. */
  readonly maxObjects?: number;
}

/**
 * What one user may, read when it is first asked for and kept: for a request, or a piece of work. An anonymous or inactive user has no permission, a
 * superuser every one. A permission for a model is none for its rows, as in Django: `hasPerm('change_book', book)` asks for one of the book's own.
 */
export class PermissionChecker {
  #groups?: Promise<ReadonlySet<string>>;
  #ofModels?: Promise<ReadonlySet<string>>;
  readonly #ofObjects = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(
    readonly user: RequestUser | null,
    private readonly reader: PermissionReader,
    private readonly known: KnownPermissions,
  ) {}

  get isSuperuser(): boolean {
    const { isSuperuserField } = this.reader.models.users;
    return isSuperuserField !== null && this.#active !== null && (this.#active as unknown as Record<string, unknown>)[isSuperuserField] === true;
  }

  /** The names of the groups that the user is in; an anonymous or inactive one is in none. */
  async getGroups(): Promise<ReadonlySet<string>> {
    return this.#active === null ? new Set() : (this.#groups ??= this.reader.groupsOf(this.#active));
  }

  /** The codenames of all permissions for models, or for an object. */
  async getAllPermissions(object?: object, model?: Model): Promise<ReadonlySet<string>> {
    if (this.#active === null) return new Set();
    const of = object && this.#modelOf(object, model);
    if (this.isSuperuser) return new Set(this.known.all.filter(({ model: known }) => !of || known.name === of.name).map(({ codename }) => codename));
    if (!object || !of) return (this.#ofModels ??= this.reader.ofModels(this.#active));
    const key = objectKey(of, object);
    const at = `${of.name}:${key}`;
    let found = this.#ofObjects.get(at);
    if (!found) this.#ofObjects.set(at, (found = this.reader.ofObjects(this.#active, of, [key]).then((all) => all.get(key) ?? new Set())));
    return found;
  }

  /** @throws ConfigurationError for a permission that there is none of, and an object of another model than the permission's. */
  hasPerm(perm: string, object?: object): Promise<boolean> {
    return this.hasPerms([perm], object);
  }

  /** Whether the user has all of them: without any, everybody has. */
  async hasPerms(perms: readonly string[], object?: object): Promise<boolean> {
    for (const perm of perms) {
      const { model } = this.known.get(perm, 'hasPerm');
      if (!(await this.getAllPermissions(object, model)).has(perm)) return false;
    }
    return true;
  }

  /** Reads the permissions for several objects in one statement, before they are asked about one by one. */
  async prefetch(objects: readonly object[], model: Model): Promise<void> {
    const user = this.#active;
    if (user === null || this.isSuperuser) return;
    const keys = objects.map((object) => objectKey(model, object)).filter((key) => !this.#ofObjects.has(`${model.name}:${key}`));
    if (keys.length === 0) return;
    const found = await this.reader.ofObjects(user, model, keys);
    for (const key of keys) this.#ofObjects.set(`${model.name}:${key}`, Promise.resolve(found.get(key) ?? new Set()));
  }

  /**
   * The condition on a model's rows that the user has a permission for them: guardian's `get_objects_for_user`. Where `AuthObjectPermission` has a foreign
   * key of the model's, it is part of the statement that reads the rows; else their keys are read before, in one statement more.
   * @throws ConfigurationError for more keys than `maxObjects`.
   */
  async objectsWith(model: Model, perm: string, { acceptGlobalPerms = true, maxObjects = 10_000 }: ObjectsOptions = {}): Promise<Where> {
    if (this.known.get(perm, 'objectsWith').model.name !== model.name) throw wrongModel(perm, model);
    if (this.#active === null) return NOTHING;
    if (this.isSuperuser || (acceptGlobalPerms && (await this.hasPerm(perm)))) return EVERYTHING;
    const own = this.reader.models.ownKey(model);
    const holder = this.reader.holder(this.#active);
    if (own && holder) return { [own.inverse]: { some: { AND: [{ permission: { is: { codename: perm } } }, holder] } } } as Where;
    const [key, ...others] = model.primaryKey;
    if (key === undefined || others.length > 0)
      throw new ConfigurationError(`${model.name} has a key of several columns: permissions for its rows cannot be kept.`);
    const keys = await this.reader.keysOf(this.#active, perm, maxObjects + 1);
    if (keys.length > maxObjects) {
      throw new ConfigurationError(
        `objectsWith: user ${String(this.#active.id)} has ${perm} for more than ${maxObjects} rows. Give ${model.name} a foreign key on AuthObjectPermission, so that no keys need to be read.`,
      );
    }
    const values = keys.map((text) => readKey(model.fields[key]!, text)).flatMap((read) => (read.kind === 'key' ? [read.value] : []));
    return { [key]: { in: values } } as Where;
  }

  get #active(): RequestUser | null {
    return this.user?.isActive === true ? this.user : null;
  }

  #modelOf(object: object, expected?: Model): Model {
    const known = modelOf(object);
    const model = known ?? expected;
    if (!model) throw new ConfigurationError('getAllPermissions: nobody knows what model the object is of. Name it as the second argument.');
    if (expected && model.name !== expected.name)
      throw new ConfigurationError(`hasPerm: a permission for ${expected.name} is asked of a ${model.name}.`);
    return model;
  }
}

const wrongModel = (perm: string, model: Model) => new ConfigurationError(`objectsWith: ${perm} is no permission for ${model.name}.`);
