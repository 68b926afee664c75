import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { resolveJWTSettings, type JWTSettings } from '../../../src/framework/jwt/jwt-settings.js';

const keys = [{ kid: 'a', algorithm: 'HS256', secret: 's'.repeat(32) }] as const;
const idp = { issuer: 'https://idp.example', audience: 'app', jwksUrl: 'https://idp.example/jwks', user: () => null };

describe('the settings of JSON Web Tokens', () => {
  it("have Simple JWT's defaults", () =>
    expect(resolveJWTSettings({ keys })).toMatchObject({
      accessTokenLifetime: { minutes: 5 },
      refreshTokenLifetime: { days: 1 },
      leeway: 0,
      issuers: [],
    }));

  it('take an issuer at home without https', () =>
    expect(resolveJWTSettings({ keys, issuers: [{ ...idp, jwksUrl: 'http://127.0.0.1:8080/jwks' }] }).issuers).toHaveLength(1));

  it.each<[string, object, string]>([
    ['an unknown one', { keys, lifetime: 5 }, 'there is no setting jwt.lifetime. Known are keys, issuer'],
    ['no keys', {}, 'jwt.keys must be a list of keys'],
    ['a lifetime of nothing', { keys, accessTokenLifetime: { minutes: 0 } }, 'jwt.accessTokenLifetime is {"minutes":0}'],
    ['a lifetime that is none', { keys, refreshTokenLifetime: { weekdays: 1 } }, 'jwt.refreshTokenLifetime is'],
    ['a leeway of hours', { keys, leeway: 7200 }, 'jwt.leeway is 7200'],
    ['keys over plain HTTP', { keys, issuers: [{ ...idp, jwksUrl: 'http://idp.example/jwks' }] }, 'has the jwksUrl http://idp.example/jwks'],
    ['keys of a name that only begins like home', { keys, issuers: [{ ...idp, jwksUrl: 'http://localhost.evil.example/' }] }, 'has the jwksUrl'],
    ['no address', { keys, issuers: [{ ...idp, jwksUrl: 'jwks' }] }, 'has the jwksUrl jwks'],
    ['an issuer for anybody', { keys, issuers: [{ ...idp, audience: '' }] }, 'without issuer or audience'],
    ['an issuer twice', { keys, issuers: [idp, idp] }, 'names https://idp.example twice'],
    ['itself', { keys, issuer: 'https://idp.example', issuers: [idp] }, "it is the application's own"],
  ])('refuse %s', (_what, settings, message) => {
    expect(() => resolveJWTSettings(settings as JWTSettings)).toThrow(ConfigurationError);
    expect(() => resolveJWTSettings(settings as JWTSettings)).toThrow(message);
  });
});
