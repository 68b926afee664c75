import type { Type } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { checkCookieSettings, type CookieSettings } from '../responses/cookie-settings.js';
import type { SessionStore } from './session-store.js';

/** Django's `SESSION_…` settings. */
export interface SessionSettings extends CookieSettings {
  /** Where sessions are kept: a store, or the token of a provider of one. Default: the application's database. */
  readonly store?: SessionStore | Type<SessionStore> | symbol;
  /** Seconds that a session lasts after it was changed last, and its cookie with it. Default: 1,209,600, two weeks. */
  readonly cookieAge: number;
  /** Whether every request that reads a session makes it last longer. Default: false, only those that change it. */
  readonly saveEveryRequest: boolean;
  /** Whether browsers forget the cookie when they are closed. The session still ends after `cookieAge`. Default: false. */
  readonly expireAtBrowserClose: boolean;
}

/** Django's, but for `cookieSecure`. */
export const DEFAULT_SESSION_SETTINGS: SessionSettings = Object.freeze({
  cookieName: 'sessionid',
  cookieAge: 1_209_600,
  cookieDomain: null,
  cookiePath: '/',
  cookieSecure: true,
  cookieHttpOnly: true,
  cookieSameSite: 'lax',
  saveEveryRequest: false,
  expireAtBrowserClose: false,
});

/** @throws ConfigurationError for a setting that is unknown or wrong. */
export function resolveSessionSettings(given: Partial<SessionSettings> = {}): SessionSettings {
  const known = [...Object.keys(DEFAULT_SESSION_SETTINGS), 'store'];
  for (const name of Object.keys(given)) {
    if (!known.includes(name))
      throw new ConfigurationError(`RestModule.forRoot: there is no setting sessions.${name}. Known are ${known.join(', ')}.`);
  }
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const settings: SessionSettings = Object.freeze({ ...DEFAULT_SESSION_SETTINGS, ...said });
  checkCookieSettings('sessions', settings);
  if (typeof settings.cookieAge !== 'number') throw new ConfigurationError('RestModule.forRoot: sessions.cookieAge is null. Give seconds.');
  for (const name of ['saveEveryRequest', 'expireAtBrowserClose'] as const) {
    if (typeof settings[name] !== 'boolean')
      throw new ConfigurationError(`RestModule.forRoot: sessions.${name} is ${String(settings[name])}. Give true or false.`);
  }
  return settings;
}
