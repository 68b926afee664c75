import { Inject, Injectable } from '@nestjs/common';
import { Authentication, type AuthenticationClass, type Credentials, type SecurityScheme } from '../authentication/authentication.js';
import { AuthenticationFailed } from '../exceptions/exceptions.js';
import type { RestRequest } from '../requests/rest-request.js';
import { APIKeys } from './api-keys.js';
import { assertHeader, sentAPIKey } from './sent-api-key.js';

/**
 * `Authorization: Api-Key a1B2c3D4.…`: the user whose key it is. `request.auth` is the `APIKey` then. A key of nobody signs nobody in: `HasAPIKey` asks for
 * such ones.
 *
 * @example
 * const authentication = [APIKeyAuthentication.in('X-Api-Key')];
 */
@Injectable()
export class APIKeyAuthentication extends Authentication {
  /** The word before the key, in any case. */
  readonly keyword: string = 'Api-Key';
  /** The header of the key alone; null for `Authorization`. */
  readonly header: string | null = null;

  constructor(@Inject(APIKeys) protected readonly keys: APIKeys) {
    super();
    // Fails at boot, not with the first request.
    void keys.model;
  }

  /** The scheme with the key alone in a header of its own. @throws ConfigurationError for what is no header's name. */
  static in(header: string): AuthenticationClass {
    assertHeader(this.name, header);
    class InHeader extends this {
      override readonly header = header;
      override readonly varyHeaders = [header];
    }
    return Object.defineProperty(InHeader, 'name', { value: `${this.name}.in(${header})` });
  }

  /** @throws AuthenticationFailed: the same for a key that is unknown, taken back or over. */
  override async authenticate(request: RestRequest): Promise<Credentials | null> {
    const sent = sentAPIKey(request, this);
    if (sent === null) return null;
    const found = await this.keys.find(sent);
    if (!found) throw new AuthenticationFailed('Invalid API key.');
    if (!found.user) return null;
    if (!found.user.isActive) throw new AuthenticationFailed('User inactive or deleted.');
    this.keys.noteUse(found.key);
    return [found.user, found.key];
  }

  override authenticateHeader(): string {
    return this.keyword;
  }

  override securityScheme(): SecurityScheme {
    const { keyword, header } = this;
    const description = `The key${header === null ? `, behind the word ${keyword} and a space` : ''}.`;
    return { name: 'apiKeyAuth', description: { type: 'apiKey', in: 'header', name: header ?? 'Authorization', description } };
  }
}
