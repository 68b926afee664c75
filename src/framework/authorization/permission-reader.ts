import { Inject, Injectable } from '@nestjs/common';
import { readKey } from '../models/key.js';
import type { Model } from '../models/model.js';
import { keyTree } from '../plan/read-tree.js';
import type { ReadTree } from '../plan/read-plan.js';
import type { Where } from '../plan/where.js';
import { Database } from '../prisma/database.js';
import type { RequestUser } from '../requests/request-user.js';
import { PermissionModels, type CheckedModels } from './permission-models.js';

/** Reads what a user may, each question in one statement. Who has a permission by a group has it once. */
@Injectable()
export class PermissionReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PermissionModels) private readonly permissionModels: PermissionModels,
  ) {}

  get models(): CheckedModels {
    return this.permissionModels.checked;
  }

  /** The codenames of a user's permissions for models. */
  async ofModels(user: RequestUser): Promise<ReadonlySet<string>> {
    const { permission } = this.models;
    const isHe = this.#isHe(user);
    if (!isHe) return new Set();
    const mine = { OR: [{ users: { some: isHe } }, { groups: { some: { users: { some: isHe } } } }] } as Where;
    const rows = await this.database.objects(permission).filter(mine).rows(columns(permission, 'codename'));
    return new Set(rows.map(({ codename }) => codename as string));
  }

  /** The names of a user's groups. */
  async groupsOf(user: RequestUser): Promise<ReadonlySet<string>> {
    const { group } = this.models;
    const isHe = this.#isHe(user);
    if (!isHe) return new Set();
    const mine = { users: { some: isHe } } as Where;
    const rows = await this.database.objects(group).filter(mine).rows(columns(group, 'name'));
    return new Set(rows.map(({ name }) => name as string));
  }

  /** The codenames of a user's permissions for objects of a model, by the object's key as text. */
  async ofObjects(user: RequestUser, model: Model, keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const { objectPermission, permission } = this.models;
    const found = new Map<string, Set<string>>(keys.map((key) => [key, new Set()]));
    const holder = this.holder(user);
    if (!holder || keys.length === 0) return found;
    const where = { AND: [{ objectKey: { in: keys } }, { permission: { is: { model: model.name } } }, holder] } as Where;
    const relations = new Map([['permission', { tree: columns(permission, 'codename'), many: false, ordering: [] }]]);
    const rows = await this.database
      .objects(objectPermission)
      .filter(where)
      .rows({ ...columns(objectPermission, 'objectKey'), relations });
    for (const { objectKey, permission: held } of rows) found.get(objectKey as string)?.add((held as { codename: string }).codename);
    return found;
  }

  /** The keys, as text, of the objects that a user has a permission for: no more than `limit`. */
  async keysOf(user: RequestUser, codename: string, limit: number): Promise<readonly string[]> {
    const { objectPermission } = this.models;
    const holder = this.holder(user);
    if (!holder) return [];
    const where = { AND: [{ permission: { is: { codename } } }, holder] } as Where;
    const rows = await this.database.objects(objectPermission).filter(where).rows(columns(objectPermission, 'objectKey'), 0, limit);
    return [...new Set(rows.map(({ objectKey }) => objectKey as string))];
  }

  /** The condition on `AuthObjectPermission` that a row is the user's, or of a group of the user's. Undefined for a user that no row can be of. */
  holder(user: RequestUser): Where | undefined {
    const isHe = this.#isHe(user);
    return isHe && ({ OR: [{ user: { is: isHe } }, { group: { is: { users: { some: isHe } } } }] } as Where);
  }

  #isHe(user: RequestUser): Where | undefined {
    const { model, keyField } = this.models.users;
    const key = readKey(model.fields[keyField]!, user.id);
    return key.kind === 'key' ? ({ [keyField]: key.value } as Where) : undefined;
  }
}

const columns = (model: Model, ...names: readonly string[]): ReadTree => ({ ...keyTree(model), columns: new Set(names) });
