import { Inject, Injectable } from '@nestjs/common';
import { Authentication, type Credentials, type SecurityScheme } from '../authentication/authentication.js';
import { CsrfProtection } from '../csrf/csrf-protection.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Sessions } from './sessions.js';

/**
 * The user who is signed in to the browser's session (AUTH-6). It has no challenge: where it stands first, a view answers 403 and not 401.
 *
 * An unsafe request of such a user must show the CSRF token; who is not signed in is asked for none.
 */
@Injectable()
export class SessionAuthentication extends Authentication {
  override readonly varyHeaders: readonly string[] = ['Cookie'];

  constructor(
    @Inject(Sessions) protected readonly sessions: Sessions,
    @Inject(CsrfProtection) protected readonly csrf: CsrfProtection,
  ) {
    super();
    // Fails at boot, not with the first request.
    sessions.check();
  }

  /** @throws PermissionDenied where the CSRF check fails. */
  override async authenticate(request: RestRequest): Promise<Credentials | null> {
    const user = await this.sessions.getUser(request);
    if (!user) return null;
    await this.csrf.check(request);
    return [user, null];
  }

  override securityScheme(): SecurityScheme {
    return { name: 'cookieAuth', description: { type: 'apiKey', in: 'cookie', name: this.sessions.cookieName } };
  }
}
