import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { CsrfProtection } from '../../../src/framework/csrf/csrf-protection.js';
import type { CsrfSettings } from '../../../src/framework/csrf/csrf-settings.js';
import { maskSecret, secretOf } from '../../../src/framework/csrf/csrf-token.js';
import type { APIException } from '../../../src/framework/exceptions/api-exception.js';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { AllowAny } from '../../../src/framework/permissions/allow-any.js';
import { RestSettingsHolder } from '../../../src/framework/settings/rest-settings-holder.js';
import { FrozenClock } from '../../../src/framework/testing/frozen-clock.js';

const SECRET = 'abcdefghijklmnopqrstuvwxyzABCDEF';
const OTHER = 'F'.repeat(32);
const HOST = 'api.example.com';
const FORM = 'application/x-www-form-urlencoded';

interface Sent {
  readonly method?: string;
  readonly https?: boolean;
  readonly host?: string;
  readonly headers?: Record<string, string>;
  /** What the body holds: a hand-written controller's, which Fastify has parsed. */
  readonly body?: unknown;
}

function requestOf({ method = 'POST', https = false, host = HOST, headers = {}, body = null }: Sent): RestRequest {
  return RestRequest.of({ method, url: '/', headers, body, host, protocol: https ? 'https' : 'http', raw: {} } as unknown as FastifyRequest);
}

function protectionOf(csrf: Partial<CsrfSettings> = {}): CsrfProtection {
  return new CsrfProtection(new RestSettingsHolder({ authentication: [], permissions: [AllowAny], csrf }), new FrozenClock('2026-01-01T00:00:00Z'));
}

/** What a request is refused with; null where it passes. */
async function verdict(sent: Sent, csrf: Partial<CsrfSettings> = {}): Promise<unknown> {
  try {
    await protectionOf(csrf).check(requestOf(sent));
    return null;
  } catch (error) {
    const { status } = error as APIException;
    return status === 403 ? ((error as APIException).body() as { detail: string }).detail : error;
  }
}

/** The headers of a request that shows a good token. */
const good = (headers: Record<string, string> = {}) => ({ cookie: `csrftoken=${SECRET}`, 'x-csrftoken': maskSecret(SECRET), ...headers });

describe('the token', () => {
  const form = { cookie: `csrftoken=${SECRET}`, 'content-type': FORM };
  const TABLE: readonly (readonly [what: string, sent: Sent, reason: string | null])[] = [
    ['a good token in the header', { headers: good() }, null],
    ['the bare secret in the header', { headers: good({ 'x-csrftoken': SECRET }) }, null],
    ['a masked cookie', { headers: good({ cookie: `csrftoken=${maskSecret(SECRET)}` }) }, null],
    ['PUT', { method: 'PUT', headers: good() }, null],
    ['nothing at all', {}, 'CSRF cookie not set.'],
    ['a token without a cookie', { headers: { 'x-csrftoken': SECRET } }, 'CSRF cookie not set.'],
    ['an empty cookie', { headers: good({ cookie: 'csrftoken=' }) }, 'CSRF cookie has incorrect length.'],
    ['a long cookie', { headers: good({ cookie: `csrftoken=${'a'.repeat(5000)}` }) }, 'CSRF cookie has incorrect length.'],
    ['a cookie of other characters', { headers: good({ cookie: `csrftoken=${'-'.repeat(32)}` }) }, 'CSRF cookie has invalid characters.'],
    ['no token', { headers: { cookie: `csrftoken=${SECRET}` } }, 'CSRF token missing.'],
    ['an empty header', { headers: good({ 'x-csrftoken': '' }) }, "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."],
    ['a short header', { headers: good({ 'x-csrftoken': 'a' }) }, "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."],
    [
      'a header of other characters',
      { headers: good({ 'x-csrftoken': '*'.repeat(64) }) },
      "CSRF token from the 'X-Csrftoken' HTTP header has invalid characters.",
    ],
    [
      'the token of another secret',
      { headers: good({ 'x-csrftoken': maskSecret(OTHER) }) },
      "CSRF token from the 'X-Csrftoken' HTTP header incorrect.",
    ],
    ['a good token in a form', { headers: form, body: { csrfmiddlewaretoken: maskSecret(SECRET) } }, null],
    ['a short token in a form', { headers: form, body: { csrfmiddlewaretoken: 'a' } }, 'CSRF token from POST has incorrect length.'],
    ['other characters in a form', { headers: form, body: { csrfmiddlewaretoken: '*'.repeat(32) } }, 'CSRF token from POST has invalid characters.'],
    ['a wrong token in a form', { headers: form, body: { csrfmiddlewaretoken: OTHER } }, 'CSRF token from POST incorrect.'],
    [
      'a wrong token in a form and a good one in the header',
      { headers: good({ 'content-type': FORM }), body: { csrfmiddlewaretoken: OTHER } },
      'CSRF token from POST incorrect.',
    ],
    ['an empty field and a good header', { headers: good({ 'content-type': FORM }), body: { csrfmiddlewaretoken: '' } }, null],
    ['a field that is no text', { headers: form, body: { csrfmiddlewaretoken: ['x'] } }, 'CSRF token missing.'],
    ['a form without the field', { headers: form, body: {} }, 'CSRF token missing.'],
    ['a token in the form of a PUT', { method: 'PUT', headers: form, body: { csrfmiddlewaretoken: SECRET } }, 'CSRF token missing.'],
    [
      'a token in JSON',
      { headers: { cookie: `csrftoken=${SECRET}`, 'content-type': 'application/json' }, body: { csrfmiddlewaretoken: SECRET } },
      'CSRF token missing.',
    ],
  ];

  it.each(TABLE)('%s', async (_what, sent, reason) => {
    expect(await verdict(sent)).toBe(reason && `CSRF Failed: ${reason}`);
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'TRACE'])('is not asked of %s', async (method) => {
    expect(await verdict({ method, https: true, headers: { origin: 'https://evil.example' } })).toBeNull();
  });

  it('has the header and the cookie that the settings name', async () => {
    const csrf = { headerName: 'X-XSRF-TOKEN', cookieName: 'XSRF-TOKEN' };
    const headers = { cookie: `XSRF-TOKEN=${SECRET}`, 'x-xsrf-token': SECRET };
    expect(await verdict({ headers }, csrf)).toBeNull();
    expect(await verdict({ headers: { ...headers, 'x-xsrf-token': OTHER } }, csrf)).toBe(
      "CSRF Failed: CSRF token from the 'X-Xsrf-Token' HTTP header incorrect.",
    );
    expect(await verdict({ headers: good() }, csrf)).toBe('CSRF Failed: CSRF cookie not set.');
  });
});

describe('the origin', () => {
  const bad = (origin: string) => `CSRF Failed: Origin checking failed - ${origin} does not match any trusted origins.`;
  const from = (origin: string, rest: Sent = {}): Sent => ({ ...rest, headers: good({ origin }) });
  const TABLE: readonly (readonly [sent: Sent, passes: boolean, trusted?: readonly string[]])[] = [
    [from('http://api.example.com'), true],
    [from('https://api.example.com', { https: true }), true],
    [from('http://api.example.com:3000', { host: 'api.example.com:3000' }), true],
    [from('http://api.example.com', { https: true }), false],
    [from('https://api.example.com'), false],
    [from('http://api.example.com:3000'), false],
    [from('http://www.example.com'), false],
    [from('http://api.example.com.evil.example'), false],
    [from('null'), false],
    [from(''), false],
    [from('https://['), false],
    [from('http://api.example.com/'), false],
    [from('https://app.example.com'), true, ['https://app.example.com']],
    [from('http://app.example.com'), false, ['https://app.example.com']],
    [from('https://app.example.com:8443'), false, ['https://app.example.com']],
    [from('https://a.example.com'), true, ['https://*.example.com']],
    [from('https://a.b.example.com'), true, ['https://*.example.com']],
    [from('https://example.com'), true, ['https://*.example.com']],
    [from('http://a.example.com'), false, ['https://*.example.com']],
    [from('https://evilexample.com'), false, ['https://*.example.com']],
    [from('https://a.example.com:8443'), false, ['https://*.example.com']],
    [from('https://a.example.com:8443'), true, ['https://*.example.com:8443']],
    [from('null'), false, ['https://*.example.com']],
    [from('', { host: '' }), false],
  ];

  it.each(TABLE.map(([sent, passes, trusted = []]) => [sent, passes, trusted] as const))(
    '%j: %j, where %j are trusted',
    async (sent, passes, trustedOrigins) => {
      expect(await verdict(sent, { trustedOrigins })).toBe(passes ? null : bad(sent.headers!['origin']!));
    },
  );

  it('is not enough without the token', async () => {
    expect(await verdict({ headers: { origin: 'http://api.example.com' } })).toBe('CSRF Failed: CSRF cookie not set.');
  });
});

describe('the referer, over HTTPS where there is no origin', () => {
  const NONE = 'no Referer.';
  const MALFORMED = 'Referer is malformed.';
  const INSECURE = 'Referer is insecure while host is secure.';
  const bad = (referer: string) => `${referer} does not match any trusted origins.`;
  const TABLE: readonly (readonly [referer: string | null, fault: string | null, csrf?: Partial<CsrfSettings>, host?: string])[] = [
    [null, NONE],
    ['', MALFORMED],
    ['nonsense', MALFORMED],
    ['//api.example.com/', MALFORMED],
    ['https:///path', MALFORMED],
    ['https://[', MALFORMED],
    ['https://::1]/', MALFORMED],
    ['http://api.example.com/', INSECURE],
    ['https://api.example.com/', null],
    ['https://api.example.com', null],
    ['https://api.example.com/some/page?x=https://evil.example/', null],
    ['HTTPS://api.example.com/', null],
    ['https://www.example.com/', bad('https://www.example.com/')],
    ['https://evil.example/https://api.example.com/', bad('https://evil.example/https://api.example.com/')],
    ['https://api.example.com:8443/', bad('https://api.example.com:8443/')],
    ['https://api.example.com:8443/', null, {}, 'api.example.com:8443'],
    ['https://user@api.example.com/', bad('https://user@api.example.com/')],
    ['https://app.example.org/', null, { trustedOrigins: ['https://app.example.org'] }],
    ['https://a.example.org/', null, { trustedOrigins: ['https://*.example.org'] }],
    ['https://example.org/', null, { trustedOrigins: ['https://*.example.org'] }],
    ['https://evilexample.org/', bad('https://evilexample.org/'), { trustedOrigins: ['https://*.example.org'] }],
    ['https://www.example.com/', null, { cookieDomain: '.example.com' }],
    ['https://www.example.com:4443/', null, { cookieDomain: '.example.com' }, 'api.example.com:4443'],
    ['https://www.example.com/', bad('https://www.example.com/'), { cookieDomain: '.example.com' }, 'api.example.com:4443'],
  ];

  it.each(TABLE.map(([referer, fault, csrf = {}, host = HOST]) => [referer, fault, csrf, host] as const))(
    '%j: %j',
    async (referer, fault, csrf, host) => {
      const sent: Sent = { https: true, host, headers: good(referer === null ? {} : { referer }) };
      expect(await verdict(sent, csrf)).toBe(fault && `CSRF Failed: Referer checking failed - ${fault}`);
    },
  );

  it('is not asked for over HTTP, nor beside an origin', async () => {
    expect(await verdict({ headers: good({ referer: 'http://evil.example/' }) })).toBeNull();
    expect(await verdict({ https: true, headers: good({ origin: 'https://api.example.com', referer: 'http://evil.example/' }) })).toBeNull();
  });
});

describe('the cookie', () => {
  async function cookiesOf(request: RestRequest): Promise<string[]> {
    const set: [string, string][] = [];
    const reply = { header: (name: string, value: string) => void set.push([name, value]), getHeader: () => undefined } as unknown as FastifyReply;
    for (const hook of request.takeReplyHooks() ?? []) await hook(reply);
    return set.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value);
  }

  it('is set where a token is asked for, and the token is of it', async () => {
    const request = requestOf({ method: 'GET' });
    const token = protectionOf().getToken(request);
    const cookies = await cookiesOf(request);
    expect(cookies).toEqual([`csrftoken=${secretOf(token)}; Max-Age=31449600; Path=/; Expires=Thu, 31 Dec 2026 00:00:00 GMT; Secure; SameSite=Lax`]);
  });

  it('keeps its secret while tokens change', async () => {
    const request = requestOf({ method: 'GET', headers: { cookie: `csrftoken=${SECRET}` } });
    const csrf = protectionOf();
    const tokens = [csrf.getToken(request), csrf.getToken(request)];
    expect(tokens[0]).not.toBe(tokens[1]);
    expect(tokens.map(secretOf)).toEqual([SECRET, SECRET]);
    expect((await cookiesOf(request))[0]).toMatch(`csrftoken=${SECRET};`);
  });

  it('is not set where nobody asks', async () => {
    const request = requestOf({ headers: good() });
    await protectionOf().check(request);
    expect(await cookiesOf(request)).toEqual([]);
  });

  it('has another secret after a login, and one where it was no token', async () => {
    for (const cookie of [`csrftoken=${SECRET}`, 'csrftoken=nonsense']) {
      const request = requestOf({ headers: { cookie } });
      protectionOf().rotateToken(request);
      const [set, ...others] = await cookiesOf(request);
      expect(others).toEqual([]);
      expect(set).toMatch(/^csrftoken=[A-Za-z0-9]{32};/);
      expect(set).not.toMatch(SECRET);
    }
    const request = requestOf({ headers: { cookie: 'csrftoken=nonsense' } });
    await expect(protectionOf().check(request)).rejects.toThrow('CSRF cookie has incorrect length.');
    expect((await cookiesOf(request))[0]).toMatch(/^csrftoken=[A-Za-z0-9]{32};/);
  });
});
