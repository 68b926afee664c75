import { isIPv4, isIPv6 } from 'node:net';

/** Django takes no longer text. */
const MOST_CHARACTERS = 39;

export const isIPv4Address = (text: string): boolean => isIPv4(text);
export const isIPv6Address = (text: string): boolean => shortIPv6(text, false) !== undefined;

/**
 * An IPv6 address in its short form, as Django's `clean_ipv6_address` writes it: without its zone, and `::ffff:1.2.3.4` as `1.2.3.4` if it is to
 * be unpacked. Undefined where the text is none.
 */
export function shortIPv6(text: string, unpack: boolean): string | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const bare = text.replace(/%[^%/]+$/, '');
  if (bare.includes('%') || !isIPv6(bare)) return undefined;
  // The URL standard's serializer is RFC 5952's, but for the addresses that map IPv4's.
  const short = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(short);
  if (!mapped) return short;
  const [high, low] = [Number.parseInt(mapped[1] as string, 16), Number.parseInt(mapped[2] as string, 16)];
  const address = [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return unpack ? address : `::ffff:${address}`;
}
