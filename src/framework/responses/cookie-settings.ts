import { stringifySetCookie } from 'cookie';
import type { FastifyReply } from 'fastify';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { varyBy } from './vary.js';

/** How a cookie is set, in Django's names. */
export interface CookieSettings {
  readonly cookieName: string;
  /** Seconds that a browser keeps it; null for until it is closed. */
  readonly cookieAge: number | null;
  /** The domain whose subdomains get it too; null for the host alone. */
  readonly cookieDomain: string | null;
  readonly cookiePath: string;
  /** Whether it is sent over HTTPS alone. Browsers take it over HTTP from `localhost` too. */
  readonly cookieSecure: boolean;
  /** Whether scripts cannot read it. */
  readonly cookieHttpOnly: boolean;
  /** Whether requests that other sites cause carry it: `lax` for links alone, `none` for all, `strict` for none. */
  readonly cookieSameSite: 'lax' | 'strict' | 'none';
}

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}$/;
const DOMAIN = /^\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
const PATH = /^\/[\x20-\x3a\x3c-\x7e]*$/;
/** Browsers keep no cookie for longer than 400 days. */
const MAX_AGE = 34_560_000;

/** @throws ConfigurationError for what no browser would take, or for what is less safe than its name says. */
export function checkCookieSettings(setting: string, cookie: CookieSettings): void {
  const refuse = (name: keyof CookieSettings, wanted: string): never => {
    throw new ConfigurationError(`RestModule.forRoot: ${setting}.${name} is ${JSON.stringify(cookie[name])}. It must be ${wanted}.`);
  };
  const { cookieName, cookieAge, cookieDomain, cookiePath, cookieSecure, cookieSameSite } = cookie;
  if (typeof cookieName !== 'string' || !NAME.test(cookieName)) refuse('cookieName', 'a name of letters, digits, - and _, at most 64');
  if (cookieAge !== null && !(Number.isSafeInteger(cookieAge) && cookieAge > 0 && cookieAge <= MAX_AGE))
    refuse('cookieAge', `a whole number of seconds from 1 to ${MAX_AGE}`);
  if (cookieDomain !== null && !(typeof cookieDomain === 'string' && DOMAIN.test(cookieDomain)))
    refuse('cookieDomain', "a domain, such as 'example.com', or null");
  if (typeof cookiePath !== 'string' || !PATH.test(cookiePath)) refuse('cookiePath', "a path that begins with a slash, such as '/'");
  for (const name of ['cookieSecure', 'cookieHttpOnly'] as const) if (typeof cookie[name] !== 'boolean') refuse(name, 'true or false');
  if (!['lax', 'strict', 'none'].includes(cookieSameSite)) refuse('cookieSameSite', "'lax', 'strict' or 'none'");
  if (cookieSameSite === 'none' && !cookieSecure) refuse('cookieSameSite', 'another where cookieSecure is false: browsers would refuse the cookie');
  if (/^__(?:Secure|Host)-/i.test(cookieName) && !cookieSecure)
    refuse('cookieName', 'another where cookieSecure is false: browsers would refuse the cookie');
  if (/^__Host-/i.test(cookieName) && (cookieDomain !== null || cookiePath !== '/'))
    refuse('cookieName', "another where there is a cookieDomain, or a cookiePath other than '/': browsers would refuse the cookie");
}

/** Sets a cookie, or removes it where the value is null. The answer is one client's then: it varies by `Cookie`, and no shared cache keeps it. */
export function setCookie(reply: FastifyReply, settings: CookieSettings, value: string | null, now: number): void {
  const age = value === null ? 0 : settings.cookieAge;
  const cookie = stringifySetCookie({
    name: settings.cookieName,
    value: value ?? '',
    path: settings.cookiePath,
    secure: settings.cookieSecure,
    httpOnly: settings.cookieHttpOnly,
    sameSite: settings.cookieSameSite,
    ...(age !== null && { maxAge: age, expires: new Date(age === 0 ? 0 : now + age * 1000) }),
    ...(settings.cookieDomain !== null && { domain: settings.cookieDomain }),
  });
  // Fastify adds to the cookies that the answer sets already.
  reply.header('Set-Cookie', cookie);
  reply.header('Vary', varyBy(reply.getHeader('Vary'), 'Cookie'));
  if (reply.getHeader('Cache-Control') === undefined) reply.header('Cache-Control', 'private');
}
