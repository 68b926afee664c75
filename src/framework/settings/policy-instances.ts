import { Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { PermissionLike } from '../permissions/permission-expression.js';
import { Permission } from '../permissions/permission.js';
import { Throttle, type ThrottleClass } from '../throttling/throttle.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
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

  /** @throws ConfigurationError for what is no throttle. */
  throttles(throttles: readonly (Throttle | ThrottleClass)[], moduleRef?: ModuleRef): Promise<Throttle[]> {
    return Promise.all(
      throttles.map(async (throttle) => {
        const made: unknown = typeof throttle === 'function' ? await this.make(throttle, moduleRef) : throttle;
        if (made instanceof Throttle) return made;
        throw new ConfigurationError(
          `throttles: ${typeof throttle === 'function' ? throttle.name : String(throttle)} is no throttle. Name classes that extend Throttle, such as AnonRateThrottle.`,
        );
      }),
    );
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
