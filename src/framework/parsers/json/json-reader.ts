import type { ParseError } from '../../exceptions/exceptions.js';
import { Message } from '../../messages/message.js';
import { RawNumber } from '../raw-number.js';
import { jsonError, jsonErrorAt } from './json-error.js';
import { isExact } from './number-text.js';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORDS = new Map<string, [word: string, value: unknown]>([
  ['n', ['null', null]],
  ['t', ['true', true]],
  ['f', ['false', false]],
]);
const NOT_FINITE = ['NaN', 'Infinity', '-Infinity'];
const ESCAPES: ReadonlyMap<string, string> = new Map(Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }));
/** The most digits of a number: Python's `int` stops here too. */
const MOST_DIGITS = 4_300;

/**
 * Reads JSON as Python's `json` does: its errors word for word, and a number that a double would change as a RawNumber.
 *
 * Slower than `JSON.parse`, so it is for texts that hold such a number or are malformed. It recurses: scan the text's depth first.
 */
export class JSONReader {
  #at = 0;

  constructor(readonly text: string) {}

  /** @throws ParseError for a text that is no JSON, and for the key `__proto__`. */
  read(): unknown {
    if (this.text.startsWith('\ufeff')) throw this.#error('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    this.#skipSpace();
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.text.length) throw this.#error('Extra data');
    return value;
  }

  #value(): unknown {
    const first = this.text[this.#at];
    if (first === '"') return this.#string();
    if (first === '{') return this.#object();
    if (first === '[') return this.#array();
    const word = first === undefined ? undefined : WORDS.get(first);
    if (word && this.text.startsWith(word[0], this.#at)) {
      this.#at += word[0].length;
      return word[1];
    }
    return this.#number();
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#at++;
    this.#skipSpace();
    if (this.#take('}')) return object;
    for (;;) {
      if (this.text[this.#at] !== '"') throw this.#error('Expecting property name enclosed in double quotes');
      const key = this.#string();
      if (key === '__proto__') throw jsonError(new Message('The key "{key}" is not allowed.', { key }));
      this.#skipSpace();
      if (!this.#take(':')) throw this.#error("Expecting ':' delimiter");
      this.#skipSpace();
      object[key] = this.#value();
      this.#skipSpace();
      if (this.#take('}')) return object;
      if (!this.#take(',')) throw this.#error("Expecting ',' delimiter");
      this.#skipSpace();
    }
  }

  #array(): unknown[] {
    const array: unknown[] = [];
    this.#at++;
    this.#skipSpace();
    if (this.#take(']')) return array;
    for (;;) {
      array.push(this.#value());
      this.#skipSpace();
      if (this.#take(']')) return array;
      if (!this.#take(',')) throw this.#error("Expecting ',' delimiter");
      this.#skipSpace();
    }
  }

  #string(): string {
    const start = this.#at;
    let value = '';
    let from = ++this.#at;
    for (; ; this.#at++) {
      if (this.#at >= this.text.length) throw this.#error('Unterminated string starting at', start);
      const code = this.text.charCodeAt(this.#at);
      if (code === 0x22) return value + this.text.slice(from, this.#at++);
      if (code < 0x20) throw this.#error('Invalid control character at');
      if (code === 0x5c) {
        value += this.text.slice(from, this.#at) + this.#escape(start);
        from = this.#at + 1;
      }
    }
  }

  /** The escaped character; leaves the reader on its last one. */
  #escape(start: number): string {
    const kind = this.text[this.#at + 1];
    if (kind === undefined) throw this.#error('Unterminated string starting at', start);
    if (kind === 'u') {
      const digits = this.text.slice(this.#at + 2, this.#at + 6);
      // Python says so too where the text ends right after the digits.
      if (!/^[0-9a-fA-F]{4}$/.test(digits) || this.#at + 6 >= this.text.length) throw this.#error('Invalid \\uXXXX escape', this.#at + 1);
      this.#at += 5;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const escaped = ESCAPES.get(kind);
    if (escaped === undefined) throw this.#error('Invalid \\escape');
    this.#at++;
    return escaped;
  }

  #number(): number | RawNumber {
    NUMBER.lastIndex = this.#at;
    const text = NUMBER.exec(this.text)?.[0];
    if (text === undefined) {
      const word = NOT_FINITE.find((name) => this.text.startsWith(name, this.#at));
      throw word === undefined
        ? this.#error('Expecting value')
        : jsonError(new Message("Out of range float values are not JSON compliant: '{value}'", { value: word }));
    }
    const digits = text.length - (text.startsWith('-') ? 1 : 0);
    if (digits > MOST_DIGITS) {
      throw jsonError(
        new Message(
          'Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; use sys.set_int_max_str_digits() to increase the limit',
          { limit: MOST_DIGITS, digits },
        ),
      );
    }
    this.#at += text.length;
    return isExact(text) ? Number(text) : new RawNumber(text);
  }

  #take(character: string): boolean {
    const there = this.text[this.#at] === character;
    if (there) this.#at++;
    return there;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #error(reason: string, at = this.#at): ParseError {
    return jsonErrorAt(new Message(reason), this.text, at);
  }
}
