import { Injectable } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { Address } from '../viewsets/handler.js';

/** A named address, ready to be filled in. */
export interface RouteTemplate {
  readonly name: string;
  /** `/library/books/:pk/` */
  readonly path: string;
  readonly params: readonly string[];
  /** What stands before and after the last parameter. */
  readonly around: readonly [before: string, after: string];
}

/** An address that a path leads to. */
export interface RouteMatch {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly address: Address;
  readonly pattern: RegExp;
}

/** Every address of the framework's views: filled while Nest registers routes, asked for links. */
@Injectable()
export class Routes {
  readonly #addresses: Address[] = [];
  readonly #patterns: Pattern[] = [];
  readonly #named = new Map<string, RouteTemplate>();

  /** @throws ConfigurationError where another address has the name. */
  add(address: Address): void {
    const { routeName, path } = address;
    const known = routeName === null ? undefined : this.#named.get(routeName);
    if (known)
      throw new ConfigurationError(
        `Two addresses are called ${routeName}: ${known.path} and ${path}. Give one of their viewsets a basename of its own.`,
      );
    this.#addresses.push(address);
    insert(this.#patterns, { address, pattern: patternOf(path) });
    if (routeName !== null) this.#named.set(routeName, templateOf(routeName, path));
  }

  /** Every address, in the order of registration. */
  get addresses(): readonly Address[] {
    return this.#addresses;
  }

  /** @throws ConfigurationError for a name that no address has; `owner` is named in it. */
  template(name: string, owner = 'reverse'): RouteTemplate {
    const entry = this.#named.get(name);
    if (!entry)
      throw new ConfigurationError(`${owner}: no address is called ${name}. Known are ${[...this.#named.keys()].sort().join(', ') || 'none'}.`);
    return entry;
  }

  /**
   * The address of a name (URL-1): absolute where a request is given.
   * @throws ConfigurationError for an unknown name or a parameter that is missing.
   */
  reverse(name: string, params: Readonly<Record<string, string | number | bigint>> = {}, request?: RestRequest): string {
    const { path } = this.template(name);
    const filled = path.replace(/:(\w+)/g, (_whole, param: string) => {
      const value = params[param];
      if (value === undefined) throw new ConfigurationError(`reverse: the address ${name} (${path}) needs a value for ${param}.`);
      return encodeURIComponent(String(value));
    });
    return request ? request.buildAbsoluteUri(filled) : filled;
  }

  /** The named address that a path leads to; null where none does. */
  resolve(path: string): RouteMatch | null {
    const slashed = path.endsWith('/') ? path : `${path}/`;
    const found = this.#patterns.find(({ address, pattern }) => address.routeName !== null && pattern.test(slashed));
    if (!found) return null;
    const { name, params } = this.#named.get(found.address.routeName as string) as RouteTemplate;
    const match = found.pattern.exec(slashed) as RegExpExecArray;
    try {
      return { name, params: Object.fromEntries(params.map((param, at) => [param, decodeURIComponent(match[at + 1] as string)])) };
    } catch {
      return null;
    }
  }

  /** The methods of the address that a path leads to; null where there is none. */
  methodsOf(path: string): readonly string[] | null {
    const slashed = path.endsWith('/') ? path : `${path}/`;
    return this.#patterns.find(({ pattern }) => pattern.test(slashed))?.address.methods ?? null;
  }

  /** The route table as text, a line for each address. */
  toString(): string {
    const width = Math.max(...this.#addresses.map(({ path }) => path.length), 0);
    return this.#addresses
      .map(({ path, routeName, methods }) => `${path.padEnd(width)}  ${(routeName ?? '').padEnd(24)} ${methods.join(', ')}`)
      .join('\n');
  }
}

/** Keeps addresses in the order in which a router tries them: what is written out before what is a parameter. */
function insert(patterns: Pattern[], added: Pattern): void {
  const at = patterns.findIndex(({ address }) => rank(address.path) > rank(added.address.path));
  patterns.splice(at < 0 ? patterns.length : at, 0, added);
}

const rank = (path: string) => path.replace(/:\w+/g, '\uffff');

function templateOf(name: string, path: string): RouteTemplate {
  const params = [...path.matchAll(/:(\w+)/g)].map(([, param]) => param as string);
  const at = path.lastIndexOf(':');
  const around = at < 0 ? ([path, ''] as const) : ([path.slice(0, at), path.slice(at).replace(/^:\w+/, '')] as const);
  return { name, path, params, around };
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '([^/]+)')}$`);
