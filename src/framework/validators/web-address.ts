import { isIPv6 } from 'node:net';
import { SPACE } from '../fields/text/python.js';

const MOST_CHARACTERS = 2048;
/** RFC 1034, section 3.1. */
const MOST_OF_HOST = 253;
/** What nearly every address is, in one linear test: a name in ASCII behind http or https, no user, no port. What it does not match is looked at in parts. */
const ORDINARY = /^https?:\/\/(?=[a-z\d.-]{1,253}(?:[/?#]|$))(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}(?:[/?#][!-~]*)?$/i;
const SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'ftp', 'ftps']);

const WHITESPACE = new RegExp(SPACE);
const USER = /^[^:@/]+(?::[^:@/]*)?$/;
const PORT = /:\d{1,5}$/;
const BYTE = '(?:0|25[0-5]|2[0-4]\\d|1\\d{0,2}|[1-9]\\d?)';
const IPV4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);
const FIRST_LABEL = /^[a-z\xa1-\uffff\d](?:[a-z\xa1-\uffff\d-]{0,61}[a-z\xa1-\uffff\d])?$/iu;
const LABEL = /^(?!-)[a-z\xa1-\uffff\d-]{1,63}(?<!-)$/iu;
const LAST_LABEL = /^(?!-)(?:[a-z\xa1-\uffff-]{2,63}|xn--[a-z\d]{1,59})(?<!-)$/iu;

/**
 * Whether a text is an absolute URL, as Django 5.2's URLValidator decides: of http, https, ftp or ftps, at most 2048 characters,
 * with a host that has a dot, `localhost` or an IP address. Names of any script are taken as they are.
 */
export function isWebAddress(text: string): boolean {
  if (text.length <= MOST_CHARACTERS && ORDINARY.test(text)) return true;
  const found = /^([a-z]{3,5}):\/\//i.exec(text);
  if (!found || !SCHEMES.has((found[1] as string).toLowerCase())) return false;
  if (text.length > 2 * MOST_CHARACTERS || [...text].length > MOST_CHARACTERS || WHITESPACE.test(text)) return false;
  return isAuthority(text.slice(found[0].length));
}

function isAuthority(rest: string): boolean {
  const { length } = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const authority = rest.slice(0, length);
  const at = authority.lastIndexOf('@');
  if (at >= 0 && !USER.test(authority.slice(0, at))) return false;
  const host = authority.slice(at + 1).replace(PORT, '');
  if (host.startsWith('[')) return host.endsWith(']') && /^[\da-f:.]+$/i.test(host.slice(1, -1)) && isIPv6(host.slice(1, -1));
  return [...host].length <= MOST_OF_HOST && (host.toLowerCase() === 'localhost' || IPV4.test(host) || isName(host));
}

/** A name of two labels or more, perhaps with the dot of the root. */
function isName(host: string): boolean {
  const labels = (host.endsWith('.') ? host.slice(0, -1) : host).split('.');
  const [first = '', last = ''] = [labels.shift(), labels.pop()];
  return FIRST_LABEL.test(first) && LAST_LABEL.test(last) && labels.every((label) => LABEL.test(label));
}
