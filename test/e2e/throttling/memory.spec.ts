import { Agent, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  AllowAny,
  AnonRateThrottle,
  APIView,
  MemoryThrottleStorage,
  restAdapter,
  RestModule,
  View,
  type RestAdapterOptions,
} from 'nest-rest-framework';
import { afterEach, describe, expect, it } from 'vitest';

@View('ping', { throttles: [AnonRateThrottle] })
class PingView extends APIView {
  get() {
    return { ping: 'pong' };
  }
}

let app: NestFastifyApplication | undefined;
const storage = new MemoryThrottleStorage();
const agent = new Agent({ keepAlive: true, maxSockets: 300 });
afterEach(async () => {
  await app?.close();
  app = undefined;
  storage.clear();
});

async function serve(adapter?: RestAdapterOptions, numProxies = 0): Promise<void> {
  @Module({
    imports: [
      RestModule.forRoot({ authentication: [], permissions: [AllowAny], throttleRates: { anon: '50/minute' }, throttleStorage: storage, numProxies }),
    ],
    controllers: [PingView],
  })
  class Root {}
  const module = await Test.createTestingModule({ imports: [Root] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(restAdapter(adapter), { logger: false });
  await app.listen(0, '127.0.0.1');
}

function statusOf(headers: Record<string, string> = {}): Promise<number> {
  const { port } = app!.getHttpServer().address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const request = sendRequest({ port, path: '/ping/', headers, agent }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode as number));
    });
    request.on('error', reject);
    request.end();
  });
}

const passed = (statuses: readonly number[]) => statuses.filter((status) => status === 200).length;
const all = (count: number, headersOf: (at: number) => Record<string, string> = () => ({})) =>
  Promise.all(Array.from({ length: count }, (_, at) => statusOf(headersOf(at))));

describe('one process', () => {
  it('lets exactly 50 of 300 requests pass that come at the same time, in each of 10 rounds', async () => {
    await serve();
    for (let round = 0; round < 10; round++) {
      const statuses = await all(300);
      expect([passed(statuses), statuses.filter((status) => status === 429).length]).toEqual([50, 250]);
      storage.clear();
    }
  });
});

/** What a client makes up so as to be taken for another. */
const octets = (at: number) => `${(at % 223) + 1}.${(at * 7) % 256}.${(at * 13) % 256}.${(at * 31) % 256}`;
const HEADERS: readonly ((at: number) => Record<string, string>)[] = [
  (at) => ({ 'X-Forwarded-For': octets(at) }),
  (at) => ({ 'X-Forwarded-For': `${octets(at)}, ${octets(at + 1)}, ${octets(at + 2)}` }),
  (at) => ({ 'X-Real-IP': octets(at) }),
  (at) => ({ Forwarded: `for=${octets(at)};proto=https;by=203.0.113.43` }),
  (at) => ({ 'CF-Connecting-IP': octets(at), 'True-Client-IP': octets(at), 'X-Client-IP': octets(at) }),
  (at) => ({ 'X-Forwarded-For': `2001:db8:${at.toString(16)}::1`, 'X-Forwarded-Host': `host-${at}.example` }),
  (at) => ({ 'X-Forwarded-For': `${'1.1.1.1, '.repeat(at % 50)}${octets(at)}` }),
  (at) => ({ 'X-Forwarded-For': `unknown-${at}, , ${'x'.repeat(at % 40)}` }),
];
const invented = (at: number) => (HEADERS[at % HEADERS.length] as (typeof HEADERS)[number])(at);

describe('1,000 requests with invented addresses', () => {
  it('are those of one client', async () => {
    await serve();
    expect(passed(await all(1000, invented))).toBe(50);
  });

  it('are those of one client where other proxies are trusted', async () => {
    await serve({ trustProxy: ['10.0.0.0/8', '2001:db8:ffff::/48'] });
    expect(passed(await all(1000, invented))).toBe(50);
  });

  it.each([
    ['that is known', { trustProxy: ['127.0.0.1'] }, 0],
    ['that is counted', undefined, 1],
  ])('are those of two clients behind a proxy %s, which adds where they come from', async (_which, adapter, numProxies) => {
    await serve(adapter, numProxies);
    const statuses = await all(1000, (at) => {
      const { 'X-Forwarded-For': given, ...others } = invented(at);
      const from = at % 2 === 0 ? '198.51.100.1' : '198.51.100.2';
      return { ...others, 'X-Forwarded-For': given === undefined ? from : `${given}, ${from}` };
    });
    expect([passed(statuses.filter((_, at) => at % 2 === 0)), passed(statuses.filter((_, at) => at % 2 === 1))]).toEqual([50, 50]);
  });
});
