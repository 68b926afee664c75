import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import {
  and,
  APIKeyAuthentication,
  APIKeys,
  APIView,
  Clock,
  ConfigurationError,
  CurrentAuth,
  CurrentUser,
  HasAPIKey,
  IsAuthenticated,
  or,
  TokenHasScope,
  Users,
  View,
  type APIKey,
  type RequestUser,
} from 'nest-rest-framework';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openLibrary, type Library } from './library.js';

@View('keyed', { permissions: [IsAuthenticated], authentication: [APIKeyAuthentication] })
class KeyedView extends APIView {
  get(@CurrentUser() user: RequestUser, @CurrentAuth() key: APIKey) {
    return { user: user.id, key };
  }
}

@View('x-keyed', { permissions: [IsAuthenticated], authentication: [APIKeyAuthentication.in('X-Api-Key')] })
class XKeyedView extends KeyedView {}

@View('machine', { permissions: [or(IsAuthenticated, HasAPIKey)] })
class MachineView extends APIView {
  get(@CurrentAuth() auth: APIKey | null) {
    return { name: auth?.name ?? null };
  }
}

@View('scoped', { permissions: [and(HasAPIKey, TokenHasScope.of('books:read'))] })
class ScopedView extends APIView {
  get() {
    return {};
  }
}

@Controller('plain')
class PlainController {
  @Get('keyed')
  @UseGuards(HasAPIKey)
  keyed() {
    return { plain: true };
  }
}

@Module({ controllers: [KeyedView, XKeyedView, MachineView, ScopedView, PlainController] })
class KeysModule {}

let library: Library;
let keys: APIKeys;
let alice: { id: number };

beforeAll(async () => {
  library = await openLibrary({ imports: [KeysModule] });
  keys = library.app.get(APIKeys);
  alice = await library.prisma.user.findUniqueOrThrow({ where: { username: 'alice' } });
});
afterAll(() => library?.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await library.prisma.authAPIKey.deleteMany();
  await library.prisma.user.update({ where: { id: alice.id }, data: { isActive: true } });
});

const get = (url: string, headers: Record<string, string> = {}) => library.send('GET', url, { headers });
const keyed = (key: string, word = 'Api-Key') => get('/keyed/', { authorization: `${word} ${key}` });
const advance = (days: number) => {
  const clock = library.app.get(Clock);
  const then = clock.now().add({ hours: 24 * days });
  vi.spyOn(clock, 'now').mockReturnValue(then);
};
const REFUSED = [401, 'Api-Key', { detail: 'Invalid API key.' }];

describe('a key of a user', () => {
  it('signs in, in one statement, by any case of the word', async () => {
    const [key] = await keys.create({ name: 'deploy', user: alice, scopes: ['books:read'] });
    expect(key).toMatch(/^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/);
    // The first use is written beside the request.
    await keyed(key);
    await vi.waitFor(async () => expect((await keys.list(alice))[0]!.lastUsedAt).not.toBeNull());
    const statements = await library.counter.during(async () => {
      const answer = await keyed(key, 'API-KEY');
      expect([answer.statusCode, answer.json()]).toMatchObject([
        200,
        { user: alice.id, key: { prefix: key.slice(0, 8), name: 'deploy', scopes: ['books:read'] } },
      ]);
      expect(answer.body).not.toContain('digest');
    });
    expect(statements).toHaveLength(1);
  });

  it('is another each time, and is stored nowhere', async () => {
    const [[one], [other]] = [await keys.create({ name: 'a', user: alice }), await keys.create({ name: 'b', user: alice })];
    expect(one).not.toBe(other);
    const rows = JSON.stringify(await library.prisma.authAPIKey.findMany());
    for (const key of [one, other]) expect(rows).not.toContain(key.split('.')[1]);
    expect((await keys.list(alice)).map(({ name }) => name)).toEqual(['b', 'a']);
    expect(await keys.list(null)).toEqual([]);
  });

  it.each<[string, (key: string) => Promise<unknown>]>([
    ['was taken back', async () => keys.revoke((await keys.list(alice))[0]!)],
    ['is over', async () => advance(31)],
    ['was removed', async () => library.prisma.authAPIKey.deleteMany()],
  ])('that %s is refused as an unknown one is', async (_what, end) => {
    const [key] = await keys.create({ name: 'deploy', user: alice, expiresIn: { days: 30 } });
    expect((await keyed(key)).statusCode).toBe(200);
    await end(key);
    const answer = await keyed(key);
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json()]).toEqual(REFUSED);
  });

  it.each<[string, (key: string) => string]>([
    ['with another secret', (key) => `${key.slice(0, 9)}${'x'.repeat(32)}`],
    ['without its secret', (key) => key.slice(0, 8)],
    ['with an empty secret', (key) => key.slice(0, 9)],
    ['with a longer secret', (key) => `${key}x`],
    ['with NUL', (key) => `${key.slice(0, 40)}%00`],
    ['of two words', (key) => `${key} x`],
    ['of no words', () => ''],
    ['that is long', () => 'x'.repeat(4_000)],
    ['of another prefix', (key) => `${'A'.repeat(8)}${key.slice(8)}`],
  ])('%s is refused', async (_what, change) => {
    const [key] = await keys.create({ name: 'deploy', user: alice });
    const answer = await keyed(change(key));
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json()]).toEqual(REFUSED);
  });

  it('ends with its user, and not with a new password', async () => {
    const [key] = await keys.create({ name: 'deploy', user: alice });
    const { password } = await library.prisma.user.findUniqueOrThrow({ where: { id: alice.id } });
    await library.app.get(Users).setPassword(alice, 'another-pass-1');
    expect((await keyed(key)).statusCode).toBe(200);
    await library.prisma.user.update({ where: { id: alice.id }, data: { isActive: false, password } });
    expect((await keyed(key)).json()).toEqual({ detail: 'User inactive or deleted.' });
  });

  it('is sent in a header of its own where a class says so', async () => {
    const [key] = await keys.create({ name: 'deploy', user: alice });
    const answer = await get('/x-keyed/', { 'x-api-key': key });
    expect([answer.statusCode, answer.headers['vary']]).toEqual([200, expect.stringContaining('X-Api-Key')]);
    expect((await get('/x-keyed/', { authorization: `Api-Key ${key}` })).statusCode).toBe(401);
    expect((await get('/x-keyed/', { 'x-api-key': `${key}, ${key}` })).json()).toEqual({ detail: 'Invalid API key.' });
  });

  it.each(['', 'Authorization', 'X Key', 'X-Key:\r\n'])('has no header %j', (header) => {
    expect(() => APIKeyAuthentication.in(header)).toThrow(ConfigurationError);
    expect(() => HasAPIKey.in(header)).toThrow(ConfigurationError);
  });

  it('is never read from an address', async () => {
    const [key] = await keys.create({ name: 'deploy', user: alice });
    expect((await get(`/keyed/?api_key=${key}&x-api-key=${key}`)).statusCode).toBe(401);
  });
});

describe('a key of nobody', () => {
  it('signs nobody in', async () => {
    const [key] = await keys.create({ name: 'cron' });
    expect((await keyed(key)).json()).toEqual({ detail: 'Authentication credentials were not provided.' });
  });

  it('is what HasAPIKey asks for, in a view and on a plain controller', async () => {
    const [key] = await keys.create({ name: 'cron' });
    const headers = { authorization: `Api-Key ${key}` };
    const answer = await get('/machine/', headers);
    expect([answer.statusCode, answer.json(), answer.headers['vary']]).toEqual([200, { name: 'cron' }, expect.stringContaining('Authorization')]);
    expect((await get('/plain/keyed', headers)).json()).toEqual({ plain: true });
    for (const wrong of [undefined, { authorization: 'Api-Key nonsense' }]) {
      expect((await get('/machine/', wrong)).statusCode).toBe(401);
      expect((await get('/plain/keyed', wrong)).statusCode).toBe(401);
    }
  });

  it('may do what its scopes say', async () => {
    const [reads] = await keys.create({ name: 'reads', scopes: ['books:read'] });
    const [writes] = await keys.create({ name: 'writes', scopes: ['books:write'] });
    expect((await get('/scoped/', { authorization: `Api-Key ${reads}` })).statusCode).toBe(200);
    expect([401, 403]).toContain((await get('/scoped/', { authorization: `Api-Key ${writes}` })).statusCode);
  });
});

it('keys whose time is over are removed', async () => {
  await keys.create({ name: 'short', expiresIn: { days: 1 } });
  await keys.create({ name: 'long' });
  advance(2);
  expect(await keys.flushExpired()).toBe(1);
  expect((await keys.list(null)).map(({ name }) => name)).toEqual(['long']);
  await expect(keys.create({ name: 'past', expiresIn: { days: -1 } })).rejects.toThrow(RangeError);
});
