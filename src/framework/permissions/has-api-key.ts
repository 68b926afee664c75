import { Inject } from '@nestjs/common';
import { APIKeys, type APIKey } from '../api-keys/api-keys.js';
import { assertHeader, sentAPIKey } from '../api-keys/sent-api-key.js';
import { AuthenticationFailed } from '../exceptions/exceptions.js';
import type { RestRequest } from '../requests/rest-request.js';
import { varyBy } from '../responses/vary.js';
import { Permission, type PermissionClass } from './permission.js';

/**
 * Whose request holds a key that is good, a program's own too (KEY-1): nobody is signed in by it. `request.auth` is the key then, so that permissions by
 * scopes that stand behind it look at the key's.
 */
export class HasAPIKey extends Permission {
  /** The word before the key, in any case. */
  readonly keyword: string = 'Api-Key';
  /** The header of the key alone; null for `Authorization`. */
  readonly header: string | null = null;
  @Inject(APIKeys) protected readonly keys!: APIKeys;

  /** The permission for keys in a header of their own. @throws ConfigurationError for what is no header's name. */
  static in(header: string): PermissionClass {
    assertHeader(this.name, header);
    class InHeader extends this {
      override readonly header = header;
    }
    return Object.defineProperty(InHeader, 'name', { value: `${this.name}.in(${header})` });
  }

  override async hasPermission(request: RestRequest): Promise<boolean> {
    const key = await request.keep(this, () => this.#find(request));
    if (!key) return false;
    request.auth ??= key;
    return true;
  }

  /** Fails at boot, not with the first request. */
  override assertUsable(): void {
    void this.keys.model;
  }

  async #find(request: RestRequest): Promise<APIKey | null> {
    // Nothing that is answered to a key's holder may be given to another by a cache.
    request.beforeReply((reply) => void reply.header('Vary', varyBy(reply.getHeader('Vary'), this.header ?? 'Authorization')));
    try {
      const sent = sentAPIKey(request, this);
      const found = sent === null ? null : await this.keys.find(sent);
      if (!found || found.user?.isActive === false) return null;
      this.keys.noteUse(found.key);
      return found.key;
    } catch (error) {
      if (error instanceof AuthenticationFailed) return null;
      throw error;
    }
  }
}
