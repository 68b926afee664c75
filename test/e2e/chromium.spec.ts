import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { APIView, CurrentUser, IsAuthenticated, LoginView, LogoutView, SessionAuthentication, View, type RequestUser } from 'nest-rest-framework';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLibrary, type Library } from './library.js';

/** The page's, where the functions run that it is given. */
declare const document: { readonly cookie: string };

const CHROMIUM = process.env['CHROMIUM_PATH'];

@View('secret', { permissions: [IsAuthenticated] })
class SecretView extends APIView {
  get(@CurrentUser() user: RequestUser & { username: string }) {
    return { user: user.username };
  }

  post(@CurrentUser() user: RequestUser & { username: string }) {
    changes.push(user.username);
    return { changed: user.username };
  }
}
/** The page of an application whose scripts ask the API. */
@Controller('app')
class AppController {
  @Get()
  @Header('content-type', 'text/html')
  page() {
    return '<!doctype html><title>Application</title>';
  }
}
@Module({ controllers: [LoginView, LogoutView, SecretView, AppController] })
class SessionModule {}

/** What unsafe requests have done. */
const changes: string[] = [];
let library: Library;
let stranger: Server;
let browser: Browser;
let page: Page;
let home: string;

const portOf = (server: { address(): string | AddressInfo | null }) => (server.address() as AddressInfo).port;

/** A page that posts a form to the application as soon as it is open, as a page of an attacker's does. */
const attack = (action: string) =>
  `<!doctype html><form method="post" action="${action}"><input name="amount" value="1000"></form><script>document.forms[0].submit()</script>`;

/** What a script of the application's own page does: with the token that it reads from the cookie, or without. */
const send = (method: string, path: string, { json, token = true }: { json?: unknown; token?: boolean } = {}) =>
  page.evaluate(
    async ([url, verb, body, withToken]) => {
      const csrf = /(?:^|; )csrftoken=(\w+)/.exec(document.cookie)?.[1] ?? '';
      const answer = await fetch(url, {
        method: verb,
        headers: {
          Accept: 'application/json',
          ...(body !== null && { 'Content-Type': 'application/json' }),
          ...(withToken && { 'X-CSRFToken': csrf }),
        },
        ...(body !== null && { body }),
      });
      return { status: answer.status, body: (await answer.json()) as unknown };
    },
    [path, method, json === undefined ? null : JSON.stringify(json), token] as const,
  );

const open = async () => {
  await page.goto(`${home}/app`);
  expect((await send('GET', '/login/')).status).toBe(200);
};
const logIn = async () => {
  await open();
  return send('POST', '/login/', { json: { username: 'alice', password: 'alice-pass-1' } });
};

describe.skipIf(!CHROMIUM)(`the session scheme in headless Chromium${CHROMIUM ? '' : ' (skipped: CHROMIUM_PATH is not set)'}`, () => {
  beforeAll(async () => {
    library = await openLibrary({ imports: [SessionModule], settings: { authentication: [SessionAuthentication] } });
    await library.app.listen(0, '127.0.0.1');
    home = `http://127.0.0.1:${portOf(library.app.getHttpServer() as Server)}`;
    stranger = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(attack(`${home}/secret/`))).listen(
      0,
      '127.0.0.1',
    );
    browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    stranger?.close();
    await library?.close();
  });
  beforeEach(async () => {
    changes.length = 0;
    page = await (await browser.newContext()).newPage();
  });
  afterEach(() => page.context().close());

  it('signs in; the session’s cookie is none of a script’s', async () => {
    expect(await logIn()).toEqual({ status: 200, body: { detail: 'Successfully logged in.' } });
    expect(await send('GET', '/secret/')).toEqual({ status: 200, body: { user: 'alice' } });
    expect(await page.evaluate(() => document.cookie)).toMatch(/^csrftoken=\w+$/);
    const cookies = await page.context().cookies();
    expect(cookies.find(({ name }) => name === 'sessionid')).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax' });
  });

  it('signs nobody in without the token', async () => {
    await open();
    const answer = await send('POST', '/login/', { json: { username: 'alice', password: 'alice-pass-1' }, token: false });
    expect(answer).toEqual({ status: 403, body: { detail: 'CSRF Failed: CSRF token missing.' } });
    expect((await send('GET', '/secret/')).status).toBe(403);
  });

  it('takes an unsafe request with the token, and none without', async () => {
    await logIn();
    expect(await send('POST', '/secret/', { json: {} })).toEqual({ status: 200, body: { changed: 'alice' } });
    expect(changes).toEqual(['alice']);
    expect(await send('POST', '/secret/', { json: {}, token: false })).toEqual({ status: 403, body: { detail: 'CSRF Failed: CSRF token missing.' } });
    expect(changes).toEqual(['alice']);
  });

  it.each([
    // Another port is another origin, but the same site: the browser sends the cookie.
    [
      'another origin of the same site',
      '127.0.0.1',
      /CSRF Failed: Origin checking failed - http:\/\/127\.0\.0\.1:\d+ does not match any trusted origins\./,
    ],
    // SameSite=Lax keeps the cookie back: who posts is nobody.
    ['another site', 'localhost', /Authentication credentials were not provided\./],
  ])('refuses a form that is posted from %s', async (_what, host, text) => {
    await logIn();
    await page.goto(`http://${host}:${portOf(stranger)}/`);
    await page.waitForURL(`${home}/secret/`);
    expect(await page.textContent('body')).toMatch(text);
    expect(changes).toEqual([]);
    await page.goto(`${home}/app`);
    expect(await send('GET', '/secret/')).toMatchObject({ status: 200 });
  });

  it('signs out', async () => {
    await logIn();
    expect(await send('POST', '/logout/', { token: false })).toMatchObject({ status: 403 });
    expect((await send('GET', '/secret/')).status).toBe(200);
    expect(await send('POST', '/logout/')).toEqual({ status: 200, body: { detail: 'Successfully logged out.' } });
    expect((await send('GET', '/secret/')).status).toBe(403);
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('sessionid');
  });
});
