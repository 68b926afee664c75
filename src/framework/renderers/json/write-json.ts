/**
 * JSON like `JSON.stringify`'s, with a bigint as an exact integer. Slower: for data that holds one.
 * @throws TypeError for data that holds itself.
 */
export function writeJson(data: unknown, indent: number): string {
  return new Writer(indent).write(data, '', '\n') ?? 'null';
}

class Writer {
  readonly #step: string;
  readonly #colon: string;
  readonly #open = new Set<object>();

  constructor(indent: number) {
    this.#step = ' '.repeat(indent);
    this.#colon = indent > 0 ? ': ' : ':';
  }

  write(given: unknown, key: string, newLine: string): string | undefined {
    const value = hasToJSON(given) ? given.toJSON(key) : given;
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (this.#open.has(value)) throw new TypeError(`Converting circular structure to JSON at the key "${key}"`);
    this.#open.add(value);
    const text = Array.isArray(value) ? this.#array(value, newLine) : this.#object(value, newLine);
    this.#open.delete(value);
    return text;
  }

  #array(items: readonly unknown[], newLine: string): string {
    const inner = newLine + this.#step;
    return this.#wrap(
      '[',
      items.map((item, index) => this.write(item, String(index), inner) ?? 'null'),
      ']',
      newLine,
    );
  }

  #object(object: object, newLine: string): string {
    const inner = newLine + this.#step;
    const members: string[] = [];
    for (const [key, value] of Object.entries(object)) {
      const text = this.write(value, key, inner);
      if (text !== undefined) members.push(JSON.stringify(key) + this.#colon + text);
    }
    return this.#wrap('{', members, '}', newLine);
  }

  #wrap(open: string, members: readonly string[], close: string, newLine: string): string {
    if (members.length === 0) return open + close;
    if (this.#step === '') return open + members.join(',') + close;
    const inner = newLine + this.#step;
    return open + inner + members.join(`,${inner}`) + newLine + close;
  }
}

function hasToJSON(value: unknown): value is { toJSON(key: string): unknown } {
  return typeof value === 'object' && value !== null && typeof (value as { toJSON?: unknown }).toJSON === 'function';
}
