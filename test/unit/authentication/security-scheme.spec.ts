import { describe, expect, it } from 'vitest';
import { Authentication } from '../../../src/framework/authentication/authentication.js';
import { BasicAuthentication } from '../../../src/framework/authentication/basic-authentication.js';
import { TokenAuthentication } from '../../../src/framework/authentication/token-authentication.js';
import { SecuritySchemes } from '../../../src/framework/openapi/security-schemes.js';

class KeyAuthentication extends Authentication {
  override readonly varyHeaders = ['X-Api-Key'];

  override authenticate() {
    return null;
  }
}

class CookieAuthentication extends KeyAuthentication {
  override securityScheme() {
    return { name: 'cookieAuth', description: { type: 'apiKey', in: 'cookie', name: 'sid' } };
  }
}

class BearerAuthentication extends TokenAuthentication {
  override readonly keyword = 'Bearer';
}

const tokens = { model: {} } as never;

describe('a security scheme', () => {
  it.each<[Authentication, object]>([
    [new BasicAuthentication({ users: {} } as never), { basicAuth: { type: 'http', scheme: 'basic' } }],
    [
      new TokenAuthentication(tokens),
      { tokenAuth: { type: 'apiKey', in: 'header', name: 'Authorization', description: expect.stringContaining('The word Token') } },
    ],
    [new BearerAuthentication(tokens), { bearerAuth: { type: 'http', scheme: 'bearer' } }],
    [new KeyAuthentication(), { keyAuth: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'KeyAuthentication' } }],
    [new CookieAuthentication(), { cookieAuth: { type: 'apiKey', in: 'cookie', name: 'sid' } }],
  ])('is what the authentication class says of itself', (scheme, described) => {
    const security = new SecuritySchemes();
    const [name] = Object.keys(described);
    expect(security.requirements([scheme], false)).toEqual([{ [name as string]: [] }]);
    expect(security.requirements([scheme], true)).toEqual([{ [name as string]: [] }, {}]);
    expect(security.schemes).toEqual(described);
  });
});
