import { Inject, Injectable } from '@nestjs/common';
import { AuthenticationFailed } from '../exceptions/exceptions.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Authentication, type Credentials, type SecurityScheme } from './authentication.js';
import { authorizationWords, decodeUtf8 } from './authorization-header.js';
import { Logins } from './logins.js';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * A username and a password with every request (AUTH-3, RFC 7617). Each request pays for a password hash: give programs a token instead.
 *
 * Another realm: derive from it and override `realm`.
 */
@Injectable()
export class BasicAuthentication extends Authentication {
  readonly realm: string = 'api';

  constructor(@Inject(Logins) protected readonly logins: Logins) {
    super();
    // Fails at boot, not with the first request.
    void logins.users;
  }

  /** @throws AuthenticationFailed; Throttled after too many wrong passwords. */
  override async authenticate(request: RestRequest): Promise<Credentials | null> {
    const words = authorizationWords(request, 'basic');
    if (!words) return null;
    const [, encoded, ...rest] = words;
    if (encoded === undefined) throw new AuthenticationFailed('Invalid basic header. No credentials provided.');
    if (rest.length > 0) throw new AuthenticationFailed('Invalid basic header. Credentials string should not contain spaces.');
    const [username, password] = readCredentials(encoded);
    const user = await this.logins.signIn(request, username, password);
    if (!user) throw new AuthenticationFailed('Invalid username/password.');
    if (!user.isActive) throw new AuthenticationFailed('User inactive or deleted.');
    return [user, null];
  }

  override authenticateHeader(): string {
    return `Basic realm="${this.realm}"`;
  }

  override securityScheme(): SecurityScheme {
    return { name: 'basicAuth', description: { type: 'http', scheme: 'basic' } };
  }
}

function readCredentials(encoded: string): readonly [username: string, password: string] {
  const bytes = Buffer.from(encoded, 'base64');
  const text = decodeUtf8(bytes) ?? bytes.toString('latin1');
  const colon = text.indexOf(':');
  if (colon < 0 || !BASE64.test(encoded)) throw new AuthenticationFailed('Invalid basic header. Credentials not correctly base64 encoded.');
  return [text.slice(0, colon), text.slice(colon + 1)];
}
