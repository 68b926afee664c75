import { BlockList, isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RequestUser } from '../requests/request-user.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Authentication, type Credentials } from './authentication.js';
import { decodeUtf8, isHeaderName } from './authorization-header.js';
import { Users } from './users.js';

export interface RemoteUserOptions {
  /** The addresses of the proxies that are believed, such as `10.1.0.7` or `fd00::/8`: those that the connections come from. */
  readonly proxies: readonly string[];
  /** The header in which they name the user. Default: `Remote-User`. They must remove it from what a client sends. */
  readonly header?: string;
}

/**
 * The user that a proxy has signed in already, such as one in front of a company's single sign-on, and names in a header (AUTH-7). The header counts on
 * connections from the named proxies alone; on any other one it is as if it had not been sent. A user who is unknown or inactive is anonymous, as in DRF.
 *
 * Override `findUser` to make users whom the proxy knows first, or to find them by something else than their name.
 *
 * @example
 * const authentication = [RemoteUserAuthentication.with({ proxies: ['10.1.0.0/16'], header: 'X-Forwarded-User' })];
 */
@Injectable()
export class RemoteUserAuthentication extends Authentication {
  protected readonly proxies: BlockList = new BlockList();
  readonly header: string = 'Remote-User';
  override readonly varyHeaders: readonly string[] = [this.header];

  constructor(@Inject(Users) protected readonly users: Users) {
    super();
    // Fails at boot, not with the first request.
    void users.model;
    if (new.target !== RemoteUserAuthentication) return;
    throw new ConfigurationError(`RemoteUserAuthentication believes no proxy. Name yours: RemoteUserAuthentication.with({ proxies: ['10.1.0.7'] }).`);
  }

  /** @throws ConfigurationError for what is no address, no network and no header's name. */
  static with({ proxies, header = 'Remote-User' }: RemoteUserOptions): typeof RemoteUserAuthentication {
    if (!isHeaderName(header))
      throw new ConfigurationError(`${this.name}.with: ${JSON.stringify(header)} is no header's name, such as X-Forwarded-User.`);
    const believed = networks(this.name, proxies);
    class Configured extends this {
      protected override readonly proxies = believed;
      override readonly header = header;
      override readonly varyHeaders = [header];
    }
    return Object.defineProperty(Configured, 'name', { value: this.name });
  }

  override async authenticate(request: RestRequest): Promise<Credentials | null> {
    const sent = request.headers[this.header.toLowerCase()];
    if (typeof sent !== 'string' || sent === '' || !this.#isBelieved(request.raw.socket.remoteAddress)) return null;
    const name = decodeUtf8(Buffer.from(sent, 'latin1'));
    const user = name === null ? null : await this.findUser(name, request);
    return user?.isActive ? [user, null] : null;
  }

  /** The user of the name that the proxy tells; null for an anonymous one. By default the one with that username, who must be there. */
  protected findUser(name: string, _request: RestRequest): Promise<RequestUser | null> {
    return this.users.findByUsername(name);
  }

  #isBelieved(address: string | undefined): boolean {
    return address !== undefined && this.proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
}

function networks(owner: string, proxies: readonly string[]): BlockList {
  if (proxies.length === 0)
    throw new ConfigurationError(`${owner}.with: proxies is empty, so that nobody would be believed. Name the address of yours.`);
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address, bits, ...rest] = proxy.split('/') as [string, ...string[]];
    const version = isIP(address);
    const most = version === 6 ? 128 : 32;
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
    if (version === 0 || rest.length > 0 || !(prefix <= most))
      throw new ConfigurationError(`${owner}.with: the proxy ${JSON.stringify(proxy)} is no address and no network, such as 10.1.0.7 or fd00::/8.`);
    if (prefix === 0)
      throw new ConfigurationError(`${owner}.with: ${proxy} is everybody, so that any client could be any user. Name the address of your proxy.`);
    list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
