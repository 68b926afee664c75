import { createHmac, createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import { exportJWK, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import {
  APIView,
  Clock,
  CurrentAuth,
  CurrentUser,
  IsAuthenticated,
  JSONWebTokens,
  JWKSView,
  JWTAuthentication,
  TokenBlacklistView,
  TokenHasReadWriteScope,
  TokenHasScope,
  TokenObtainPairView,
  TokenRefreshView,
  TokenVerifyView,
  View,
  type RequestUser,
} from 'nest-rest-framework';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openLibrary, type Library } from './library.js';

@View('whoami', { permissions: [IsAuthenticated], authentication: [JWTAuthentication] })
class WhoAmIView extends APIView {
  get(@CurrentUser() user: RequestUser, @CurrentAuth() claims: JWTPayload) {
    return { user: user.id, claims };
  }
}

@View('editors', { permissions: [TokenHasReadWriteScope], authentication: [JWTAuthentication] })
class EditorsView extends APIView {
  get() {
    return {};
  }
  post() {
    return {};
  }
}

@Controller('plain')
class PlainController {
  @Get()
  @UseGuards(TokenHasScope.of('read'))
  read() {
    return { plain: true };
  }
}

@Module({
  controllers: [EditorsView, PlainController, WhoAmIView, TokenObtainPairView, TokenRefreshView, TokenVerifyView, TokenBlacklistView, JWKSView],
})
class JWTModule {}

const pairOf = (type: 'rsa' | 'ec'): { readonly publicKey: string; readonly privateKey: string } => {
  const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
  const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;
  return type === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding, privateKeyEncoding })
    : generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding, privateKeyEncoding });
};
const rsa = pairOf('rsa');
const old = pairOf('ec');
const stranger = pairOf('rsa');
const provider = pairOf('rsa');
const SECRET = 'a secret of at least thirty-two bytes, for tests';

let library: Library;
let tokens: JSONWebTokens;
let clock: Clock;
let alice: { id: number; password: string };
let keyServer: Server;
let keysAreAway = false;

beforeAll(async () => {
  keyServer = createServer((_request, response) => {
    if (keysAreAway) return void response.writeHead(500).end();
    exportJWK(createPublicKey(provider.publicKey)).then(
      (key) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [{ ...key, kid: 'idp', alg: 'RS256' }] })),
      () => response.destroy(),
    );
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => keyServer.once('listening', resolve));
  const address = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks`;
  library = await openLibrary({
    imports: [JWTModule],
    settings: {
      loginRates: { account: null, address: null },
      jwt: {
        keys: [
          { kid: 'new', algorithm: 'RS256', privateKey: rsa.privateKey },
          { kid: 'old', algorithm: 'ES256', publicKey: old.publicKey },
          { kid: 'secret', algorithm: 'HS256', secret: SECRET },
        ],
        issuer: 'https://library.example',
        audience: 'library',
        claims: ({ isStaff }) => ({ scope: isStaff ? 'read write' : 'read' }),
        issuers: [
          {
            issuer: 'https://idp.example',
            audience: 'library',
            jwksUrl: address,
            user: ({ sub }, users) => users.findByUsername(String(sub)),
          },
        ],
      },
    },
  });
  tokens = library.app.get(JSONWebTokens);
  clock = library.app.get(Clock);
  alice = await library.prisma.user.findUniqueOrThrow({ where: { username: 'alice' } });
});
afterAll(async () => {
  await library?.close();
  keyServer?.close();
});
afterEach(async () => {
  vi.restoreAllMocks();
  keysAreAway = false;
  await library.prisma.authRefreshToken.deleteMany();
  await library.prisma.user.update({ where: { id: alice.id }, data: { isActive: true, password: alice.password } });
});

const advance = (seconds: number) => {
  const then = clock.now().add({ seconds });
  vi.spyOn(clock, 'now').mockReturnValue(then);
};
const post = (url: string, json: unknown, headers: Record<string, string> = {}) => library.send('POST', url, { json, headers });
const whoami = (token: string) => library.send('GET', '/whoami/', { headers: { authorization: `Bearer ${token}` } });
const obtain = async () => (await post('/token/', { username: 'alice', password: 'alice-pass-1' })).json() as { access: string; refresh: string };
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as JWTPayload & Record<string, unknown>;

const INVALID = { detail: 'Token is invalid or expired', code: 'token_not_valid' };

describe('a pair of tokens', () => {
  it('is made for a username and a password, and the access token signs in', async () => {
    const answer = await post('/token/', { username: 'alice', password: 'alice-pass-1' });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    const { access, refresh } = answer.json() as { access: string; refresh: string };
    const who = await whoami(access);
    expect([who.statusCode, who.json()]).toMatchObject([
      200,
      { user: alice.id, claims: { token_type: 'access', user_id: String(alice.id), scope: 'read' } },
    ]);
    const { exp, iat, jti, ...rest } = claimsOf(refresh);
    expect([exp! - iat!, typeof jti, rest]).toEqual([
      86_400,
      'string',
      { token_type: 'refresh', user_id: String(alice.id), iss: 'https://library.example', aud: 'library' },
    ]);
    expect(claimsOf(access).exp! - claimsOf(access).iat!).toBe(300);
  });

  it.each([
    ['a wrong password', { username: 'alice', password: 'x' }],
    ['an unknown user', { username: 'nobody', password: 'alice-pass-1' }],
  ])('is not made for %s', async (_what, json) => {
    const answer = await post('/token/', json);
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json()]).toEqual([
      401,
      'Bearer realm="api"',
      { detail: 'No active account found with the given credentials', code: 'no_active_account' },
    ]);
  });

  it('is not made for an inactive user', async () => {
    await library.prisma.user.update({ where: { id: alice.id }, data: { isActive: false } });
    expect((await post('/token/', { username: 'alice', password: 'alice-pass-1' })).statusCode).toBe(401);
    await expect(tokens.issue(alice)).rejects.toThrow('User is inactive');
  });

  it('asks for both fields, and looks at no credentials of the request', async () => {
    const answer = await post('/token/', { username: 'alice' }, { authorization: 'Bearer nonsense' });
    expect([answer.statusCode, answer.json()]).toEqual([400, { password: ['This field is required.'] }]);
  });

  it('costs one statement to sign in with, and three to make beside the user and the password', async () => {
    const { access } = await obtain();
    const statements = await library.counter.during(async () => void expect((await whoami(access)).statusCode).toBe(200));
    expect(statements).toHaveLength(1);
  });
});

describe('an access token', () => {
  it('ends after five minutes, to the second', async () => {
    const { access } = await obtain();
    const { exp } = claimsOf(access);
    advance(exp! - Math.floor(clock.now().epochMilliseconds / 1000) - 1);
    expect((await whoami(access)).statusCode).toBe(200);
    advance(2);
    const answer = await whoami(access);
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json()]).toEqual([
      401,
      'Bearer realm="api"',
      {
        detail: 'Given token not valid for any token type',
        code: 'token_not_valid',
        messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' }],
      },
    ]);
  });

  it.each([
    ['is disabled', { isActive: false }, { detail: 'User is inactive', code: 'user_inactive' }],
    ['has another password', { password: 'argon2$other' }, { detail: "The user's password has been changed.", code: 'password_changed' }],
  ])('ends where its user %s', async (_what, data, body) => {
    const { access } = await obtain();
    await library.prisma.user.update({ where: { id: alice.id }, data });
    const answer = await whoami(access);
    expect([answer.statusCode, answer.json()]).toEqual([401, body]);
  });

  it.each([
    ['Bearer', 'bad_authorization_header'],
    ['Bearer a b', 'bad_authorization_header'],
  ])('is asked for in two words: %s', async (authorization, code) => {
    const answer = await library.send('GET', '/whoami/', { headers: { authorization } });
    expect([answer.statusCode, (answer.json() as { code: string }).code]).toEqual([401, code]);
  });

  it('is no business of another scheme', async () =>
    expect((await library.send('GET', '/whoami/', { headers: { authorization: 'Token abc' } })).json()).toEqual({
      detail: 'Authentication credentials were not provided.',
    }));
});

describe('the scopes of a token', () => {
  it('are asked for, and told where they do not suffice', async () => {
    const { access } = await obtain();
    const headers = { authorization: `Bearer ${access}` };
    expect((await library.send('GET', '/editors/', { headers })).statusCode).toBe(200);
    const answer = await library.send('POST', '/editors/', { headers });
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json()]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="write"',
      { detail: 'You do not have permission to perform this action.' },
    ]);
    const anonymous = await library.send('POST', '/editors/');
    expect([anonymous.statusCode, anonymous.headers['www-authenticate']]).toEqual([401, 'Bearer realm="api"']);
  });

  it('are none of a plain token', async () => expect((await library.send('GET', '/plain/', { as: 'alice' })).statusCode).toBe(403));
});

describe('a refresh token', () => {
  it('is exchanged for another pair, once', async () => {
    const first = await obtain();
    const answer = await post('/token/refresh/', { refresh: first.refresh });
    expect(answer.statusCode).toBe(200);
    const second = answer.json() as { access: string; refresh: string };
    expect((await whoami(second.access)).statusCode).toBe(200);
    expect(second.refresh).not.toBe(first.refresh);
    expect((await post('/token/refresh/', { refresh: second.refresh })).statusCode).toBe(200);
  });

  it('that is used again takes back all that came of its login, and of no other', async () => {
    const [other, first] = [await obtain(), await obtain()];
    const { refresh: second } = (await post('/token/refresh/', { refresh: first.refresh })).json() as { refresh: string };
    const again = await post('/token/refresh/', { refresh: first.refresh });
    expect([again.statusCode, again.json()]).toEqual([401, INVALID]);
    expect((await post('/token/refresh/', { refresh: second })).statusCode).toBe(401);
    expect((await post('/token/refresh/', { refresh: other.refresh })).statusCode).toBe(200);
  });

  it('gives one of twenty requests at the same time another pair', async () => {
    const { refresh } = await obtain();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/token/refresh/', { refresh })));
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([200, ...Array<number>(19).fill(401)]);
    expect(await library.prisma.authRefreshToken.count({ where: { revokedAt: null } })).toBe(0);
  });

  it.each([
    ['a disabled user', { isActive: false }],
    ['another password', { password: 'argon2$other' }],
  ])('is of no use after %s', async (_what, data) => {
    const { refresh } = await obtain();
    await library.prisma.user.update({ where: { id: alice.id }, data });
    expect((await post('/token/refresh/', { refresh })).json()).toEqual(INVALID);
  });

  it('ends after a day, and goes from the table', async () => {
    const { refresh } = await obtain();
    advance(86_401);
    expect((await post('/token/refresh/', { refresh })).json()).toEqual(INVALID);
    expect(await tokens.flushExpired()).toBe(1);
  });

  it('is taken back by signing out', async () => {
    const { refresh } = await obtain();
    expect((await post('/token/verify/', { token: refresh })).json()).toEqual({});
    expect([(await post('/token/blacklist/', { refresh })).json(), (await post('/token/blacklist/', { refresh })).json()]).toEqual([{}, INVALID]);
    expect((await post('/token/refresh/', { refresh })).json()).toEqual(INVALID);
    expect((await post('/token/verify/', { token: refresh })).json()).toEqual(INVALID);
    const mine = await obtain();
    await tokens.revokeAll(alice);
    expect((await post('/token/refresh/', { refresh: mine.refresh })).json()).toEqual(INVALID);
  });

  it('signs nobody in, and an access token is exchanged for nothing', async () => {
    const { access, refresh } = await obtain();
    expect((await whoami(refresh)).statusCode).toBe(401);
    for (const url of ['/token/refresh/', '/token/blacklist/']) expect((await post(url, { refresh: access })).json()).toEqual(INVALID);
  });

  it('stands nowhere in the database', async () => {
    const { access, refresh } = await obtain();
    const rows = JSON.stringify(await library.prisma.authRefreshToken.findMany());
    for (const token of [access, refresh]) for (const part of token.split('.')) expect(rows).not.toContain(part);
  });
});

describe('keys', () => {
  const signed = (kid: string, alg: string, key: Parameters<SignJWT['sign']>[0]) => sign({}, { kid, alg }, key);

  it('that are replaced verify what they have signed', async () => {
    const key = await importKey(old.privateKey);
    expect((await whoami(await signed('old', 'ES256', key))).statusCode).toBe(200);
    expect((await whoami(await signed('secret', 'HS256', Buffer.from(SECRET)))).statusCode).toBe(200);
  });

  it('are told to others by their public halves alone', async () => {
    const answer = await library.send('GET', '/.well-known/jwks.json/');
    const { keys } = answer.json() as { keys: Record<string, unknown>[] };
    expect(keys.map(({ kid, alg, use }) => [kid, alg, use])).toEqual([
      ['new', 'RS256', 'sig'],
      ['old', 'ES256', 'sig'],
    ]);
    for (const key of keys) for (const secret of ['d', 'p', 'q', 'k']) expect(key).not.toHaveProperty(secret);
  });
});

describe('another issuer', () => {
  const foreign = async (claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}) =>
    new SignJWT({ sub: 'bob', iss: 'https://idp.example', aud: 'library', exp: now() + 60, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'idp', ...header })
      .sign(await importKey(provider.privateKey));

  // Before the keys have been fetched.
  it('that does not answer is no reason to refuse its users', async () => {
    keysAreAway = true;
    const answer = await whoami(await foreign());
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
  });

  it('signs in the user whom the application says', async () => {
    const bob = await library.prisma.user.findUniqueOrThrow({ where: { username: 'bob' } });
    expect((await whoami(await foreign())).json()).toMatchObject({ user: bob.id, claims: { sub: 'bob' } });
    expect((await whoami(await foreign({ sub: 'nobody' }))).json()).toEqual({ detail: 'User not found', code: 'user_not_found' });
  });

  it.each<[string, JWTPayload, Partial<JWTHeaderParameters>]>([
    ['another audience', { aud: 'elsewhere' }, {}],
    ['no end', { exp: undefined } as never, {}],
    ['an end that is over', { exp: 1 }, {}],
    ['a key that it does not have', {}, { kid: 'other' }],
  ])('is refused for %s', async (_what, claims, header) => expect((await whoami(await foreign(claims, header))).statusCode).toBe(401));

  it('cannot make tokens of the application’s own', async () =>
    expect((await whoami(await foreign({ iss: 'https://library.example', user_id: '1', token_type: 'access', jti: 'x' }))).statusCode).toBe(401));
});

const now = () => Math.floor(Date.now() / 1000);
const importKey = async (pem: string) => createPrivateKey(pem);

/** A token that is right in everything but what is said otherwise. */
async function sign(claims: JWTPayload, header: Record<string, unknown>, key: Parameters<SignJWT['sign']>[0]): Promise<string> {
  const { access } = await tokens.issue(alice);
  const good = claimsOf(access);
  return new SignJWT({ ...good, jti: randomUUID(), ...claims }).setProtectedHeader({ typ: 'JWT', ...header } as JWTHeaderParameters).sign(key);
}

const base64 = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
/** The same by hand, where a library would refuse to make it. */
async function byHand(header: unknown, claims: object | string | undefined, signature?: (text: string) => string): Promise<string> {
  const good = claimsOf((await tokens.issue(alice)).access);
  const text = `${base64(header)}.${base64(typeof claims === 'string' ? claims : { ...good, ...claims })}`;
  return `${text}.${signature ? signature(text) : ''}`;
}
const hmac = (key: string | Buffer) => (text: string) => createHmac('sha256', key).update(text).digest('base64url');

describe('a forged token', () => {
  const right = async (claims: JWTPayload) => sign(claims, { kid: 'new', alg: 'RS256' }, await importKey(rsa.privateKey));
  const withHeader = async (header: Record<string, unknown>) => sign({}, { kid: 'new', alg: 'RS256', ...header }, await importKey(rsa.privateKey));
  const parts = async () => (await right({})).split('.') as [string, string, string];

  it('is told from one that is made the same way and right', async () => expect((await whoami(await right({}))).statusCode).toBe(200));

  it.each<[string, () => Promise<string>]>([
    ['of no algorithm', () => byHand({ alg: 'none', kid: 'new' }, {})],
    ['of no algorithm, in capitals', () => byHand({ alg: 'NONE', kid: 'new' }, {})],
    ['of no algorithm, in both', () => byHand({ alg: 'nOnE', kid: 'secret' }, {})],
    ['of an empty algorithm', () => byHand({ alg: '', kid: 'new' }, {})],
    ['without an algorithm', () => byHand({ kid: 'new' }, {})],
    ['signed with the public key for a secret', () => byHand({ alg: 'HS256', kid: 'new' }, {}, hmac(rsa.publicKey))],
    ['signed with the other pair’s public key for a secret', () => byHand({ alg: 'HS256', kid: 'old' }, {}, hmac(old.publicKey))],
    ['of the secret, by another algorithm', () => sign({}, { kid: 'secret', alg: 'HS384' }, createSecretKey(Buffer.from(SECRET.padEnd(64))))],
    ['signed with an empty secret', () => byHand({ alg: 'HS256', kid: 'secret' }, {}, hmac(''))],
    ['signed with a guessed secret', () => byHand({ alg: 'HS256', kid: 'secret' }, {}, hmac('secret'))],
    ['of the right key by another algorithm', async () => sign({}, { kid: 'new', alg: 'PS256' }, await importKey(rsa.privateKey))],
    ['of a stranger’s key under a known name', async () => sign({}, { kid: 'new', alg: 'RS256' }, await importKey(stranger.privateKey))],
    ['of a stranger’s key under its own name', async () => sign({}, { kid: 'mine', alg: 'RS256' }, await importKey(stranger.privateKey))],
    ['without a name of a key', async () => sign({}, { alg: 'RS256' }, await importKey(rsa.privateKey))],
    ['whose key’s name is a path', () => byHand({ alg: 'HS256', kid: '../../../../dev/null' }, {}, hmac(''))],
    ['whose key’s name is SQL', () => byHand({ alg: 'HS256', kid: "x' UNION SELECT 'k" }, {}, hmac('k'))],
    ['whose key’s name is a prototype’s', () => byHand({ alg: 'HS256', kid: '__proto__' }, {}, hmac(''))],
    ['whose key’s name is an object', () => byHand({ alg: 'RS256', kid: { toString: 'new' } }, {}, hmac(''))],
    [
      'that brings its own key',
      async () =>
        sign({}, { kid: 'mine', alg: 'RS256', jwk: await exportJWK(createPublicKey(stranger.publicKey)) }, await importKey(stranger.privateKey)),
    ],
    [
      'that says where its key is',
      async () => sign({}, { kid: 'mine', alg: 'RS256', jku: 'https://evil.example/jwks.json' }, await importKey(stranger.privateKey)),
    ],
    ['that brings a certificate', async () => sign({}, { kid: 'mine', alg: 'RS256', x5c: ['AAAA'] }, await importKey(stranger.privateKey))],
    ['with a critical header that nobody knows', async () => byHand({ alg: 'RS256', kid: 'new', crit: ['exp'], exp: 1 }, {}, hmac('x'))],
    ['of another audience', () => right({ aud: 'elsewhere' })],
    ['without an audience', () => right({ aud: undefined })],
    ['of another issuer', () => right({ iss: 'https://evil.example' })],
    ['without an issuer', () => right({ iss: undefined })],
    ['that is over', () => right({ exp: now() - 1 })],
    ['without an end', () => right({ exp: undefined })],
    ['whose end is a text', () => right({ exp: '9999999999' as never })],
    ['that is not good yet', () => right({ nbf: now() + 3600 })],
    ['that was made in the future', () => right({ iat: 'tomorrow' as never })],
    ['of another type', () => right({ token_type: 'refresh' })],
    ['without a type', () => right({ token_type: undefined })],
    ['without an id', () => right({ jti: undefined })],
    ['of a user who is not there', () => right({ user_id: '99999999' })],
    ['of a user beyond any number', () => right({ user_id: '9'.repeat(400) })],
    ['of a user who is no number', () => right({ user_id: { $gt: 0 } as never })],
    ['of a user with NUL', () => right({ user_id: '1\0' })],
    ['without a user', () => right({ user_id: undefined })],
    ['of another user, under this one’s signature', async () => swap(await parts(), (claims) => ({ ...claims, user_id: '1' }))],
    ['that would last for ever, under the old signature', async () => swap(await parts(), (claims) => ({ ...claims, exp: 9_999_999_999 }))],
    ['without a signature', async () => (await parts()).slice(0, 2).join('.') + '.'],
    ['of two parts', async () => (await parts()).slice(0, 2).join('.')],
    ['of five parts', async () => [...(await parts()), 'x', 'y'].join('.')],
    ['cut short', async () => (await right({})).slice(0, -10)],
    ['whose signature is another’s', async () => [...(await parts()).slice(0, 2), (await parts())[2].split('').reverse().join('')].join('.')],
    ['that is no base64', async () => '!!!.???.***'],
    ['that is no JSON', () => byHand('not json', 'neither')],
    ['whose claims are a list', () => byHand({ alg: 'RS256', kid: 'new' }, '[1]', hmac('x'))],
    ['that is longer than a header', () => right({ note: 'x'.repeat(8_000) })],
    ['of dots', async () => '.'.repeat(1_000)],
    ['with a header of its own type', () => withHeader({ typ: 'JWT', kid: 'old' })],
  ])('%s is answered 401', async (_what, make) => {
    const answer = await whoami(await make());
    expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="api"']);
  });
});

function swap([header, payload, signature]: readonly [string, string, string], change: (claims: object) => object): string {
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return [header, base64(change(claims)), signature].join('.');
}
