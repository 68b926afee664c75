import { Module, type LoggerService } from '@nestjs/common';
import {
  APIKeyAuthentication,
  APIKeys,
  APIView,
  BasicAuthentication,
  CurrentUser,
  IsAuthenticated,
  JWTAuthentication,
  LoginView,
  LogoutView,
  ObtainAuthTokenView,
  SessionAuthentication,
  TokenAuthentication,
  TokenBlacklistView,
  TokenObtainPairView,
  TokenRefreshView,
  TokenVerifyView,
  Tokens,
  Users,
  View,
  type RequestUser,
} from 'nest-rest-framework';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import { openLibrary, type Library } from './library.js';

const ALL = [SessionAuthentication, TokenAuthentication, APIKeyAuthentication, JWTAuthentication, BasicAuthentication];
@View('who', { permissions: [IsAuthenticated], authentication: ALL })
class WhoView extends APIView {
  get(@CurrentUser() user: RequestUser & { username: string }) {
    return { username: user.username };
  }

  /** What fails while the request holds credentials is told in the log. */
  post() {
    throw new Error('out of paper');
  }
}
@View('obtain')
class TokenView extends ObtainAuthTokenView {}
@Module({ controllers: [WhoView, TokenView, LoginView, LogoutView, TokenObtainPairView, TokenRefreshView, TokenVerifyView, TokenBlacklistView] })
class AllModule {}

const KEY = 'the key that signs JSON Web Tokens, of 32 bytes and more';
const PASSWORD = 'alice-pass-1';
const NEXT_PASSWORD = 'Tr0ub4dor and three';

let library: Library;
const told: string[] = [];
/** Every secret that a client was given or has sent, by what it is. */
const secrets = new Map<string, string>();

const keep = (what: string, secret: string) => {
  expect(secret.length, what).toBeGreaterThan(8);
  secrets.set(what, secret);
  return secret;
};

beforeAll(async () => {
  const note = (...words: unknown[]) =>
    void told.push(words.map((word) => (word instanceof Error ? `${word.message}\n${word.stack}` : JSON.stringify(word))).join(' '));
  const logger: LoggerService = { log: note, error: note, warn: note, debug: note, verbose: note, fatal: note };
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    vi.spyOn(stream, 'write').mockImplementation((text, ...rest) => {
      told.push(String(text));
      return write(text as string, ...(rest as []));
    });
  }
  library = await openLibrary({
    imports: [AllModule],
    prepare: (app) => app.useLogger(logger),
    settings: {
      authentication: ALL,
      loginRates: { account: null, address: null },
      jwt: { keys: [{ kid: 'one', algorithm: 'HS256', secret: keep('the signing key', KEY) }] },
    },
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await library.close();
});

const send = (method: 'GET' | 'POST', url: string, options: Parameters<Library['send']>[2] = {}) => library.send(method, url, options);
const basic = (password: string) => `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;

/** Each scheme in use: signed in by it, refused by it, and failing behind it. Answers the headers that sign in. */
async function useAll(): Promise<readonly Record<string, string>[]> {
  const app = library.app;
  const alice = (await app.get(Users).findByUsername('alice'))!;
  const login = { username: 'alice', password: keep('a password', PASSWORD) };
  const token = keep('a token', (await send('POST', '/obtain/', { json: login })).json<{ token: string }>().token);
  const named = keep('a token with a name', await app.get(Tokens).create(alice, { name: 'phone', expiresIn: { days: 1 } }));
  const [key] = await app.get(APIKeys, { strict: false }).create({ name: 'nightly', user: alice });
  keep('an API key', key);
  keep('the secret of an API key', key.split('.')[1]!);
  const pair = (await send('POST', '/token/', { json: login })).json<{ access: string; refresh: string }>();
  const next = (await send('POST', '/token/refresh/', { json: { refresh: keep('a refresh token', pair.refresh) } })).json<{
    access: string;
    refresh: string;
  }>();
  keep('an access token', pair.access);
  keep('the next access token', next.access);
  keep('the next refresh token', next.refresh);
  expect((await send('POST', '/token/verify/', { json: { token: next.access } })).statusCode).toBe(200);
  const browser = new Browser(app);
  expect((await browser.login('alice', PASSWORD)).statusCode).toBe(200);
  const session = keep('a session', browser.sessionId!);
  const csrf = keep('a CSRF token', browser.cookies.get('csrftoken')!);
  return [
    { authorization: `Token ${token}` },
    { authorization: `Token ${named}` },
    { authorization: `Api-Key ${key}` },
    { authorization: `Bearer ${next.access}` },
    { authorization: keep('Basic credentials', basic(PASSWORD)) },
    { cookie: `sessionid=${session}; csrftoken=${csrf}`, 'x-csrftoken': csrf },
  ];
}

/** What clients get wrong is as secret: a password with one letter too many. */
async function failAll(): Promise<void> {
  const wrong = keep('a mistyped password', `${PASSWORD}q`);
  for (const url of ['/obtain/', '/token/'])
    expect((await send('POST', url, { json: { username: 'alice', password: wrong } })).statusCode).toBeGreaterThanOrEqual(400);
  for (const word of ['Token', 'Api-Key', 'Bearer']) {
    const authorization = `${word} ${keep(`a mistyped ${word}`, `${word.toLowerCase()}.mistyped.${'x'.repeat(20)}`)}`;
    expect((await send('GET', '/who/', { headers: { authorization } })).statusCode).toBe(403);
  }
  expect((await send('GET', '/who/', { headers: { authorization: basic(wrong) } })).statusCode).toBe(403);
  expect((await send('GET', '/who/', { headers: { cookie: `sessionid=${keep('a stale session', 's'.repeat(32))}` } })).statusCode).toBe(403);
  expect((await send('POST', '/token/refresh/', { json: { refresh: secrets.get('a refresh token') } })).statusCode).toBe(401);
  expect(
    (
      await send('POST', '/obtain/', {
        payload: `{"username": "alice", "password": "${keep('a password in broken JSON', 'half a passw0rd')}`,
        headers: { 'content-type': 'application/json' },
      })
    ).statusCode,
  ).toBe(400);
}

/** Everything that the database holds, as text; the columns of bytes as what they are, too. */
async function dump(): Promise<string> {
  const tables = await library.prisma.$queryRawUnsafe<{ name: string }[]>(
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema = 'public'`,
  );
  expect(tables.length).toBeGreaterThan(15);
  const rows = await Promise.all(
    tables.map(({ name }) => library.prisma.$queryRawUnsafe<{ row: string }[]>(`SELECT one::text AS row FROM ${name} one`)),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
}

/** The texts in which a secret could stand somewhere. */
const spellings = (secret: string) => [
  secret,
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  encodeURIComponent(secret),
];

function expectNone(of: string, where: string): void {
  const found = [...secrets].filter(([, secret]) => spellings(secret).some((text) => of.includes(text))).map(([what]) => what);
  expect(found, where).toEqual([]);
}

it('no token, key or password is in clear in the database or in the log, whatever scheme is in use and whatever fails', async () => {
  const headers = await useAll();
  for (const one of headers) {
    expect((await send('GET', '/who/', { headers: one })).json()).toEqual({ username: 'alice' });
    expect((await send('POST', '/who/', { headers: one })).statusCode).toBe(500);
  }
  await failAll();
  expectNone(await dump(), 'the database');

  // The database is gone under every scheme: what it says is in the log.
  for (const table of ['auth_token', 'auth_api_key', 'auth_refresh_token', 'auth_session', 'user'])
    await library.prisma.$executeRawUnsafe(`ALTER TABLE "${table}" RENAME TO "${table}_away"`);
  for (const one of headers) expect((await send('GET', '/who/', { headers: one })).statusCode).toBeGreaterThanOrEqual(500);
  for (const url of ['/obtain/', '/token/'])
    expect((await send('POST', url, { json: { username: 'alice', password: PASSWORD } })).statusCode).toBe(500);
  expect((await send('POST', '/token/refresh/', { json: { refresh: secrets.get('the next refresh token') } })).statusCode).toBe(500);
  for (const table of ['auth_token', 'auth_api_key', 'auth_refresh_token', 'auth_session', 'user'])
    await library.prisma.$executeRawUnsafe(`ALTER TABLE "${table}_away" RENAME TO "${table}"`);

  const users = library.app.get(Users);
  await users.setPassword((await users.findByUsername('alice'))!, keep('the next password', NEXT_PASSWORD));
  expect((await send('GET', '/who/', { headers: { authorization: basic(NEXT_PASSWORD) } })).statusCode).toBe(200);
  expectNone(await dump(), 'the database afterwards');

  const log = told.join('\n');
  expect(log.match(/out of paper/g)!.length).toBeGreaterThanOrEqual(headers.length);
  expect(log.match(/failed \(request/g)!.length).toBeGreaterThan(headers.length * 2);
  expectNone(log, 'the log');
  expect(secrets.size).toBeGreaterThan(18);
});
