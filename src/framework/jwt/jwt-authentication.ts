import { Inject, Injectable } from '@nestjs/common';
import { Authentication, type Credentials, type SecurityScheme } from '../authentication/authentication.js';
import { authorizationWords } from '../authentication/authorization-header.js';
import type { RestRequest } from '../requests/rest-request.js';
import { InvalidToken } from './invalid-token.js';
import { JSONWebTokens } from './json-web-tokens.js';

/** `Authorization: Bearer eyJhbGciOi…` (JWT-2). `request.auth` is the claims of the token then. */
@Injectable()
export class JWTAuthentication extends Authentication {
  constructor(@Inject(JSONWebTokens) protected readonly tokens: JSONWebTokens) {
    super();
    // Fails at boot, not with the first request.
    void tokens.settings;
  }

  /** @throws InvalidToken; ServiceUnavailable where another issuer's keys cannot be had. */
  override async authenticate(request: RestRequest): Promise<Credentials | null> {
    const words = authorizationWords(request, 'Bearer');
    if (!words) return null;
    const [, token, ...rest] = words;
    if (token === undefined || rest.length > 0)
      throw new InvalidToken('Authorization header must contain two space-delimited values', 'bad_authorization_header');
    return this.tokens.authenticate(token);
  }

  override authenticateHeader(): string {
    return 'Bearer realm="api"';
  }

  override securityScheme(): SecurityScheme {
    return { name: 'jwtAuth', description: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } };
  }
}

/** Looks at no credentials, and challenges as `JWTAuthentication` does: what makes tokens answers 401 for wrong ones, whatever the request's header holds. */
@Injectable()
export class JWTChallenge extends Authentication {
  override readonly varyHeaders: readonly string[] = [];

  override authenticate(): null {
    return null;
  }

  override authenticateHeader(): string {
    return 'Bearer realm="api"';
  }
}
