import type { RequestUser } from '../requests/request-user.js';
import type { RestRequest } from '../requests/rest-request.js';

/** Who it is, and with what. */
export type Credentials = readonly [user: RequestUser, auth: unknown];

/** How an OpenAPI document describes a scheme: a name among its `securitySchemes`, and the object that stands there (OpenAPI 3.1, 4.8.27). */
export interface SecurityScheme {
  readonly name: string;
  readonly description: Readonly<Record<string, unknown>>;
}

/** A scheme by which a client says who it is (AUTH-1). */
export abstract class Authentication {
  /** The request headers that it looks at: they go into `Vary`. */
  readonly varyHeaders: readonly string[] = ['Authorization'];

  /**
   * The user and the credential; null where the request holds none of this scheme, so that the next one is tried.
   * @throws AuthenticationFailed where it holds some and they are wrong: no other scheme is tried.
   */
  abstract authenticate(request: RestRequest): Promise<Credentials | null> | Credentials | null;

  /**
   * The `WWW-Authenticate` challenge of a 401. Null for a scheme without one: where it stands first, a view answers 403 instead (AUTH-2).
   */
  authenticateHeader(_request: RestRequest): string | null {
    return null;
  }

  /** How the OpenAPI document describes it. By default: a key in the first header that it looks at. Override where that is not how it is sent. */
  securityScheme(): SecurityScheme {
    const { name } = this.constructor;
    const bare = name.replace(/(?<=.)Authentication$/, '');
    return {
      name: `${bare.charAt(0).toLowerCase()}${bare.slice(1)}Auth`,
      description: { type: 'apiKey', in: 'header', name: this.varyHeaders[0] ?? 'Authorization', description: name },
    };
  }
}

export type AuthenticationClass = new (...args: any[]) => Authentication;
