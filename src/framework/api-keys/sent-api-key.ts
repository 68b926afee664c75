import { authorizationWords, isHeaderName } from '../authentication/authorization-header.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { AuthenticationFailed } from '../exceptions/exceptions.js';
import type { RestRequest } from '../requests/rest-request.js';

/** Where a key is sent: in `Authorization` behind a word, or in a header of its own. */
export interface APIKeyPlace {
  /** The word before the key, in any case. */
  readonly keyword: string;
  /** Null for `Authorization`. */
  readonly header: string | null;
}

/** @throws ConfigurationError for what is no header's name, or `Authorization`, which has a word before the key. */
export function assertHeader(owner: string, header: string): void {
  if (!isHeaderName(header) || header.toLowerCase() === 'authorization')
    throw new ConfigurationError(`${owner}.in(${JSON.stringify(header)}): name a header of the key's own, such as 'X-Api-Key'.`);
}

/** The key that a request holds; null for none. It is never looked for in an address. @throws AuthenticationFailed where the header is malformed. */
export function sentAPIKey(request: RestRequest, { keyword, header }: APIKeyPlace): string | null {
  if (header !== null) {
    const sent = request.headers[header.toLowerCase()];
    if (sent === undefined || sent === '') return null;
    // A header that comes twice says two things.
    if (typeof sent !== 'string' || sent.includes(',')) throw new AuthenticationFailed('Invalid API key.');
    return sent.trim();
  }
  const words = authorizationWords(request, keyword);
  if (!words) return null;
  if (words.length !== 2) throw new AuthenticationFailed('Invalid API key.');
  return words[1] as string;
}
