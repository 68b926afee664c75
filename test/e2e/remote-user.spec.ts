import { Module } from '@nestjs/common';
import { APIView, CurrentUser, IsAuthenticated, RemoteUserAuthentication, TokenAuthentication, View, type RequestUser } from 'nest-rest-framework';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary, TOKENS, type Library } from './library.js';

abstract class WhoView extends APIView {
  get(@CurrentUser() user: RequestUser & { username: string }) {
    return { username: user.username };
  }
}

const BELIEVED = ['10.1.0.0/16', '192.0.2.7', 'fd00::/8'];
const REMOTE = RemoteUserAuthentication.with({ proxies: BELIEVED });
class WithGuests extends RemoteUserAuthentication.with({ proxies: BELIEVED, header: 'X-Forwarded-User' }) {
  protected override async findUser(name: string): Promise<RequestUser | null> {
    return (await this.users.findByUsername(name)) ?? ({ id: 0, username: `guest ${name}`, isActive: true, isStaff: false } as never);
  }
}

@View('remote', { permissions: [IsAuthenticated], authentication: [REMOTE] })
class RemoteView extends WhoView {}
@View('guests', { permissions: [IsAuthenticated], authentication: [TokenAuthentication, WithGuests] })
class GuestsView extends WhoView {}
@Module({ controllers: [RemoteView, GuestsView] })
class RemoteModule {}

let library: Library;
beforeAll(async () => {
  library = await openLibrary({ imports: [RemoteModule] });
  await library.prisma.user.update({ where: { username: 'carol' }, data: { isActive: false } });
});
afterAll(() => library.close());

const ask = (url: string, remoteAddress: string | undefined, headers: Record<string, string>) =>
  library.app.inject({ url, headers, ...(remoteAddress !== undefined && { remoteAddress }) });

const MISSING = { detail: 'Authentication credentials were not provided.' };

describe('the user whom a proxy names', () => {
  it.each<[string, string, string, string | null]>([
    ['from a network', '10.1.200.3', 'alice', 'alice'],
    ['from an address', '192.0.2.7', 'bob', 'bob'],
    ['from an IPv4 address that is written as an IPv6 one', '::ffff:10.1.0.9', 'alice', 'alice'],
    ['from an IPv6 network', 'fd12::1', 'alice', 'alice'],
    ['from the address beside', '192.0.2.8', 'alice', null],
    ['from the network beside', '10.2.0.1', 'alice', null],
    ['from another IPv6 network', '2001:db8::1', 'alice', null],
    ['from an address with a zone', 'fe80::1%eth0', 'alice', null],
    ['from no address', 'not an address', 'alice', null],
    ['unknown', '10.1.0.1', 'nobody', null],
    ['inactive', '10.1.0.1', 'carol', null],
    ['empty', '10.1.0.1', '', null],
    ['twice', '10.1.0.1', 'alice, bob', null],
    ['with a NUL', '10.1.0.1', 'alice%00', null],
    ['that is no UTF-8', '10.1.0.1', '\u00ff\u00fe', null],
  ])('%s', async (_what, address, name, username) => {
    const answer = await ask('/remote/', address, { 'remote-user': name });
    expect([answer.statusCode, answer.json()]).toEqual(username === null ? [403, MISSING] : [200, { username }]);
    expect(answer.headers['vary']).toContain('Remote-User');
  });

  it('is not asked of the addresses that a client writes itself', async () => {
    const headers = { 'remote-user': 'alice', 'x-forwarded-for': '10.1.0.1', 'x-real-ip': '10.1.0.1', forwarded: 'for=10.1.0.1' };
    expect((await ask('/remote/', '203.0.113.9', headers)).statusCode).toBe(403);
  });

  it('costs an anonymous client no statement', async () => {
    library.counter.reset();
    await ask('/remote/', '203.0.113.9', { 'remote-user': 'alice' });
    expect(library.counter.count).toBe(0);
  });

  it('is found by a findUser of one’s own, in a header of one’s own, behind other schemes', async () => {
    expect((await ask('/guests/', '10.1.0.1', { 'x-forwarded-user': Buffer.from('zoë').toString('latin1') })).json()).toEqual({
      username: 'guest zoë',
    });
    expect((await ask('/guests/', '10.1.0.1', { 'x-forwarded-user': 'alice' })).json()).toEqual({ username: 'alice' });
    expect((await ask('/guests/', '10.1.0.1', { 'x-forwarded-user': 'alice', authorization: `Token ${TOKENS.bob}` })).json()).toEqual({
      username: 'bob',
    });
    expect((await ask('/guests/', '10.1.0.1', { 'remote-user': 'alice' })).statusCode).toBe(401);
  });
});

describe('boot refuses', () => {
  it.each<[string, () => unknown, string]>([
    ['no proxies', () => RemoteUserAuthentication.with({ proxies: [] }), 'proxies is empty'],
    ['a name', () => RemoteUserAuthentication.with({ proxies: ['proxy.local'] }), '"proxy.local" is no address'],
    ['too long a prefix', () => RemoteUserAuthentication.with({ proxies: ['10.0.0.0/33'] }), '"10.0.0.0/33" is no address'],
    ['a prefix that is no number', () => RemoteUserAuthentication.with({ proxies: ['10.0.0.0/x'] }), '"10.0.0.0/x" is no address'],
    ['two prefixes', () => RemoteUserAuthentication.with({ proxies: ['10.0.0.0/8/8'] }), 'is no address'],
    ['everybody', () => RemoteUserAuthentication.with({ proxies: ['0.0.0.0/0'] }), '0.0.0.0/0 is everybody'],
    ['everybody on IPv6', () => RemoteUserAuthentication.with({ proxies: ['::/0'] }), '::/0 is everybody'],
    ['what is no header', () => RemoteUserAuthentication.with({ proxies: ['10.0.0.1'], header: 'Remote User' }), '"Remote User" is no header’s name'],
  ])('%s', (_what, make, message) => expect(make).toThrow(message.replace('’', "'")));

  it('the class without proxies', async () => {
    @View('bare', { permissions: [IsAuthenticated], authentication: [RemoteUserAuthentication] })
    class BareView extends WhoView {}
    @Module({ controllers: [BareView] })
    class BareModule {}
    await expect(openLibrary({ imports: [BareModule] })).rejects.toThrow('RemoteUserAuthentication believes no proxy.');
  });
});
