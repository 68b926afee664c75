import { Message } from '../messages/message.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { CsrfSettings } from './csrf-settings.js';

/** Scheme and host, with its port where one is written, as Python's `urlsplit` reads them. */
interface Origin {
  readonly scheme: string;
  readonly host: string;
}

/**
 * Why a request does not come from a page of the server's own or of a trusted origin; null where it does.
 *
 * Browsers say it in `Origin`. Where one does not, an HTTPS request must say it in `Referer`: over HTTPS no cookie that somebody on the way has set makes up
 * for it.
 */
export function originFault(request: RestRequest, settings: CsrfSettings): Message | null {
  const { origin, referer } = request.headers;
  if (origin !== undefined) {
    if (isTrusted(origin, request, settings.trustedOrigins)) return null;
    return new Message('Origin checking failed - {origin} does not match any trusted origins.', { origin });
  }
  return request.raw.protocol === 'https' ? refererFault(referer, request, settings) : null;
}

function isTrusted(origin: string, { raw }: RestRequest, trusted: readonly string[]): boolean {
  if (origin === `${raw.protocol}://${raw.host}` || trusted.includes(origin)) return true;
  const sent = parse(origin);
  return trusted.some((pattern) => {
    const { scheme, host } = parse(pattern) as Origin;
    return host.startsWith('*.') && sent?.scheme === scheme && isSameDomain(sent.host, host.slice(1));
  });
}

function refererFault(referer: string | undefined, request: RestRequest, { trustedOrigins, cookieDomain }: CsrfSettings): Message | null {
  if (referer === undefined) return new Message('Referer checking failed - no Referer.');
  const sent = parse(referer);
  if (!sent) return new Message('Referer checking failed - Referer is malformed.');
  if (sent.scheme !== 'https') return new Message('Referer checking failed - Referer is insecure while host is secure.');
  const { host } = request.raw;
  const port = /:(\d+)$/.exec(host)?.[1] ?? '443';
  const own = cookieDomain === null ? host : port === '443' || port === '80' ? cookieDomain : `${cookieDomain}:${port}`;
  const good = [...trustedOrigins.map((origin) => (parse(origin) as Origin).host.replace(/^\*/, '')), own];
  if (good.some((pattern) => isSameDomain(sent.host, pattern))) return null;
  return new Message('Referer checking failed - {referer} does not match any trusted origins.', { referer });
}

/** Undefined for what has no scheme or no host, or brackets that are no IPv6 address. */
function parse(url: string): Origin | undefined {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)/i.exec(url.trim()) ?? [];
  if (scheme === undefined || host === undefined || (host.match(/[[\]]/g) && !/^[^[\]]*\[[0-9a-f:.]+\][^[\]]*$/i.test(host))) return undefined;
  return { scheme: scheme.toLowerCase(), host };
}

/** `.example.com` is of the domain and all under it. */
function isSameDomain(host: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted !== '' && (host === wanted || (wanted.startsWith('.') && (host.endsWith(wanted) || host === wanted.slice(1))));
}
