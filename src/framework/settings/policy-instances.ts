import { Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { PermissionLike } from '../permissions/permission-expression.js';
import { Permission } from '../permissions/permission.js';
import { assertInjectable } from './injectable.js';
import { permissionClasses, resolvePermissions } from '../permissions/resolve-permissions.js';

/** The instances of policy classes: each is made once in a module, by Nest's injector, so that a policy may ask for the providers of its view's module. */
@Injectable()
export class PolicyInstances {
  readonly #made = new WeakMap<ModuleRef, Map<Type, Promise<object>>>();

  constructor(private readonly moduleRef: ModuleRef) {}

  make<T extends object>(policy: Type<T>, moduleRef: ModuleRef = this.moduleRef): Promise<T> {
    let made = this.#made.get(moduleRef);
    if (!made) this.#made.set(moduleRef, (made = new Map()));
    let instance = made.get(policy) as Promise<T> | undefined;
    if (!instance) {
      assertInjectable(policy);
      made.set(policy, (instance = moduleRef.create<T>(policy)));
    }
    return instance;
  }

  async permissions(permissions: readonly (Permission | PermissionLike)[], moduleRef?: ModuleRef): Promise<Permission[]> {
    const ready = permissions.filter((permission) => permission instanceof Permission);
    if (ready.length === permissions.length) return ready;
    const classes = permissions.filter((permission): permission is PermissionLike => !(permission instanceof Permission));
    const made = new Map<Type, Permission>();
    for (const permission of permissionClasses(classes)) made.set(permission, await this.make(permission, moduleRef));
    return permissions.flatMap((permission) =>
      permission instanceof Permission ? [permission] : resolvePermissions([permission], (one) => made.get(one) as Permission),
    );
  }
}
