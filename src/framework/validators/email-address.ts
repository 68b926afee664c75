import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** RFC 3696, section 3. */
const MOST_CHARACTERS = 320;
/** What nearly every address is, in one linear test: a dot-atom, and a domain in ASCII. What it does not match is looked at in parts. */
const ORDINARY = /^[-!#$%&'*+/=?^_`{}|~\w]+(?:\.[-!#$%&'*+/=?^_`{}|~\w]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{1,62}[a-z0-9]$/i;
const DOT_ATOM = /^[-!#$%&'*+/=?^_`{}|~\w]+(?:\.[-!#$%&'*+/=?^_`{}|~\w]+)*$/;
// Control characters are valid in a quoted text, and behind a backslash.
const QUOTED = /^"(?:[\x01-\x08\x0b\x0c\x0e-\x1f!#-[\]-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*"$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const LAST_LABEL = /^[a-z0-9-]{1,62}[a-z0-9]$/i;

/** Whether a text is an email address, as Django 5.2's EmailValidator decides: `a@localhost`, `"a b"@example.com`, `a@[127.0.0.1]` and `a@exämple.com` are. */
export function isEmailAddress(text: string): boolean {
  if (text.length <= MOST_CHARACTERS && ORDINARY.test(text)) return true;
  if (text.length > 2 * MOST_CHARACTERS || [...text].length > MOST_CHARACTERS) return false;
  const at = text.lastIndexOf('@');
  if (at < 1) return false;
  const user = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (!DOT_ATOM.test(user) && !QUOTED.test(user)) return false;
  return domain === 'localhost' || isDomain(domain) || isDomain(asciiDomain(domain));
}

function isDomain(domain: string): boolean {
  if (domain.startsWith('[')) return domain.endsWith(']') && /^[\da-f:.]+$/i.test(domain.slice(1, -1)) && isIP(domain.slice(1, -1)) !== 0;
  const labels = domain.split('.');
  const last = labels.pop() as string;
  return labels.length > 0 && LAST_LABEL.test(last) && labels.every((label) => LABEL.test(label));
}

/** An international name in its ASCII form; '' where it has none. Only letters, marks and digits are converted: nothing is decoded or parsed as an address. */
function asciiDomain(domain: string): string {
  return /^[-.\p{L}\p{M}\p{N}\u3002\uff0e\uff61\u200c\u200d]+$/u.test(domain) && /[^\0-\x7f]/.test(domain) ? domainToASCII(domain) : '';
}
