/** The fields of a form post, each with every value that was sent, in order: Django's QueryDict. */
export class FormValues {
  readonly #values = new Map<string, unknown[]>();

  append(name: string, value: unknown): void {
    const known = this.#values.get(name);
    if (known) known.push(value);
    else this.#values.set(name, [value]);
  }

  /** The last value, or undefined. */
  get(name: string): unknown {
    return this.#values.get(name)?.at(-1);
  }

  getAll(name: string): readonly unknown[] {
    return this.#values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  /** The last value of every field. */
  entries(): [name: string, value: unknown][] {
    return this.names().map((name) => [name, this.get(name)]);
  }

  /** The fields that are sent as `name.key`, under their keys: Django's form of a nested object (PARS-7). Undefined where there is none. */
  dictionary(name: string): FormValues | undefined {
    const inner = new FormValues();
    for (const [field, values] of this.#values) {
      const key = field.startsWith(`${name}.`) ? /^[^\n]+(?=\n?$)/.exec(field.slice(name.length + 1))?.[0] : undefined;
      if (key !== undefined) inner.#values.set(key, [...values]);
    }
    return inner.#values.size ? inner : undefined;
  }

  /**
   * The items that are sent as `name[0]`, or as `name[0]key` for an item of several fields, in the order of their numbers (PARS-7). Undefined where
   * there is none.
   */
  list(name: string): unknown[] | undefined {
    const items = new Map<string, unknown>();
    for (const [field, value] of this.entries()) {
      const found = field.startsWith(`${name}[`) ? /^\[(\d+)\]([^\n]*)\n?$/.exec(field.slice(name.length)) : null;
      if (!found) continue;
      const [, digits = '', key = ''] = found;
      const index = digits.replace(/^0+(?=\d)/, '');
      const known = items.get(index);
      if (key === '') items.set(index, value);
      else if (known instanceof FormValues) known.#values.set(key, [value]);
      else items.set(index, FormValues.of(key, value));
    }
    if (items.size === 0) return undefined;
    // Numbers without leading zeros: the shorter is the smaller.
    const inOrder = [...items].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
    return inOrder.map(([, item]) => item);
  }

  static of(name: string, value: unknown): FormValues {
    const form = new FormValues();
    form.append(name, value);
    return form;
  }
}
