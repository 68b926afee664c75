/**
 * The parameters of a query string: every name may have several values, and the last one counts where one is asked for, as in Django's QueryDict.
 *
 * Percent-encoding that is no UTF-8 becomes U+FFFD; a blank value is a value.
 */
export class QueryParams {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(query: string) {
    const values = new Map<string, string[]>();
    if (query !== '') {
      // URLSearchParams drops a question mark in front; Django does not.
      for (const [name, value] of new URLSearchParams(`&${query}`)) {
        const known = values.get(name);
        if (known) known.push(value);
        else values.set(name, [value]);
      }
    }
    this.#values = values;
  }

  /** The last value, or undefined. */
  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  getAll(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  /** The query string with parameters set (or, for null, left out), sorted by name and encoded like Python's `urlencode` (PAG-3). */
  with(changes: Readonly<Record<string, string | number | null>>): string {
    const values = new Map<string, readonly string[]>(this.#values);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) values.delete(name);
      else values.set(name, [String(value)]);
    }
    return [...values]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .flatMap(([name, all]) => all.map((value) => `${quotePlus(name)}=${quotePlus(value)}`))
      .join('&');
  }
}

function quotePlus(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
