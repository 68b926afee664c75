import { createHash } from 'node:crypto';
import { Controller, Get, Module, Post, UseGuards } from '@nestjs/common';
import {
  APIView,
  Clock,
  CsrfGuard,
  CurrentRequest,
  CurrentSession,
  IsAuthenticated,
  LoginView,
  LogoutView,
  MemorySessionStore,
  PasswordHasher,
  Response,
  type RestRequest,
  SessionAuthentication,
  Sessions,
  type Session,
  TokenAuthentication,
  View,
} from 'nest-rest-framework';
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser, setCookies } from './browser.js';
import { openLibrary, TOKENS, type Library } from './library.js';

@View('visits')
class VisitsView extends APIView {
  async get(@CurrentSession() session: Session) {
    return { visits: session.get('visits') ?? 0 };
  }

  async post(@CurrentSession() session: Session, @CurrentRequest() request: RestRequest) {
    const { note, fail } = (await request.data()) as { note?: string; fail?: boolean };
    session.set('visits', Number(session.get('visits') ?? 0) + 1);
    if (note !== undefined) session.set('note', note);
    if (fail) return new Response({ failed: true }, { status: 500 });
    return { visits: session.get('visits') };
  }

  async delete(@CurrentSession() session: Session) {
    session.flush();
    return new Response(undefined, { status: 204 });
  }
}

@View('secret', { permissions: [IsAuthenticated] })
class SecretView extends APIView {
  get(@CurrentRequest() { user }: RestRequest) {
    return { user: user?.username };
  }

  async post(@CurrentRequest() request: RestRequest) {
    const data = await request.data();
    return { user: request.user?.username, isEmpty: data instanceof Object && Object.keys(data).length === 0 };
  }
}

@View('elsewhere', { permissions: [IsAuthenticated] })
class ElsewhereView extends APIView {
  constructor(private readonly sessions: Sessions) {
    super();
  }

  async delete(@CurrentRequest() request: RestRequest) {
    await this.sessions.destroyAllOf(request.user!, request);
    return new Response(undefined, { status: 204 });
  }
}

@Controller('plain')
class PlainController {
  @Get('secret')
  @UseGuards(IsAuthenticated)
  secret() {
    return { plain: true };
  }

  @Post('visits')
  visits(@CurrentSession() session: Session) {
    session.set('visits', 100);
    return { visits: 100 };
  }

  @Post('guarded')
  @UseGuards(CsrfGuard)
  guarded() {
    return { passed: true };
  }
}

@Module({ controllers: [LoginView, LogoutView, VisitsView, SecretView, ElsewhereView, PlainController] })
class SessionModule {}

let library: Library;
let clock: Clock;
const browser = () => new Browser(library.app);

async function signedIn(username = 'alice'): Promise<Browser> {
  const one = browser();
  expect((await one.login(username, `${username}-pass-1`)).statusCode).toBe(200);
  return one;
}

beforeAll(async () => {
  library = await openLibrary({
    imports: [SessionModule],
    settings: { authentication: [SessionAuthentication, TokenAuthentication], loginRates: { account: null, address: null } },
  });
  clock = library.app.get(Clock);
});
afterAll(() => library.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await library.prisma.authSession.deleteMany();
});

function advance(duration: Temporal.DurationLike): void {
  const then = clock.now().add(duration);
  vi.spyOn(clock, 'now').mockReturnValue(then);
}

describe('signing in', () => {
  it('takes a username, a password and a CSRF token, and answers who asks afterwards', async () => {
    const one = browser();
    const page = await one.send('GET', '/login/');
    expect(page.statusCode).toBe(200);
    expect(page.json()).toEqual({ csrf_token: expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
    expect(page.headers['cache-control']).toBe('no-store');
    expect([...one.cookies.keys()]).toEqual(['csrftoken']);
    const answer = await one.send('POST', '/login/', { json: { username: 'alice', password: 'alice-pass-1' } });
    expect([answer.statusCode, answer.json()]).toEqual([200, { detail: 'Successfully logged in.' }]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.vary).toMatch(/Cookie/);
    const secret = await one.send('GET', '/secret/');
    expect([secret.statusCode, secret.json()]).toEqual([200, { user: 'alice' }]);
    expect(secret.headers['cache-control']).toBe('private');
    expect(secret.headers.vary).toMatch(/Cookie/);
    expect(setCookies(secret)).toEqual([]);
  });

  it('takes a form with the token in it', async () => {
    const one = browser();
    const { csrf_token } = (await one.send('GET', '/login/')).json<{ csrf_token: string }>();
    const answer = await one.send('POST', '/login/', {
      csrf: false,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ username: 'alice', password: 'alice-pass-1', csrfmiddlewaretoken: csrf_token }).toString(),
    });
    expect([answer.statusCode, answer.json()]).toEqual([200, { detail: 'Successfully logged in.' }]);
  });

  it("sets its cookies with Django's names, ages and flags, but for HTTPS alone", async () => {
    const one = browser();
    const answer = await one.login('alice', 'alice-pass-1');
    const [csrf, session] = setCookies(answer).sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(session).toMatchObject({ name: 'sessionid', maxAge: 1_209_600, path: '/', httpOnly: true, secure: true, sameSite: 'lax' });
    expect(csrf).toMatchObject({ name: 'csrftoken', maxAge: 31_449_600, path: '/', secure: true, sameSite: 'lax' });
    expect(csrf).not.toHaveProperty('httpOnly');
    expect(session).not.toHaveProperty('domain');
    expect(session!.expires!.getTime()).toBeGreaterThan(Date.now() + 1_209_590_000);
  });

  it.each([
    [{ username: 'alice', password: 'wrong' }, { non_field_errors: ['Unable to log in with provided credentials.'] }],
    [{ username: 'carol', password: 'carol-pass-1' }, { non_field_errors: ['Unable to log in with provided credentials.'] }],
    [{ username: { not: '' }, password: 'x' }, { username: ['Not a valid string.'] }],
    [{}, { username: ['This field is required.'], password: ['This field is required.'] }],
    [[], { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
  ])('refuses %j', async (json, body) => {
    const one = browser();
    await one.send('GET', '/login/');
    const answer = await one.send('POST', '/login/', { json });
    expect([answer.statusCode, answer.json()]).toEqual([400, body]);
    expect(one.sessionId).toBeUndefined();
    expect(await library.prisma.authSession.count()).toBe(0);
  });

  it('is refused without a token, whoever asks: nobody is signed in by another site', async () => {
    const one = browser();
    const json = { username: 'alice', password: 'alice-pass-1' };
    const without = await one.send('POST', '/login/', { json });
    expect([without.statusCode, without.json()]).toEqual([403, { detail: 'CSRF Failed: CSRF cookie not set.' }]);
    await one.send('GET', '/login/');
    const foreign = await one.send('POST', '/login/', { json, headers: { origin: 'https://evil.example' } });
    expect(foreign.json()).toEqual({ detail: 'CSRF Failed: Origin checking failed - https://evil.example does not match any trusted origins.' });
    expect(await library.prisma.authSession.count()).toBe(0);
  });

  it('sends nobody anywhere', async () => {
    const one = browser();
    await one.send('GET', '/login/?next=https://evil.example/');
    const answer = await one.send('POST', '/login/?next=https://evil.example/', {
      json: { username: 'alice', password: 'alice-pass-1', next: 'https://evil.example/' },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.body).not.toMatch('evil');
  });

  it('gives the browser another session and another token: what somebody planted is of no use', async () => {
    const attacker = browser();
    await attacker.send('POST', '/visits/', { json: {} });
    const planted = attacker.sessionId!;
    const victim = browser();
    victim.cookies.set('sessionid', planted);
    await victim.send('GET', '/login/');
    const before = victim.cookies.get('csrftoken');
    await victim.send('POST', '/login/', { json: { username: 'alice', password: 'alice-pass-1' } });
    expect(victim.sessionId).not.toBe(planted);
    expect(victim.cookies.get('csrftoken')).not.toBe(before);
    expect((await victim.send('GET', '/secret/')).statusCode).toBe(200);
    expect((await attacker.send('GET', '/secret/')).statusCode).toBe(403);
    // What was in it is kept, as in Django.
    expect((await victim.send('GET', '/visits/')).json()).toEqual({ visits: 1 });
    expect((await attacker.send('GET', '/visits/')).json()).toEqual({ visits: 0 });
  });

  it('never takes an id that a client has made up', async () => {
    const one = browser();
    one.cookies.set('sessionid', 'A'.repeat(43));
    await one.send('POST', '/visits/', { json: {} });
    expect(one.sessionId).not.toBe('A'.repeat(43));
    expect(one.sessionId).toMatch(/^[\w-]{43}$/);
  });

  it('leaves nothing of one user to the next', async () => {
    const one = await signedIn('alice');
    await one.send('POST', '/visits/', { json: {} });
    const old = one.sessionId;
    await one.send('POST', '/login/', { json: { username: 'bob', password: 'bob-pass-1' } });
    expect((await one.send('GET', '/secret/')).json()).toEqual({ user: 'bob' });
    expect((await one.send('GET', '/visits/')).json()).toEqual({ visits: 0 });
    one.cookies.set('sessionid', old!);
    expect((await one.send('GET', '/secret/')).statusCode).toBe(403);
  });

  it('stores no id: a copy of the database signs nobody in', async () => {
    const one = await signedIn();
    const rows = await library.prisma.authSession.findMany();
    expect(JSON.stringify(rows)).not.toMatch(one.sessionId!);
    expect(rows.map(({ digest }) => digest)).toEqual([createHash('sha256').update(one.sessionId!).digest('hex')]);
    for (const stolen of [rows[0]!.digest, rows[0]!.digest.slice(0, 43)]) {
      const thief = browser();
      thief.cookies.set('sessionid', stolen);
      expect((await thief.send('GET', '/secret/')).statusCode).toBe(403);
    }
  });
});

describe('signing out', () => {
  it('ends the session in the store, and the cookie', async () => {
    const one = await signedIn();
    const id = one.sessionId!;
    const answer = await one.send('POST', '/logout/');
    expect([answer.statusCode, answer.json()]).toEqual([200, { detail: 'Successfully logged out.' }]);
    expect(setCookies(answer)).toMatchObject([{ name: 'sessionid', value: '', maxAge: 0, path: '/', expires: new Date(0) }]);
    expect(one.sessionId).toBeUndefined();
    expect(await library.prisma.authSession.count()).toBe(0);
    one.cookies.set('sessionid', id);
    expect((await one.send('GET', '/secret/')).statusCode).toBe(403);
  });

  it('is refused without a token, and says nothing of who was signed in', async () => {
    const one = await signedIn();
    expect((await one.send('POST', '/logout/', { csrf: false })).json()).toEqual({ detail: 'CSRF Failed: CSRF token missing.' });
    expect((await one.send('GET', '/secret/')).statusCode).toBe(200);
    const nobody = browser();
    await nobody.send('GET', '/login/');
    expect((await nobody.send('POST', '/logout/')).json()).toEqual({ detail: 'Successfully logged out.' });
  });

  it('ends the other sessions of a user where asked', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    expect((await here.send('DELETE', '/elsewhere/')).statusCode).toBe(204);
    expect((await there.send('GET', '/secret/')).statusCode).toBe(403);
    expect((await here.send('GET', '/secret/')).statusCode).toBe(200);
  });
});

describe('a session', () => {
  it('ends two weeks after it was changed last', async () => {
    const one = await signedIn();
    advance({ hours: 24 * 14 - 1 });
    expect((await one.send('GET', '/secret/')).statusCode).toBe(200);
    vi.restoreAllMocks();
    advance({ hours: 24 * 14 });
    expect((await one.send('GET', '/secret/')).statusCode).toBe(403);
    await library.app.get(Sessions).flushExpired();
    expect(await library.prisma.authSession.count()).toBe(0);
  });

  it.each([
    ['another password', async () => ({ password: await library.app.get(PasswordHasher).hash('alice-pass-2') })],
    ['the same password, hashed anew', async () => ({ password: await library.app.get(PasswordHasher).hash('alice-pass-1') })],
    ['an account that is not active', async () => ({ isActive: false })],
  ])('ends with %s', async (_what, changesOf) => {
    const one = await signedIn();
    const { id: _id, ...before } = await library.prisma.user.findUniqueOrThrow({ where: { username: 'alice' } });
    await library.prisma.user.update({ where: { username: 'alice' }, data: await changesOf() });
    const answer = await one.send('GET', '/secret/');
    expect([answer.statusCode, answer.json()]).toEqual([403, { detail: 'Authentication credentials were not provided.' }]);
    expect(await library.prisma.authSession.count()).toBe(0);
    await library.prisma.user.update({ where: { username: 'alice' }, data: before });
    expect((await one.send('GET', '/secret/')).statusCode).toBe(403);
  });

  it('ends with its user', async () => {
    const password = await library.app.get(PasswordHasher).hash('dave-pass-1');
    await library.prisma.user.create({ data: { username: 'dave', password } });
    const one = await signedIn('dave');
    await library.prisma.user.delete({ where: { username: 'dave' } });
    expect((await one.send('GET', '/secret/')).statusCode).toBe(403);
  });

  it('is not there, and no cookie is, before something is in it', async () => {
    const one = browser();
    const answer = await one.send('GET', '/visits/');
    expect(answer.json()).toEqual({ visits: 0 });
    expect(answer.headers.vary).toMatch(/Cookie/);
    expect(setCookies(answer)).toEqual([]);
    expect(await library.prisma.authSession.count()).toBe(0);
  });

  it('keeps what a nobody has in it, sets its cookie where it changes, and no other time', async () => {
    const one = browser();
    const first = await one.send('POST', '/visits/', { json: { note: '\0\ud800"' } });
    expect(setCookies(first).map(({ name }) => name)).toEqual(['sessionid']);
    expect(first.headers['cache-control']).toBe('private');
    const second = await one.send('POST', '/visits/', { json: {} });
    expect(second.json()).toEqual({ visits: 2 });
    expect(setCookies(second)[0]!.value).toBe(setCookies(first)[0]!.value);
    expect(setCookies(await one.send('GET', '/visits/'))).toEqual([]);
    const [row] = await library.prisma.authSession.findMany();
    expect(row).toMatchObject({ userId: null, data: JSON.stringify({ visits: 2, note: '\0\ud800"' }) });
    expect((await one.send('DELETE', '/visits/')).statusCode).toBe(204);
    expect(await library.prisma.authSession.count()).toBe(0);
    expect(one.sessionId).toBeUndefined();
  });

  it('keeps nothing of a request that failed', async () => {
    const one = browser();
    const answer = await one.send('POST', '/visits/', { json: { fail: true } });
    expect([answer.statusCode, setCookies(answer)]).toEqual([500, []]);
    expect(await library.prisma.authSession.count()).toBe(0);
  });

  it('holds no more than 64 KiB, and says so', async () => {
    const one = browser();
    const answer = await one.send('POST', '/visits/', { json: { note: 'x'.repeat(65_536) } });
    expect([answer.statusCode, answer.json()]).toEqual([413, { detail: 'Request body is too large.' }]);
  });

  it('serves hand-written controllers too', async () => {
    const one = await signedIn();
    expect((await one.send('POST', '/plain/visits')).statusCode).toBe(201);
    expect((await one.send('GET', '/visits/')).json()).toEqual({ visits: 100 });
    expect((await one.send('GET', '/plain/secret')).json()).toEqual({ plain: true });
    expect((await browser().send('GET', '/plain/secret')).statusCode).toBe(403);
    expect((await browser().send('POST', '/plain/guarded')).json()).toEqual({ detail: 'CSRF Failed: CSRF cookie not set.' });
    expect((await one.send('POST', '/plain/guarded')).json()).toEqual({ passed: true });
  });

  it('outlives requests at the same time', async () => {
    const one = await signedIn();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => (at % 2 ? one.send('GET', '/secret/') : one.send('POST', '/visits/', { json: {} }))),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(await library.prisma.authSession.count()).toBe(1);
  });

  it('that was signed out is not brought back by a request that was on its way', async () => {
    const one = await signedIn();
    const sessions = library.app.get(Sessions);
    const save = vi.spyOn(sessions['database'], 'update');
    save.mockImplementationOnce(async function (this: never, digest, session) {
      await one.send('POST', '/logout/');
      save.mockRestore();
      return sessions['database'].update(digest, session);
    });
    const answer = await one.send('POST', '/visits/', { json: {} });
    expect([answer.statusCode, setCookies(answer)]).toEqual([200, []]);
    expect(await library.prisma.authSession.count()).toBe(0);
  });

  it('is asked for only where somebody wants it, in one statement, and its user in another', async () => {
    const one = await signedIn();
    const statements = async (url: string, from = one, headers = {}) => {
      library.counter.reset();
      await from.send('GET', url, { headers });
      return library.counter.count;
    };
    expect(await statements('/secret/')).toBe(2);
    expect(await statements('/visits/', browser())).toBe(0);
    expect(await statements('/secret/', browser(), { authorization: `Token ${TOKENS.alice}` })).toBe(1);
  });

  const HOSTILE: readonly string[] = [
    'sessionid=',
    'sessionid',
    '=;=;=',
    'sessionid=%',
    'sessionid=%00',
    `sessionid=${'x'.repeat(8000)}`,
    `sessionid=${'é'.repeat(43)}`,
    "sessionid=' OR 1=1 --",
    'sessionid={"not":""}',
    'sessionid=j%3A%7B%22a%22%3A1%7D',
    'sessionid[]=x; sessionid[not]=y',
    '__proto__=x; constructor=y; sessionid=__proto__',
    'csrftoken=%E0%A4%A; sessionid=a',
    `csrftoken=${'x'.repeat(8000)}`,
    ';'.repeat(5000),
  ];

  it.each(HOSTILE)('of the cookie %j is nobody', async (cookie) => {
    const answers = await Promise.all([
      library.app.inject({ method: 'GET', url: '/secret/', headers: { cookie } }),
      library.app.inject({ method: 'POST', url: '/secret/', headers: { cookie } }),
      library.app.inject({ method: 'POST', url: '/login/', headers: { cookie }, payload: { username: 'alice', password: 'alice-pass-1' } }),
      library.app.inject({ method: 'POST', url: '/logout/', headers: { cookie } }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403]);
    const visit = await library.app.inject({ method: 'POST', url: '/visits/', headers: { cookie }, payload: {} });
    expect(visit.json()).toEqual({ visits: 1 });
  });
});

describe('the CSRF check', () => {
  it('is for those who are signed in by session, on unsafe methods alone', async () => {
    const one = await signedIn();
    expect((await one.send('GET', '/secret/', { csrf: false })).statusCode).toBe(200);
    expect((await one.send('OPTIONS', '/secret/', { csrf: false })).statusCode).toBe(200);
    const refused = await one.send('POST', '/secret/', { csrf: false });
    expect([refused.statusCode, refused.json()]).toEqual([403, { detail: 'CSRF Failed: CSRF token missing.' }]);
    expect((await one.send('POST', '/secret/')).statusCode).toBe(200);
    // Nobody is signed in: no token is asked for.
    expect((await browser().send('POST', '/secret/')).json()).toEqual({ detail: 'Authentication credentials were not provided.' });
    expect((await browser().send('POST', '/secret/', { headers: { authorization: `Token ${TOKENS.alice}` } })).statusCode).toBe(200);
    expect((await browser().send('POST', '/visits/', { json: {} })).statusCode).toBe(200);
  });

  it('reads the token of a form, and leaves the form to the handler', async () => {
    const one = await signedIn();
    const token = one.cookies.get('csrftoken')!;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const good = await one.send('POST', '/secret/', { csrf: false, headers, payload: `csrfmiddlewaretoken=${token}&a=1` });
    expect([good.statusCode, good.json()]).toEqual([200, { user: 'alice', isEmpty: true }]);
    const wrong = await one.send('POST', '/secret/', { csrf: false, headers, payload: `csrfmiddlewaretoken=${'x'.repeat(32)}` });
    expect(wrong.json()).toEqual({ detail: 'CSRF Failed: CSRF token from POST incorrect.' });
    const multipart = await one.send('POST', '/secret/', {
      csrf: false,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: `--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n${token}\r\n--x--\r\n`,
    });
    expect(multipart.statusCode).toBe(200);
    const malformed = await one.send('POST', '/secret/', {
      csrf: false,
      headers: { 'content-type': 'multipart/form-data' },
      payload: 'x',
    });
    expect(malformed.statusCode).toBe(400);
  });

  it('tells its reason in the language of the client', async () => {
    const { french } = await import('nest-rest-framework');
    const other = await openLibrary({ imports: [SessionModule], settings: { authentication: [SessionAuthentication], languages: [french] } });
    const one = new Browser(other.app);
    const answer = await one.send('POST', '/login/', { json: {}, headers: { 'accept-language': 'fr' } });
    expect(answer.json()).toEqual({ detail: "Échec CSRF : Le cookie CSRF n'est pas défini." });
    await other.close();
  });
});

describe('the settings', () => {
  it('keep sessions elsewhere, under other names, for another time, renewed by every request', async () => {
    const store = new MemorySessionStore();
    const other = await openLibrary({
      imports: [SessionModule],
      settings: {
        authentication: [SessionAuthentication],
        sessions: { store, cookieName: '__Host-id', cookieAge: 60, saveEveryRequest: true, expireAtBrowserClose: true },
        csrf: { cookieHttpOnly: true },
      },
    });
    const one = new Browser(other.app);
    expect((await one.login('alice', 'alice-pass-1')).statusCode).toBe(200);
    expect(store.size).toBe(1);
    const answer = await one.send('GET', '/secret/');
    expect(setCookies(answer)).toMatchObject([{ name: '__Host-id', value: one.cookies.get('__Host-id'), path: '/', secure: true }]);
    expect(setCookies(answer)[0]).not.toHaveProperty('maxAge');
    expect(await other.prisma.authSession.count()).toBe(0);
    await other.close();
  });

  it('answer 503 while the store is away, in every place, and sign nobody out', async () => {
    const store = new MemorySessionStore();
    const other = await openLibrary({ imports: [SessionModule], settings: { authentication: [SessionAuthentication], sessions: { store } } });
    const one = new Browser(other.app);
    await one.login('alice', 'alice-pass-1');
    const away = () => Promise.reject(new Error('away'));
    vi.spyOn(store, 'load').mockImplementation(away);
    for (const [method, url] of [
      ['GET', '/secret/'],
      ['GET', '/visits/'],
      ['POST', '/logout/'],
    ] as const) {
      const answer = await one.send(method, url);
      expect([answer.statusCode, answer.headers['retry-after'], setCookies(answer)]).toEqual([503, '1', []]);
      expect(answer.json()).toEqual({ detail: 'The service is temporarily unavailable.' });
    }
    vi.restoreAllMocks();
    // What is kept as the request is answered makes it fail as well.
    vi.spyOn(store, 'update').mockImplementation(away);
    const late = await one.send('POST', '/visits/', { json: {} });
    expect([late.statusCode, late.headers['retry-after'], late.headers['cache-control'], setCookies(late)]).toEqual([503, '1', 'no-store', []]);
    expect(late.json()).toEqual({ detail: 'The service is temporarily unavailable.' });
    expect(late.headers['content-length']).toBe(String(Buffer.byteLength(late.body)));
    vi.restoreAllMocks();
    expect((await one.send('GET', '/secret/')).statusCode).toBe(200);
    await other.close();
  });

  it('are checked at boot', async () => {
    const boot = (sessions: object) => openLibrary({ settings: { sessions } });
    await expect(boot({ store: {} })).rejects.toThrow('RestModule.forRoot: sessions.store is [object Object], which is no session store. Give a');
    await expect(boot({ store: Clock })).rejects.toThrow('RestModule.forRoot: sessions.store is Clock, which is no session store.');
    await expect(boot({ cookieSameSite: 'none', cookieSecure: false })).rejects.toThrow('sessions.cookieSameSite is "none". It must be another');
  });
});
