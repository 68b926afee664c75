import { isUtf8 } from 'node:buffer';
import type { RestRequest } from '../requests/rest-request.js';

/** The words of the `Authorization` header where it is of this scheme (in any case), the scheme first; null where it is not. */
export function authorizationWords(request: RestRequest, scheme: string): readonly string[] | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const words = header.split(/[ \t\n\r\v\f]+/).filter((word) => word !== '');
  return words[0]?.toLowerCase() === scheme.toLowerCase() ? words : null;
}

export const isHeaderName = (text: string): boolean => /^[A-Za-z0-9-]{1,64}$/.test(text);

/** Bytes as the UTF-8 that they are; null where they are none. */
export function decodeUtf8(bytes: Buffer): string | null {
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}
