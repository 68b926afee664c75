import { PermissionDenied } from '../exceptions/exceptions.js';

/** A 403 for a token that may not do this; its challenge says which scopes would (RFC 6750, 3.1). */
export class InsufficientScope extends PermissionDenied {
  override readonly headers: Readonly<Record<string, string>>;

  constructor(scopes: readonly string[], message?: string, code?: string) {
    super(message, code);
    this.headers = { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scopes.join(' ')}"` };
  }
}
