import { HttpException, Inject, Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { AuthenticationFailed } from '../exceptions/exceptions.js';
import type { RequestUser } from '../requests/request-user.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Redirect } from '../routers/redirect.js';
import { Authentication, type AuthenticationClass, type Credentials, type SecurityScheme } from './authentication.js';

/** A strategy of Passport's: what `passport-strategy` calls one. It answers by calling one of the five functions that it finds on itself. */
export interface PassportStrategyLike {
  readonly name?: string;
  authenticate(request: never, options?: never): unknown;
}

export interface PassportOptions {
  /**
   * The headers that hold its credentials: a request with none of them is left to the next scheme. By default `Authorization`. With an empty list it is asked
   * about every request, as a strategy is that sends the client to another site.
   */
  readonly headers?: readonly string[];
  /**
   * Its challenge, such as `Bearer realm="api"`. By default none: where it is the first scheme, a view answers 403 instead of 401 (AUTH-2). An `Authorization`
   * of another scheme than the challenge's is left to the next one.
   */
  readonly challenge?: string;
}

const CHALLENGE = /^[!#$%&'*+.^`|~\w-]+ +[\w-]+ *=[\t\x20-\x7e]*$/;

/**
 * A strategy of Passport's as a scheme: an instance, or the class of a provider, which `@nestjs/passport` makes of one. The user that it finds is
 * `request.user`, what it tells beside it is `request.auth`. Passport's sessions are not used: see `SessionAuthentication`.
 *
 * @throws ConfigurationError at boot, where no module has the provider.
 *
 * @example
 * import { Strategy } from 'passport-http-bearer';
 *
 * const company = new Strategy((token, done) => done(null, token === 'open sesame' && { id: 7 }));
 * const authentication = [PassportAuthentication(company, { challenge: 'Bearer realm="api"' }), BasicAuthentication];
 */
export function PassportAuthentication(
  strategy: PassportStrategyLike | Type<PassportStrategyLike>,
  { headers = ['Authorization'], challenge }: PassportOptions = {},
): AuthenticationClass {
  const word = challenge?.split(' ', 1)[0]?.toLowerCase();

  @Injectable()
  class ConfiguredPassportAuthentication extends Authentication {
    override readonly varyHeaders = headers;
    readonly #strategy: PassportStrategyLike;

    constructor(@Inject(ModuleRef) moduleRef: ModuleRef) {
      super();
      this.#strategy = typeof strategy === 'function' ? provided(strategy, moduleRef) : strategy;
    }

    override async authenticate(request: RestRequest): Promise<Credentials | null> {
      if (headers.length > 0 && !headers.some((name) => this.#isSent(name.toLowerCase(), request))) return null;
      return askStrategy(this.#strategy, request, challenge !== undefined);
    }

    override authenticateHeader(): string | null {
      return challenge ?? null;
    }

    override securityScheme(): SecurityScheme {
      const name = `${nameOf(this.#strategy)}Auth`;
      if (word === 'bearer' || word === 'basic') return { name, description: { type: 'http', scheme: word } };
      return { ...super.securityScheme(), name };
    }

    #isSent(name: string, request: RestRequest): boolean {
      const sent = request.headers[name];
      if (sent === undefined || name !== 'authorization' || word === undefined) return sent !== undefined;
      return request.headers.authorization?.trimStart().split(' ', 1)[0]?.toLowerCase() === word;
    }
  }
  return Object.defineProperty(ConfiguredPassportAuthentication, 'name', { value: `PassportAuthentication(${classNameOf(strategy)})` });
}

const classNameOf = (strategy: object) => (typeof strategy === 'function' ? strategy.name : strategy.constructor.name);

/** `company` of a CompanyStrategy; many a package calls its class Strategy alone. */
function nameOf(strategy: PassportStrategyLike): string {
  const bare = strategy.constructor.name.replace(/Strategy$/, '');
  return bare === '' ? (strategy.name ?? 'passport') : `${bare.charAt(0).toLowerCase()}${bare.slice(1)}`;
}

function provided(strategy: Type<PassportStrategyLike>, moduleRef: ModuleRef): PassportStrategyLike {
  try {
    return moduleRef.get(strategy, { strict: false });
  } catch {
    throw new ConfigurationError(
      `PassportAuthentication(${strategy.name}): no module has ${strategy.name} among its providers. Add it to one, or give an instance: PassportAuthentication(new ${strategy.name}(…)).`,
    );
  }
}

/** Each request has a strategy object of its own, which inherits from the one that was given, as Passport does it. */
function askStrategy(strategy: PassportStrategyLike, request: RestRequest, challenges: boolean): Promise<Credentials | null> {
  return new Promise((resolve, reject) => {
    const settle = (answer: () => Credentials | null) => {
      try {
        resolve(answer());
      } catch (error) {
        reject(error as Error);
      }
    };
    const error = (thrown: unknown) => settle(() => raise(thrown));
    const asked = Object.assign(Object.create(strategy) as PassportStrategyLike, {
      success: (user: unknown, info?: unknown) => settle(() => [userOf(user, strategy), info ?? null]),
      fail: (told?: unknown) => settle(() => raise(failure(challenges ? told : undefined))),
      redirect: (location: string, status?: Redirect['status']) => settle(() => raise(new Redirect(status ?? 302, location))),
      pass: () => settle(() => null),
      error,
    });
    // One that is asynchronous may reject instead of calling `error`.
    void (async () => asked.authenticate(request.raw as never, {} as never))().catch(error);
  });
}

/** What Nest's documentation throws for a wrong credential is no fault of the server's. */
function raise(error: unknown): never {
  if (error instanceof HttpException && error.getStatus() === 401) throw new AuthenticationFailed();
  throw error;
}

/** A text that is a challenge, such as one with `error="invalid_token"` (RFC 6750, 3), goes out as one; any other is not for the client. */
function failure(told: unknown): AuthenticationFailed {
  const failed = new AuthenticationFailed();
  return typeof told === 'string' && CHALLENGE.test(told) ? Object.assign(failed, { headers: { 'WWW-Authenticate': told } }) : failed;
}

function userOf(found: unknown, strategy: PassportStrategyLike): RequestUser {
  const user = found as (Partial<RequestUser> & object) | null;
  if (typeof user !== 'object' || user === null || user.id === undefined)
    throw new ConfigurationError(
      `PassportAuthentication: ${classNameOf(strategy)} found a user without an id. Let it answer one, such as a row of Users.`,
    );
  if (user.isActive === false) throw new AuthenticationFailed('User inactive or deleted.');
  if (user.isActive !== undefined && user.isStaff !== undefined) return user as RequestUser;
  return { ...user, isActive: true, isStaff: user.isStaff ?? false } as RequestUser;
}
