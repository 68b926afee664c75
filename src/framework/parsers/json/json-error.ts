import { errorDetail } from '../../exceptions/error-detail.js';
import { ParseError } from '../../exceptions/exceptions.js';
import { Message } from '../../messages/message.js';

/** The error of a JSON body, in the words of DRF on Python's `json`. */
export function jsonError(reason: Message): ParseError {
  return new ParseError(errorDetail('JSON parse error - {reason}', 'parse_error', { reason }));
}

/** The same at a place in the text: Python counts characters, not UTF-16 units. */
export function jsonErrorAt(reason: Message, text: string, at: number): ParseError {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = characters(before.slice(before.lastIndexOf('\n') + 1)) + 1;
  return jsonError(new Message('{reason}: line {line} column {column} (char {char})', { reason, line, column, char: characters(before) }));
}

function characters(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
