import { describe, expect, it } from 'vitest';
import { resolveCsrfSettings } from '../../../src/framework/csrf/csrf-settings.js';

describe('the settings of CSRF', () => {
  it("are Django's, but for the cookie that goes over HTTPS alone", () => {
    expect(resolveCsrfSettings()).toEqual({
      cookieName: 'csrftoken',
      cookieAge: 60 * 60 * 24 * 7 * 52,
      cookieDomain: null,
      cookiePath: '/',
      cookieSecure: true,
      cookieHttpOnly: false,
      cookieSameSite: 'lax',
      headerName: 'X-CSRFToken',
      trustedOrigins: [],
    });
  });

  it.each(['https://app.example.com', 'https://app.example.com:8443', 'http://localhost:3000', 'https://*.example.com', 'http://[::1]:3000'])(
    'trust %s',
    (origin) => {
      expect(resolveCsrfSettings({ trustedOrigins: [origin] }).trustedOrigins).toEqual([origin]);
    },
  );

  it.each(['app.example.com', 'https://app.example.com/', 'https://App.example.com', '*', 'https://*', 'https://a.*.com', 'ftp://a.com', '', 7])(
    'refuse the origin %j',
    (origin) => {
      expect(() => resolveCsrfSettings({ trustedOrigins: [origin as string] })).toThrow(
        `RestModule.forRoot: csrf.trustedOrigins has ${JSON.stringify(origin)}. Give scheme and host in lower case and nothing behind them`,
      );
    },
  );

  it.each([
    [{ trustedOrigins: 'https://a.com' }, "csrf.trustedOrigins must be an array, such as ['https://app.example.com']."],
    [{ headerName: 'X CSRF' }, 'csrf.headerName is "X CSRF". Give a header\'s name.'],
    [{ cookieAge: 0 }, 'csrf.cookieAge is 0. It must be a whole number of seconds from 1 to 34560000.'],
    [{ cookiename: 'x' }, 'there is no setting csrf.cookiename. Known are cookieName, '],
  ])('refuse %j', (given, message) => {
    expect(() => resolveCsrfSettings(given as never)).toThrow(message);
  });
});
