import { ParseError } from '../../exceptions/exceptions.js';

/** The error of a JSON body, in the words of DRF on Python's `json`. */
export function jsonError(reason: string): ParseError {
  return new ParseError(`JSON parse error - ${reason}`);
}

/** The same at a place in the text: Python counts characters, not UTF-16 units. */
export function jsonErrorAt(reason: string, text: string, at: number): ParseError {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = characters(before.slice(before.lastIndexOf('\n') + 1)) + 1;
  return jsonError(`${reason}: line ${line} column ${column} (char ${characters(before)})`);
}

function characters(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
