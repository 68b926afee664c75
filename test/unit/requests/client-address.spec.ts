import { restAdapter } from 'nest-rest-framework';
import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../src/framework/requests/client-address.js';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';

interface Sent {
  readonly remoteAddress?: string;
  readonly forwarded?: string | string[];
  readonly trustProxy?: string[];
  readonly numProxies?: number;
  readonly headers?: Record<string, string>;
}

/** What the function answers for a request that Fastify itself has received. */
async function addressOf({ remoteAddress = '192.0.2.9', forwarded, trustProxy, numProxies = 0, headers = {} }: Sent): Promise<string> {
  const fastify = restAdapter(trustProxy ? { trustProxy } : {}).getInstance();
  fastify.get('/', (raw) => clientAddress(RestRequest.of(raw as never), numProxies));
  const answer = await fastify.inject({ url: '/', remoteAddress, headers: { ...headers, ...(forwarded && { 'x-forwarded-for': forwarded }) } });
  await fastify.close();
  return answer.body;
}

describe('the address of a client', () => {
  it.each<[string, Sent, string]>([
    ['the socket’s', {}, '192.0.2.9'],
    ['the socket’s, whatever a header says', { forwarded: '203.0.113.7' }, '192.0.2.9'],
    [
      'the socket’s, whatever other headers say',
      { headers: { 'x-real-ip': '1.1.1.1', forwarded: 'for=1.1.1.1', 'cf-connecting-ip': '1.1.1.1', 'true-client-ip': '1.1.1.1' } },
      '192.0.2.9',
    ],
    ['what a trusted proxy says', { forwarded: '203.0.113.7', trustProxy: ['192.0.2.0/24'] }, '203.0.113.7'],
    ['the last that no trusted proxy says', { forwarded: '1.1.1.1, 203.0.113.7, 192.0.2.8', trustProxy: ['192.0.2.0/24'] }, '203.0.113.7'],
    ['the proxy’s, where it says nothing', { trustProxy: ['192.0.2.0/24'] }, '192.0.2.9'],
    [
      'the socket’s, where it is none of the proxies',
      { remoteAddress: '198.51.100.1', forwarded: '1.1.1.1', trustProxy: ['192.0.2.0/24'] },
      '198.51.100.1',
    ],
    ['the socket’s, where a proxy says what is no address', { forwarded: 'unknown', trustProxy: ['192.0.2.0/24'] }, '192.0.2.9'],
    ['the last of DRF’s NUM_PROXIES = 1', { forwarded: '1.1.1.1, 2.2.2.2,3.3.3.3', numProxies: 1 }, '3.3.3.3'],
    ['the last but one of NUM_PROXIES = 2', { forwarded: '1.1.1.1, 2.2.2.2,3.3.3.3', numProxies: 2 }, '2.2.2.2'],
    ['the socket’s, where there are fewer than NUM_PROXIES', { forwarded: '1.1.1.1, 2.2.2.2,3.3.3.3', numProxies: 5 }, '192.0.2.9'],
    ['the socket’s, where there is no header', { numProxies: 1 }, '192.0.2.9'],
    ['the same of a header that is there twice', { forwarded: ['1.1.1.1', '2.2.2.2'], numProxies: 1 }, '2.2.2.2'],
    [
      'beyond the trusted ones, where there are more proxies',
      { forwarded: '6.6.6.6, 203.0.113.7, 198.51.100.4, 192.0.2.8', trustProxy: ['192.0.2.0/24'], numProxies: 1 },
      '203.0.113.7',
    ],
    ['without the port that a proxy adds', { forwarded: '203.0.113.7:4711', numProxies: 1 }, '203.0.113.7'],
    ['without an IPv6 address’s port', { forwarded: '[2001:db8::1]:4711', numProxies: 1 }, '2001:db8::/64'],
    ['the socket’s, for garbage of a proxy', { forwarded: '203.0.113.7, <script>', numProxies: 1 }, '192.0.2.9'],
    ['the socket’s, for an empty place', { forwarded: '203.0.113.7, ', numProxies: 1 }, '192.0.2.9'],
    ['that of IPv4, where it is written as IPv6', { remoteAddress: '::ffff:192.0.2.9' }, '192.0.2.9'],
    ['that of IPv4, where it is written as IPv6 in hexadecimals', { remoteAddress: '::FFFF:C000:0209' }, '192.0.2.9'],
    ['the network of an IPv6 address', { remoteAddress: '2001:db8:1:2:3:4:5:6' }, '2001:db8:1:2::/64'],
    ['without a zone', { remoteAddress: 'fe80::1%eth0' }, 'fe80::/64'],
    ['the machine itself', { remoteAddress: '::1' }, '::1'],
  ])('is %s', async (_what, sent, address) => {
    expect(await addressOf(sent)).toBe(address);
  });

  it('is one for all addresses of a /64 network, and another for the next', async () => {
    const within = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        addressOf({ remoteAddress: `2001:db8::${((at * 7919) % 65_536).toString(16)}:${((at * 104_729) % 65_536).toString(16)}` }),
      ),
    );
    expect(new Set(within)).toEqual(new Set(['2001:db8::/64']));
    expect(await addressOf({ remoteAddress: '2001:db8:0:1::1' })).toBe('2001:db8:0:1::/64');
  });

  it('is one word for clients that have none, as on a Unix socket', () => {
    expect(clientAddress(RestRequest.of({ method: 'GET', url: '/', headers: {}, socket: {} } as never), 0)).toBe('unknown');
  });
});
