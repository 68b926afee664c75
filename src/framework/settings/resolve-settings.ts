import { DEFAULT_CSRF_SETTINGS, resolveCsrfSettings } from '../csrf/csrf-settings.js';
import { checkFieldSettings, DEFAULT_FIELD_SETTINGS } from '../fields/field-settings.js';
import { BrowsableAPIRenderer } from '../renderers/browsable-api-renderer.js';
import { JSONRenderer } from '../renderers/json-renderer.js';
import { DefaultContentNegotiation } from '../negotiation/default-content-negotiation.js';
import { DEFAULT_BODY_LIMITS } from '../parsers/body-limits.js';
import type { BodyLimits } from '../parsers/parser.js';
import { FormParser } from '../parsers/form-parser.js';
import { JSONParser } from '../parsers/json-parser.js';
import { MultiPartParser } from '../parsers/multipart-parser.js';
import { SimpleMetadata } from '../metadata/simple-metadata.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { resolveJWTSettings } from '../jwt/jwt-settings.js';
import { DEFAULT_SESSION_SETTINGS, resolveSessionSettings } from '../sessions/session-settings.js';
import { parseRates, type RateSetting } from '../throttling/rate.js';
import type { LoginRates } from '../authentication/logins.js';
import { checkLifetime } from '../authentication/lifetime.js';
import { Argon2PasswordHasher } from '../authentication/passwords/argon2-password-hasher.js';
import { PBKDF2PasswordHasher, PBKDF2SHA1PasswordHasher } from '../authentication/passwords/pbkdf2-password-hasher.js';
import { ScryptPasswordHasher } from '../authentication/passwords/scrypt-password-hasher.js';
import { snakeCase } from './naming.js';
import type { PolicyOptions, RestOptions } from './rest-options.js';
import type { RestSettings } from './settings.js';

const DEFAULT_LOGIN_RATES: LoginRates = Object.freeze({ account: '10/minute', address: '50/minute' });

/** DRF's defaults. */
export const DEFAULT_SETTINGS: Omit<RestSettings, 'authentication' | 'permissions'> = Object.freeze({
  renderers: [JSONRenderer, BrowsableAPIRenderer],
  parsers: [JSONParser, FormParser, MultiPartParser],
  contentNegotiation: DefaultContentNegotiation,
  metadata: SimpleMetadata,
  throttles: [],
  pagination: null,
  filterBackends: [],
  models: {},
  tokenLifetime: null,
  passwordHashers: [Argon2PasswordHasher, PBKDF2PasswordHasher, PBKDF2SHA1PasswordHasher, ScryptPasswordHasher],
  pageSize: null,
  naming: snakeCase,
  searchParam: 'search',
  orderingParam: 'ordering',
  urlFormatOverride: 'format',
  urlFieldName: 'url',
  nonFieldErrorsKey: 'non_field_errors',
  conflictStatus: 400,
  strictQuery: false,
  slashPolicy: 'redirect',
  languages: [],
  languageCode: 'en',
  limits: DEFAULT_BODY_LIMITS,
  modelPermissions: {},
  throttleRates: {},
  loginRates: DEFAULT_LOGIN_RATES,
  numProxies: 0,
  rateLimitHeaders: false,
  sessions: DEFAULT_SESSION_SETTINGS,
  csrf: DEFAULT_CSRF_SETTINGS,
  ...DEFAULT_FIELD_SETTINGS,
});

/**
 * The application's settings.
 * @throws ConfigurationError for a setting that is missing, unknown or wrong.
 */
export function resolveSettings(options: RestOptions): RestSettings {
  for (const name of ['authentication', 'permissions'] as const) {
    if (!Array.isArray(options[name])) {
      throw new ConfigurationError(
        `RestModule.forRoot: ${name} must be an array of classes, got ${String(options[name])}. There is no default: say who may do what, for instance ${name}: [${name === 'permissions' ? 'IsAuthenticated' : 'TokenAuthentication'}].`,
      );
    }
  }
  const known = new Set([
    ...Object.keys(DEFAULT_SETTINGS),
    'authentication',
    'permissions',
    'prisma',
    'users',
    'baseUrl',
    'exceptionHandler',
    'jwt',
    'throttleStorage',
    'storage',
    'fileUploadTempDir',
    'imageDecoder',
  ]);
  for (const name of Object.keys(options)) {
    if (!known.has(name)) throw new ConfigurationError(`RestModule.forRoot: there is no setting ${name}. Known are ${[...known].sort().join(', ')}.`);
  }
  for (const [scope, rate] of Object.entries(options.throttleRates ?? {})) parseRates(rate, `RestModule.forRoot: throttleRates.${scope}`);
  checkLifetime(options.tokenLifetime ?? null, 'RestModule.forRoot: tokenLifetime');
  checkLoginRates(options.loginRates ?? {});
  if (options.numProxies !== undefined && !(Number.isSafeInteger(options.numProxies) && options.numProxies >= 0)) {
    throw new ConfigurationError(
      `RestModule.forRoot: numProxies is ${String(options.numProxies)}. Count the proxies in front of those that restAdapter's trustProxy lists: 0, or a whole number.`,
    );
  }
  if (options.conflictStatus !== undefined && ![400, 409].includes(options.conflictStatus)) {
    throw new ConfigurationError(`RestModule.forRoot: conflictStatus is ${String(options.conflictStatus)}. Give 400, as validation answers, or 409.`);
  }
  checkLimits(options.limits ?? {});
  const settings = Object.freeze({
    ...DEFAULT_SETTINGS,
    ...given(options),
    limits: Object.freeze({ ...DEFAULT_BODY_LIMITS, ...options.limits }),
    loginRates: Object.freeze({ ...DEFAULT_LOGIN_RATES, ...given(options.loginRates ?? {}) }),
    sessions: resolveSessionSettings(options.sessions),
    csrf: resolveCsrfSettings(options.csrf),
    ...(options.jwt && { jwt: resolveJWTSettings(options.jwt) }),
  }) as RestSettings;
  checkFieldSettings('RestModule.forRoot', settings);
  return settings;
}

function checkLoginRates(rates: Partial<LoginRates>): void {
  for (const [name, rate] of Object.entries(given(rates))) {
    if (!Object.hasOwn(DEFAULT_LOGIN_RATES, name))
      throw new ConfigurationError(`RestModule.forRoot: there is no rate loginRates.${name}. Known are account and address.`);
    parseRates(rate as RateSetting, `RestModule.forRoot: loginRates.${name}`);
  }
}

function checkLimits(limits: Partial<BodyLimits>): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(DEFAULT_BODY_LIMITS, name))
      throw new ConfigurationError(`RestModule.forRoot: there is no limit ${name}. Known are ${Object.keys(DEFAULT_BODY_LIMITS).sort().join(', ')}.`);
    if (!Number.isSafeInteger(value) || value < 0)
      throw new ConfigurationError(`RestModule.forRoot: limits.${name} is ${String(value)}; give a whole number, 0 or greater.`);
  }
}

/** The settings of one handler: those of the application, with what its module, its view and its action say over them, nearest last. */
export function overlaySettings(settings: RestSettings, ...levels: readonly (PolicyOptions | undefined)[]): RestSettings {
  return Object.freeze(Object.assign({}, settings, ...levels.map((level) => policiesOf(level ?? {})))) as RestSettings;
}

const POLICIES = [
  'authentication',
  'permissions',
  'throttles',
  'renderers',
  'parsers',
  'contentNegotiation',
  'metadata',
  'pagination',
  'filterBackends',
] as const satisfies readonly (keyof PolicyOptions)[];

function policiesOf(level: PolicyOptions): PolicyOptions {
  return Object.fromEntries(POLICIES.filter((name) => level[name] !== undefined).map((name) => [name, level[name]]));
}

const given = <T extends object>(options: T) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
