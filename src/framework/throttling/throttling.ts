import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DefaultAuthentication } from '../authentication/default-authentication.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { Throttled } from '../exceptions/exceptions.js';
import { RestRequest } from '../requests/rest-request.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import type { Rate } from './rate.js';
import { rateLimit, rateLimitPolicy } from './rate-limit-headers.js';
import type { Throttle } from './throttle.js';
import { ThrottleCounter } from './throttle-counter.js';
import type { RateCount } from './throttle-storage.js';

/** Asks throttles about requests, and refuses those that they refuse. */
@Injectable()
export class Throttling {
  constructor(
    @Inject(ThrottleCounter) private readonly counter: ThrottleCounter,
    @Inject(RestSettingsHolder) private readonly holder: RestSettingsHolder,
    @Inject(DefaultAuthentication) private readonly defaultAuthentication: DefaultAuthentication,
  ) {}

  /**
   * Asks every throttle, for one that refuses keeps no other from counting (THR-5), and refuses with the longest wait.
   * @throws Throttled; ServiceUnavailable where the storage is away and a throttle refuses then.
   */
  async check(request: RestRequest, reply: FastifyReply, throttles: readonly Throttle[]): Promise<void> {
    const waits: (number | null)[] = [];
    const rates: Rate[] = [];
    for (const throttle of throttles) {
      const verdict = await throttle.allowRequest(request);
      if (verdict !== true) waits.push(verdict === false ? null : verdict.wait);
      rates.push(...(await throttle.getRates(request)));
    }
    if (rates.length > 0) {
      const counts = await this.#count(request, rates, throttles);
      if (this.holder.settings.rateLimitHeaders) tell(reply, counts);
      for (const { accepted, wait } of counts) if (!accepted) waits.push(wait);
    }
    if (waits.length > 0) this.#refuse(request, waits);
  }

  /** Throttles as a guard of Nest. */
  async guard(context: ExecutionContext, throttles: readonly Throttle[]): Promise<true> {
    const http = context.switchToHttp();
    const request = RestRequest.of(http.getRequest<FastifyRequest>());
    const [early, late] = partition(throttles);
    if (early.length > 0) await this.check(request, http.getResponse<FastifyReply>(), early);
    if (late.length > 0) {
      await request.authenticate(request.handler?.authentication ?? this.defaultAuthentication.schemes);
      await this.check(request, http.getResponse<FastifyReply>(), late);
    }
    return true;
  }

  async #count(request: RestRequest, rates: readonly Rate[], throttles: readonly Throttle[]): Promise<readonly RateCount[]> {
    const whenStorageFails = throttles.some((throttle) => throttle.whenStorageFails === 'refuse') ? 'refuse' : 'local';
    const cost = request.handler?.throttleCost ?? 1;
    if (typeof cost === 'number') return (await this.counter.consume(rates, { cost, whenStorageFails })).rates;
    // What a request costs may stand in its body: that of a client who is shut out already is not read.
    const isOpen =
      !throttles.some(({ beforeAuthentication }) => beforeAuthentication) && (await this.counter.peek(rates, { whenStorageFails })).accepted;
    return (await this.counter.consume(rates, { cost: isOpen ? costOf(await cost(request), request) : 1, whenStorageFails })).rates;
  }

  #refuse(request: RestRequest, waits: readonly (number | null)[]): never {
    const known = waits.filter((wait) => wait !== null);
    const wait = known.length > 0 ? Math.max(...known) : undefined;
    const { view } = request.handler ?? {};
    if (view) view.throttled(request, wait);
    throw new Throttled(wait);
  }
}

/** Those that are asked before the client is authenticated, and those after. */
export function partition(throttles: readonly Throttle[]): readonly [early: readonly Throttle[], late: readonly Throttle[]] {
  return [
    throttles.filter(({ beforeAuthentication }) => beforeAuthentication),
    throttles.filter(({ beforeAuthentication }) => !beforeAuthentication),
  ];
}

function tell(reply: FastifyReply, counts: readonly RateCount[]): void {
  for (const [name, value] of [
    ['RateLimit-Policy', rateLimitPolicy(counts)],
    ['RateLimit', rateLimit(counts)],
  ] as const) {
    const before = reply.getHeader(name);
    reply.header(name, before === undefined ? value : `${String(before)}, ${value}`);
  }
}

function costOf(cost: number, { view }: RestRequest): number {
  if (Number.isSafeInteger(cost) && cost > 0) return cost;
  throw new ConfigurationError(`${view?.constructor.name}: throttleCost answered ${String(cost)}. It must be a whole number from 1.`);
}
