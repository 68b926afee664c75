import { isIP } from 'node:net';
import { normalizeIp } from '@nestjs/throttler';
import type { RestRequest } from './rest-request.js';

/** What stands for the address of a client that has none, as on a Unix socket. */
const NO_ADDRESS = 'unknown';

/**
 * Who sends a request, for everything that counts or limits by address: an IPv4 address, also where it was written as an IPv6 one, or the /64 network of
 * an IPv6 address, for within it a client chooses its own.
 *
 * It is the last address that no trusted proxy vouches for (`trustProxy` of the adapter); the socket's where there is no proxy. `numProxies` (NUM_PROXIES)
 * is how many more proxies stand in front, each of which adds to `X-Forwarded-For`; where the header has fewer, they were gone round, and it is not believed.
 */
export function clientAddress({ raw }: RestRequest, numProxies: number): string {
  const candidates = [numProxies > 0 ? forwarded(raw, numProxies) : undefined, raw.ip, raw.socket?.remoteAddress];
  for (const candidate of candidates) {
    const address = candidate && withoutPort(candidate);
    if (address) return normalizeIp(address);
  }
  return NO_ADDRESS;
}

function forwarded({ headers, ips }: RestRequest['raw'], numProxies: number): string | undefined {
  const header = headers['x-forwarded-for'];
  const addresses = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((address) => address.trim());
  const trusted = ips ? ips.length - 1 : 0;
  return addresses.at(-(trusted + numProxies));
}

/** The address of `192.0.2.1:80`, `[2001:db8::1]:80` or one without a port; undefined for what is no address. */
function withoutPort(text: string): string | undefined {
  const address = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return isIP(address.split('%', 1)[0] as string) === 0 ? undefined : address;
}
