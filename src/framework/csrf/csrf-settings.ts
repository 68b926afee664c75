import { ConfigurationError } from '../exceptions/configuration-error.js';
import { checkCookieSettings, type CookieSettings } from '../responses/cookie-settings.js';

/** Django's `CSRF_…` settings. */
export interface CsrfSettings extends CookieSettings {
  /** The header that scripts send the token in. Default: `X-CSRFToken`. */
  readonly headerName: string;
  /** Origins whose pages may send unsafe requests: `https://app.example.com`, `https://*.example.com`. Default: none but the server's own. */
  readonly trustedOrigins: readonly string[];
}

/** Django's, but for `cookieSecure`. */
export const DEFAULT_CSRF_SETTINGS: CsrfSettings = Object.freeze({
  cookieName: 'csrftoken',
  cookieAge: 31_449_600,
  cookieDomain: null,
  cookiePath: '/',
  cookieSecure: true,
  cookieHttpOnly: false,
  cookieSameSite: 'lax',
  headerName: 'X-CSRFToken',
  trustedOrigins: [],
});

const ORIGIN = /^https?:\/\/(?:\*\.)?[a-z0-9[\]:.-]+$/;

/** @throws ConfigurationError for a setting that is unknown or wrong. */
export function resolveCsrfSettings(given: Partial<CsrfSettings> = {}): CsrfSettings {
  const known = Object.keys(DEFAULT_CSRF_SETTINGS);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) throw new ConfigurationError(`RestModule.forRoot: there is no setting csrf.${name}. Known are ${known.join(', ')}.`);
  }
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const settings: CsrfSettings = Object.freeze({ ...DEFAULT_CSRF_SETTINGS, ...said });
  checkCookieSettings('csrf', settings);
  if (typeof settings.headerName !== 'string' || !/^[A-Za-z0-9-]{1,64}$/.test(settings.headerName))
    throw new ConfigurationError(`RestModule.forRoot: csrf.headerName is ${JSON.stringify(settings.headerName)}. Give a header's name.`);
  if (!Array.isArray(settings.trustedOrigins))
    throw new ConfigurationError("RestModule.forRoot: csrf.trustedOrigins must be an array, such as ['https://app.example.com'].");
  for (const origin of settings.trustedOrigins) {
    if (typeof origin !== 'string' || !ORIGIN.test(origin))
      throw new ConfigurationError(
        `RestModule.forRoot: csrf.trustedOrigins has ${JSON.stringify(origin)}. Give scheme and host in lower case and nothing behind them, such as 'https://app.example.com' or 'https://*.example.com'.`,
      );
  }
  return settings;
}
