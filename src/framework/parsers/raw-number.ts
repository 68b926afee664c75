/**
 * A JSON number that a double would change, kept by its digits until a field reads it: `12345678901234567890`, `1e400`, `0.10000000000000000001`.
 *
 * `text` is a number of JSON's grammar; that of a number which a double holds exactly never comes as one of these.
 */
export class RawNumber {
  constructor(readonly text: string) {}

  /** Whether it is written as an integer: Python reads such a number as `int`, any other as `float`. */
  get isInteger(): boolean {
    return /^-?\d+$/.test(this.text);
  }

  toString(): string {
    return this.text;
  }
}
