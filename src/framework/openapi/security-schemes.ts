import type { Authentication } from '../authentication/authentication.js';
import { BasicAuthentication } from '../authentication/basic-authentication.js';
import { TokenAuthentication } from '../authentication/token-authentication.js';

type SecurityScheme = Readonly<Record<string, string>>;

/** The document's security schemes, as the handlers' authentication classes are met. */
export class SecuritySchemes {
  readonly #schemes = new Map<string, SecurityScheme>();

  get schemes(): Readonly<Record<string, SecurityScheme>> {
    return Object.fromEntries(this.#schemes);
  }

  /** What a handler asks for: one of its schemes, or nothing at all where anyone may. */
  requirements(authentication: readonly Authentication[], anyone: boolean): Record<string, string[]>[] {
    const named = authentication.map((scheme) => {
      const [name, description] = schemeOf(scheme);
      this.#schemes.set(name, description);
      return { [name]: [] };
    });
    return anyone && named.length > 0 ? [...named, {}] : named;
  }
}

function schemeOf(scheme: Authentication): [name: string, scheme: SecurityScheme] {
  if (scheme instanceof BasicAuthentication) return ['basicAuth', { type: 'http', scheme: 'basic' }];
  if (scheme instanceof TokenAuthentication) return tokenScheme(scheme.keyword);
  const { name } = scheme.constructor;
  const bare = name.replace(/(?<=.)Authentication$/, '');
  return [
    `${bare.charAt(0).toLowerCase()}${bare.slice(1)}Auth`,
    { type: 'apiKey', in: 'header', name: scheme.varyHeaders[0] ?? 'Authorization', description: name },
  ];
}

/** HTTP knows the scheme Bearer; any other word before a token is a part of the header's value. */
function tokenScheme(keyword: string): [name: string, scheme: SecurityScheme] {
  const lower = keyword.toLowerCase();
  if (lower === 'bearer') return ['bearerAuth', { type: 'http', scheme: 'bearer' }];
  return [
    `${lower}Auth`,
    { type: 'apiKey', in: 'header', name: 'Authorization', description: `The word ${keyword}, a space, and the token: \`${keyword} 9944b09199c6\`.` },
  ];
}
