import { Inject, Injectable } from '@nestjs/common';
import { delegateOf, type ModelDelegate } from '../authentication/model-delegate.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { readKey } from '../models/key.js';
import type { Model } from '../models/model.js';
import { Database } from '../prisma/database.js';
import type { RequestUser } from '../requests/request-user.js';
import { KnownPermissions, type KnownPermission } from './known-permissions.js';
import { objectKey } from './object-key.js';
import { PermissionModels } from './permission-models.js';

/** Who has a permission: `{ user: alice }`, `{ group: editors }`. */
export type PermissionHolder = { readonly user: Pick<RequestUser, 'id'> } | { readonly group: { readonly id: string | number | bigint } };

/**
 * Gives permissions to users and groups, and takes them back: for a model, or for one of its rows. Django's `user_permissions.add` and guardian's
 * `assign_perm`. What is given twice is had once.
 */
@Injectable()
export class PermissionAssignments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PermissionModels) private readonly permissionModels: PermissionModels,
    @Inject(KnownPermissions) private readonly known: KnownPermissions,
  ) {}

  /** @throws ConfigurationError for a permission that there is none of, and for a holder or a row without a key. */
  async assignPerm(perm: string, to: PermissionHolder, object?: object): Promise<void> {
    const known = this.known.get(perm, 'assignPerm');
    const { permission, objectPermission, ownKey } = this.permissionModels.checked;
    const { id } = await this.#delegate(permission).upsert({ where: { codename: perm }, create: rowOf(known), update: {} });
    const holder = this.#holder(to);
    if (!object) {
      await this.#delegate(permission).update({ where: { codename: perm }, data: { [holder.many]: { connect: { [holder.keyField]: holder.key } } } });
      return;
    }
    const own = ownKey(known.model)?.from[0];
    const data = {
      permissionId: id,
      objectKey: objectKey(known.model, object),
      [holder.foreignKey]: holder.key,
      ...(own !== undefined && { [own]: (object as Record<string, unknown>)[known.model.primaryKey[0]!] }),
    };
    await this.#delegate(objectPermission).createMany({ data: [data], skipDuplicates: true });
  }

  /** Takes back what was given by `assignPerm`; what was not is no error. A permission by a group stays the group's. */
  async removePerm(perm: string, from: PermissionHolder, object?: object): Promise<void> {
    const known = this.known.get(perm, 'removePerm');
    const { permission, objectPermission } = this.permissionModels.checked;
    const holder = this.#holder(from);
    if (!object) {
      const row = await this.#delegate(permission).findUnique({ where: { codename: perm } });
      if (!row) return;
      await this.#delegate(permission).update({
        where: { codename: perm },
        data: { [holder.many]: { disconnect: { [holder.keyField]: holder.key } } },
      });
      return;
    }
    await this.#delegate(objectPermission).deleteMany({
      where: { permission: { codename: perm }, objectKey: objectKey(known.model, object), [holder.foreignKey]: holder.key },
    });
  }

  /** Takes back every permission for a row. Call it where a row is deleted whose key may come again, and whose model has no foreign key there. */
  async removeObject(model: Model, object: object): Promise<void> {
    const { objectPermission } = this.permissionModels.checked;
    await this.#delegate(objectPermission).deleteMany({ where: { permission: { model: model.name }, objectKey: objectKey(model, object) } });
  }

  /** Writes a row for every permission that there is, so that they can be listed and chosen: Django does so after a migration. Assigning needs none. */
  async sync(): Promise<void> {
    const { permission } = this.permissionModels.checked;
    await this.#delegate(permission).createMany({ data: this.known.all.map(rowOf), skipDuplicates: true });
  }

  /** A key that is none must not reach Prisma: `{ id: undefined }` would be every row. */
  #holder(holder: PermissionHolder) {
    const { users, group, objectPermission } = this.permissionModels.checked;
    const [name, model, value] = 'user' in holder ? (['user', users.model, holder.user.id] as const) : (['group', group, holder.group.id] as const);
    const keyField = model.primaryKey[0]!;
    const read = readKey(model.fields[keyField]!, value);
    if (read.kind !== 'key') throw new ConfigurationError(`A permission's holder: ${String(value)} is no ${model.name}.${keyField}.`);
    return { key: read.value, keyField, many: `${name}s`, foreignKey: objectPermission.relations[name]!.from[0]! };
  }

  #delegate(model: Model): ModelDelegate {
    return delegateOf(this.database, model);
  }
}

const rowOf = ({ codename, model, name }: KnownPermission) => ({ codename, model: model.name, name });
