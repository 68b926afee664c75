import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Pagination, PaginationClass } from './pagination.js';

/** The knobs of a paginator: its readonly properties. */
export type KnobsOf<P extends Pagination> = { readonly [K in keyof P as P[K] extends (...args: never[]) => unknown ? never : K]?: P[K] };

/**
 * A subclass of a paginator with some of its knobs set.
 * @throws ConfigurationError for a knob that the class lacks, and for a size that clients may choose without a maximum.
 */
export function configuredPaginator<C extends PaginationClass>(base: C, knobs: object): C {
  const configured = {
    [base.name]: class extends (base as unknown as new () => object) {
      constructor() {
        super();
        Object.assign(this, knobs);
      }
    },
  }[base.name] as unknown as C;
  const model = new base() as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(knobs)) {
    if (!Object.hasOwn(model, name)) {
      throw new ConfigurationError(`${base.name}.with: there is no ${name} to set; known are ${Object.keys(model).join(', ')}.`);
    }
    if (value === undefined) throw new ConfigurationError(`${base.name}.with: ${name} is undefined; leave it out for the default.`);
  }
  new configured().assertUsable({ pageSize: 1 });
  return configured;
}

/** @throws ConfigurationError for a size that is no integer above 0. */
export function assertSize(owner: object, knob: string, size: number | null): void {
  if (size === null || (Number.isSafeInteger(size) && size > 0)) return;
  throw new ConfigurationError(`${owner.constructor.name}.${knob} is ${String(size)}; set it to an integer above 0.`);
}

/** @throws ConfigurationError where a client may choose a size and no maximum is set. */
export function assertMaximum(owner: object, parameter: string, chosenBy: string | null, knob: string, maximum: number | null): void {
  assertSize(owner, knob, maximum);
  if (chosenBy === null || maximum !== null) return;
  throw new ConfigurationError(
    `${owner.constructor.name}: ${parameter} is '${chosenBy}', so a client may choose the size of a page, but ${knob} is not set. Set ${knob}, or ${parameter} to null.`,
  );
}

/** @throws ConfigurationError where neither the paginator nor the `pageSize` setting says how many items a page has. */
export function knownSize(owner: object, knob: string, size: number | null | undefined): number {
  if (size !== null && size !== undefined) return size;
  throw new ConfigurationError(
    `${owner.constructor.name}: ${knob} is not set, and neither is the pageSize setting. Set one of them, or the view's pagination to null.`,
  );
}
