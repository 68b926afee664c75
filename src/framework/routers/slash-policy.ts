import { NotFound } from '../exceptions/exceptions.js';
import type { RestSettings } from '../settings/settings.js';
import { Redirect } from './redirect.js';

/**
 * What the policy says of a matched address that was sent without its last slash (ROUT-9).
 *
 * A request that may hold a body is sent on with 308: a client that follows a 301 would repeat it as a GET.
 * @throws Redirect, or NotFound where the policy is strict.
 */
export function checkSlash(url: string, method: string, policy: RestSettings['slashPolicy']): void {
  if (policy === 'ignore') return;
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  if (path.endsWith('/')) return;
  if (policy === 'strict') throw new NotFound();
  // One slash in front: "//host" would be another server's address, and browsers read a backslash as a slash.
  throw new Redirect(method === 'GET' || method === 'HEAD' ? 301 : 308, `${path.replace(/^[/\\]+/, '/')}/${at < 0 ? '' : url.slice(at)}`);
}
