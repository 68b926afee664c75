import { Inject, Injectable } from '@nestjs/common';
import { AuthenticationFailed } from '../exceptions/exceptions.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Authentication, type Credentials, type SecurityScheme } from './authentication.js';
import { authorizationWords, decodeUtf8 } from './authorization-header.js';
import { Tokens } from './tokens.js';

/**
 * `Authorization: Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b` (AUTH-4). `request.auth` is the `AuthToken` then.
 *
 * @example
 * class BearerAuthentication extends TokenAuthentication {
 *   override readonly keyword = 'Bearer';
 * }
 */
@Injectable()
export class TokenAuthentication extends Authentication {
  /** The scheme's name, in any case. */
  readonly keyword: string = 'Token';

  constructor(@Inject(Tokens) protected readonly tokens: Tokens) {
    super();
    // Fails at boot, not with the first request.
    void tokens.model;
  }

  override async authenticate(request: RestRequest): Promise<Credentials | null> {
    const words = authorizationWords(request, this.keyword);
    if (!words) return null;
    const [, sent, ...rest] = words;
    if (sent === undefined) throw new AuthenticationFailed('Invalid token header. No credentials provided.');
    if (rest.length > 0) throw new AuthenticationFailed('Invalid token header. Token string should not contain spaces.');
    // Node reads headers as latin-1: these are the bytes that came.
    const token = decodeUtf8(Buffer.from(sent, 'latin1'));
    if (token === null) throw new AuthenticationFailed('Invalid token header. Token string should not contain invalid characters.');
    const found = await this.tokens.find(token);
    if (!found) throw new AuthenticationFailed('Invalid token.');
    if (!found.user.isActive) throw new AuthenticationFailed('User inactive or deleted.');
    this.tokens.noteUse(found.token);
    return [found.user, found.token];
  }

  override authenticateHeader(): string {
    return this.keyword;
  }

  /** HTTP knows the scheme Bearer; any other word before a token is a part of the header's value. */
  override securityScheme(): SecurityScheme {
    const { keyword } = this;
    const lower = keyword.toLowerCase();
    if (lower === 'bearer') return { name: 'bearerAuth', description: { type: 'http', scheme: 'bearer' } };
    const description = `The word ${keyword}, a space, and the token: \`${keyword} 9944b09199c6\`.`;
    return { name: `${lower}Auth`, description: { type: 'apiKey', in: 'header', name: 'Authorization', description } };
  }
}
