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
}
