import { Inject, Injectable } from '@nestjs/common';
import { errorDetail } from '../exceptions/error-detail.js';
import { PermissionDenied } from '../exceptions/exceptions.js';
import { Message } from '../messages/message.js';
import { MediaType } from '../negotiation/media-type.js';
import { FormValues } from '../requests/form-values.js';
import type { RestRequest } from '../requests/rest-request.js';
import { setCookie } from '../responses/cookie-settings.js';
import { Clock } from '../settings/clock.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import { originFault } from './csrf-origin.js';
import type { CsrfSettings } from './csrf-settings.js';
import { faultOf, isTokenOf, maskSecret, newSecret, secretOf, type TokenFault } from './csrf-token.js';

/** What is known of a request's cookie, and whether its answer sets one. */
interface Kept {
  /** Null where there is no cookie; a fault where it holds no token. */
  secret: string | null;
  readonly fault: TokenFault | null;
  isSet: boolean;
  checked?: Promise<void>;
}

const FORM_FIELD = 'csrfmiddlewaretoken';
const FORM_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data']);

/**
 * Keeps other sites from sending requests in the name of a browser's user: Django's `CsrfViewMiddleware`. A page shows in each unsafe request the token of
 * the secret that its cookie holds, which another site can neither read nor set.
 */
@Injectable()
export class CsrfProtection {
  readonly #settings: CsrfSettings;
  readonly #clock: Clock;

  constructor(@Inject(RestSettingsHolder) { settings }: RestSettingsHolder, @Inject(Clock) clock: Clock) {
    this.#settings = settings.csrf;
    this.#clock = clock;
  }

  /**
   * Checks an unsafe request, whoever sent it; one that is safe passes. The body is read where it is a form's, for the token may be in it.
   * @throws PermissionDenied with Django's reason.
   * @throws ParseError, PayloadTooLarge, UnsupportedMediaType for a form that cannot be read.
   */
  check(request: RestRequest): Promise<void> {
    return (this.#kept(request).checked ??= this.#check(request));
  }

  /** The token for a page or a script: another one each time, of the same secret. The answer sets the cookie, or sets it anew. */
  getToken(request: RestRequest): string {
    const kept = this.#kept(request);
    kept.isSet = true;
    return maskSecret((kept.secret ??= newSecret()));
  }

  /** Draws another secret: no token from before is of any use then. `Sessions.login` does this. */
  rotateToken(request: RestRequest): void {
    Object.assign(this.#kept(request), { secret: newSecret(), isSet: true });
  }

  #kept(request: RestRequest): Kept {
    return request.keep(this, () => {
      const cookie = request.cookies[this.#settings.cookieName];
      const fault = cookie === undefined ? null : faultOf(cookie);
      const secret = cookie === undefined || fault ? null : secretOf(cookie);
      const kept: Kept = { secret, fault, isSet: false };
      request.beforeReply((reply) => {
        if (fault) kept.secret ??= newSecret();
        if (kept.secret !== null && (kept.isSet || fault)) setCookie(reply, this.#settings, kept.secret, this.#clock.now().epochMilliseconds);
      });
      return kept;
    });
  }

  async #check(request: RestRequest): Promise<void> {
    if (request.isSafe || request.method === 'TRACE') return;
    const reason = originFault(request, this.#settings) ?? (await this.#tokenFault(request));
    if (reason) throw new PermissionDenied(errorDetail('CSRF Failed: {reason}', 'permission_denied', { reason }));
  }

  async #tokenFault(request: RestRequest): Promise<Message | null> {
    const { secret, fault } = this.#kept(request);
    if (fault) return new Message(fault === 'length' ? 'CSRF cookie has incorrect length.' : 'CSRF cookie has invalid characters.');
    if (secret === null) return new Message('CSRF cookie not set.');
    const inForm = await formToken(request);
    const token = inForm || request.headers[this.#settings.headerName.toLowerCase()];
    if (token === undefined) return new Message('CSRF token missing.');
    const wrong = faultOf(String(token)) ?? (isTokenOf(String(token), secret) ? null : 'incorrect');
    if (wrong === null) return null;
    if (inForm) return new Message(FORM_FAULTS[wrong]);
    return new Message(HEADER_FAULTS[wrong], { header: titled(this.#settings.headerName) });
  }
}

const FORM_FAULTS: Readonly<Record<TokenFault | 'incorrect', string>> = {
  length: 'CSRF token from POST has incorrect length.',
  characters: 'CSRF token from POST has invalid characters.',
  incorrect: 'CSRF token from POST incorrect.',
};
const HEADER_FAULTS: Readonly<Record<TokenFault | 'incorrect', string>> = {
  length: "CSRF token from the '{header}' HTTP header has incorrect length.",
  characters: "CSRF token from the '{header}' HTTP header has invalid characters.",
  incorrect: "CSRF token from the '{header}' HTTP header incorrect.",
};

/** `X-Csrftoken`: as Django writes a header's name. */
const titled = (name: string) => name.toLowerCase().replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());

/** The token in a form that was posted; empty where there is none. */
async function formToken(request: RestRequest): Promise<string> {
  if (request.method !== 'POST' || !FORM_TYPES.has(MediaType.parse(request.headers['content-type'] ?? '').full)) return '';
  const data = await request.data();
  const value: unknown = data instanceof FormValues ? data.get(FORM_FIELD) : ownValue(data, FORM_FIELD);
  return typeof value === 'string' ? value : '';
}

/** On a hand-written controller, what Fastify has parsed. */
const ownValue = (data: unknown, name: string): unknown =>
  typeof data === 'object' && data !== null && Object.hasOwn(data, name) ? (data as Record<string, unknown>)[name] : undefined;
