import { isUtf8 } from 'node:buffer';
import { Message } from '../messages/message.js';

/** Bytes that are no text, in Python's words. */
export class DecodeError extends Error {
  constructor(readonly reason: Message) {
    super(reason.message);
  }
}

/**
 * A body's text in the charset of its content type, UTF-8 by default. A byte order mark stays.
 * @throws DecodeError for a charset that nobody knows, and for bytes that are none of it.
 */
export function decodeText(bytes: Buffer, charset: string | undefined): string {
  if (charset === undefined || /^utf-?8$/i.test(charset)) {
    if (!isUtf8(bytes)) throw new DecodeError(utf8Error(bytes));
    return bytes.toString('utf8');
  }
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: true });
  } catch {
    throw new DecodeError(new Message('unknown encoding: {charset}', { charset }));
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw new DecodeError(new Message("'{charset}' codec can't decode the body", { charset: decoder.encoding }));
  }
}

/** Python's words for the first bytes that are no UTF-8. */
function utf8Error(bytes: Buffer): Message {
  for (let at = 0; at < bytes.length;) {
    const { length, seconds } = sequence(bytes[at]!);
    if (length === 0) return said(bytes, at, 1, new Message('invalid start byte'));
    for (let next = 1; next < length; next++) {
      if (at + next >= bytes.length) return said(bytes, at, next, new Message('unexpected end of data'));
      const byte = bytes[at + next]!;
      const [least, most] = next === 1 ? seconds : ([0x80, 0xbf] as const);
      if (byte < least || byte > most) return said(bytes, at, next, new Message('invalid continuation byte'));
    }
    at += length;
  }
  return new Message("'{charset}' codec can't decode the body", { charset: 'utf-8' });
}

/** How long the sequence of a start byte is, 0 for none, and what its second byte may be. */
function sequence(byte: number): { length: number; seconds: readonly [number, number] } {
  if (byte < 0x80) return { length: 1, seconds: [0, 0] };
  if (byte < 0xc2 || byte > 0xf4) return { length: 0, seconds: [0, 0] };
  if (byte < 0xe0) return { length: 2, seconds: [0x80, 0xbf] };
  if (byte < 0xf0) return { length: 3, seconds: [byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf] };
  return { length: 4, seconds: [byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf] };
}

function said(bytes: Buffer, at: number, length: number, reason: Message): Message {
  if (length > 1)
    return new Message("'utf-8' codec can't decode bytes in position {first}-{last}: {reason}", { first: at, last: at + length - 1, reason });
  const byte = `0x${bytes[at]!.toString(16).padStart(2, '0')}`;
  return new Message("'utf-8' codec can't decode byte {byte} in position {position}: {reason}", { byte, position: at, reason });
}
