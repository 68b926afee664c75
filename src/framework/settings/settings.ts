import type { APIException } from '../exceptions/api-exception.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { AuthenticationClass } from '../authentication/authentication.js';
import type { FieldSettings } from '../fields/field-settings.js';
import type { FilterBackendClass } from '../filters/filter-context.js';
import type { Metadata } from '../metadata/metadata.js';
import type { Model } from '../models/model.js';
import type { Catalogue } from '../messages/catalogue.js';
import type { ContentNegotiation } from '../negotiation/content-negotiation.js';
import type { PrismaClientLike } from '../prisma/prisma-client.js';
import type { PaginationClass } from '../pagination/pagination.js';
import type { BodyLimits, ParserClass } from '../parsers/parser.js';
import type { PermissionLike } from '../permissions/permission-expression.js';
import type { RendererClass } from '../renderers/renderer.js';
import type { Type } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import type { RateSetting } from '../throttling/rate.js';
import type { ThrottleClass } from '../throttling/throttle.js';
import type { ReadyJWTSettings } from '../jwt/jwt-settings.js';
import type { CsrfSettings } from '../csrf/csrf-settings.js';
import type { SessionSettings } from '../sessions/session-settings.js';
import type { UserMapping } from '../authentication/authentication-settings.js';
import type { Lifetime } from '../authentication/lifetime.js';
import type { LoginRates } from '../authentication/logins.js';
import type { PasswordHasher } from '../authentication/passwords/password-hasher.js';
import type { PasswordHasherClass } from '../authentication/passwords/password-hashers.js';
import type { Naming } from './naming.js';

/** The policies of a view: settable for the whole application, a module, a view and one action, the nearest wins. */
export interface PolicySettings {
  /** The schemes in the order that they are tried. No default: it must be set in `forRoot`. */
  readonly authentication: readonly AuthenticationClass[];
  /** All of them must not deny. No default: it must be set in `forRoot`. */
  readonly permissions: readonly PermissionLike[];
  /** All of them are asked, and must let a request pass. Default: none. */
  readonly throttles: readonly ThrottleClass[];
  /** Default: JSON, and a page for browsers. */
  readonly renderers: readonly RendererClass[];
  /** Default: JSON, forms, multipart forms. */
  readonly parsers: readonly ParserClass[];
  /** Default: DRF's. */
  readonly contentNegotiation: new () => ContentNegotiation;
  /** What OPTIONS answers; null answers 405. */
  readonly metadata: (new () => Metadata) | null;
  /** Default: null, lists are not paginated. */
  readonly pagination: PaginationClass | null;
  /** Default: none. */
  readonly filterBackends: readonly FilterBackendClass[];
}

/** DRF's settings under their camelCase names, and the framework's own. */
export interface RestSettings extends PolicySettings, FieldSettings {
  /** The Prisma client. Left out in an application that has no models. */
  readonly prisma?: PrismaClientLike;
  /** Every model, as generated: boot checks the framework's own tables against them. */
  readonly models: Readonly<Record<string, Model>>;
  /** The application's user model, and its fields where they are called otherwise. */
  readonly users?: UserMapping;
  /** How long a token is good where it is not said when it is made: `{ days: 30 }`. Default: null, for ever, as in DRF. */
  readonly tokenLifetime: Lifetime;
  /** The first hashes new passwords, all verify stored ones (PASSWORD_HASHERS). Default: Argon2id; then Django's PBKDF2, PBKDF2 with SHA-1, and scrypt. */
  readonly passwordHashers: readonly (PasswordHasher | PasswordHasherClass)[];
  /** JSON Web Tokens: keys, lifetimes, other issuers. Default: none. */
  readonly jwt?: ReadyJWTSettings;
  /** Where sessions are kept, how long they last, and their cookie (SESSION_…). */
  readonly sessions: SessionSettings;
  /** The token against forged requests: its cookie, its header and the origins that are trusted (CSRF_…). */
  readonly csrf: CsrfSettings;
  /** Permissions of models beside add, change, delete and view: `{ Book: ['publish'] }` is `publish_book`. Default: none. */
  readonly modelPermissions: Readonly<Record<string, readonly string[]>>;
  /** Items on a page where the paginator does not say. Default: null. */
  readonly pageSize: number | null;
  readonly naming: Naming;
  readonly searchParam: string;
  readonly orderingParam: string;
  /** The query parameter that names a renderer; null for none. */
  readonly urlFormatOverride: string | null;
  /** The field of a hyperlinked serializer that holds the row's own address. */
  readonly urlFieldName: string;
  readonly nonFieldErrorsKey: string;
  /** The status of what a constraint of the database refuses after validation had nothing against it: another request was faster. Default: 400. */
  readonly conflictStatus: 400 | 409;
  /** Refuse query parameters that nothing reads, with the nearest known name. Default: false, as in DRF. */
  readonly strictQuery: boolean;
  /** What becomes of an address without its last slash: sent on to the one with it (the default), 404, or answered. */
  readonly slashPolicy: 'redirect' | 'strict' | 'ignore';
  /** Scheme and host of links. Default: those of the request. */
  readonly baseUrl?: string;
  /** The catalogues of the languages that texts are answered in, chosen by `Accept-Language` (LANGUAGES). Default: none, English alone. */
  readonly languages: readonly Catalogue[];
  /** The language where a client wants none of them (LANGUAGE_CODE). Default: `en`; another one needs its catalogue. */
  readonly languageCode: string;
  readonly limits: BodyLimits;
  /** The folder of temporary files, while a request lasts (FILE_UPLOAD_TEMP_DIR). Default: the system's. */
  readonly fileUploadTempDir?: string;
  /** Rates by scope: `{ anon: '3/minute', user: ['10/s', '1000/day'] }`. Default: none. */
  readonly throttleRates: Readonly<Record<string, RateSetting>>;
  /** How many wrong passwords are verified before the next attempt waits. Default: `{ account: '10/minute', address: '50/minute' }`. */
  readonly loginRates: LoginRates;
  /** How many proxies stand in front of those that the adapter trusts by their addresses. Default: 0 (NUM_PROXIES). */
  readonly numProxies: number;
  /** Where requests are counted: a storage, or the token of a provider of one. Default: the memory of the process. */
  readonly throttleStorage?: ThrottlerStorage | Type<ThrottlerStorage> | symbol;
  /** Whether answers tell in `RateLimit` and `RateLimit-Policy` what is left of their rates. Default: false, as in DRF. */
  readonly rateLimitHeaders: boolean;
  /** Makes the body of an error's answer; undefined for the usual one. Status and headers stay (EXCEPTION_HANDLER). */
  readonly exceptionHandler?: (exception: APIException, request: RestRequest) => unknown;
}
