import { Logger } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Argon2PasswordHasher } from '../../../src/framework/authentication/passwords/argon2-password-hasher.js';
import { AuthenticationSettings } from '../../../src/framework/authentication/authentication-settings.js';
import { TokenAuthentication } from '../../../src/framework/authentication/token-authentication.js';
import { models } from '../../../src/library/generated/models.js';
import { digestToken, Tokens } from '../../../src/framework/authentication/tokens.js';
import { Users } from '../../../src/framework/authentication/users.js';
import { PasswordHashers } from '../../../src/framework/authentication/passwords/password-hashers.js';
import { PBKDF2PasswordHasher } from '../../../src/framework/authentication/passwords/pbkdf2-password-hasher.js';
import { NotFound, ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { FrozenClock } from '../../../src/framework/testing/frozen-clock.js';
import { hasher, openLoginDatabase, settings } from './login-database.js';
import { requestWith } from './requests.js';

const clock = new FrozenClock('2026-01-01T00:00:00Z');
let db: Awaited<ReturnType<typeof openLoginDatabase>>;
let users: Users;
let tokens: Tokens;

beforeAll(async () => {
  db = await openLoginDatabase();
  tokens = new Tokens(db.database, settings, clock);
  users = new Users(db.database, settings, hasher, tokens);
  await users.onModuleInit();
});
afterAll(() => db.close());
afterEach(() => db.client.authToken.deleteMany());

describe('Users', () => {
  it('finds a user by name and by key, without the password and with dates as Temporal values', async () => {
    const user = await users.findByUsername('alice');
    expect(user).toMatchObject({ id: db.alice.id, username: 'alice', isActive: true, isStaff: false });
    expect(user).not.toHaveProperty('password');
    expect((user as unknown as { dateJoined: unknown }).dateJoined).toBeInstanceOf(Temporal.Instant);
    expect(await users.findById(db.alice.id)).toEqual(user);
  });

  it.each(['nobody', '', 'ALICE', 'a\0', '\ud800', { not: 'x' } as unknown as string, ['alice'] as unknown as string])(
    'finds nobody by the name %j',
    async (name) => {
      expect(await users.findByUsername(name)).toBeNull();
    },
  );

  it.each([0, 1.5, -1, 1e400, NaN, 2 ** 40, '1', 'x', { gt: 0 } as unknown as string, undefined as unknown as string])(
    'finds nobody by the key %j',
    async (id) => {
      expect(await users.findById(id)).toBeNull();
    },
  );

  it('finds a user with a fingerprint that changes with the password alone, and holds nothing of it', async () => {
    const found = await users.findCredentials(db.alice.id);
    expect(found?.user).toEqual(await users.findById(db.alice.id));
    expect(found?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const { password } = await db.client.user.update({ where: { id: db.alice.id }, data: { email: 'alice@example.org' } });
    expect((await users.findCredentials(db.alice.id))?.fingerprint).toBe(found?.fingerprint);
    await db.client.user.update({ where: { id: db.alice.id }, data: { password: await hasher.hash('alice-pass-1') } });
    expect((await users.findCredentials(db.alice.id))?.fingerprint).not.toBe(found?.fingerprint);
    await db.client.user.update({ where: { id: db.alice.id }, data: { password } });
    expect(await users.findCredentials(-1)).toBeNull();
  });

  it('verifies a password', async () => {
    const user = await users.verify('alice', 'alice-pass-1');
    expect(user).toMatchObject({ username: 'alice' });
    expect(user).not.toHaveProperty('password');
  });

  it.each([
    ['an unknown user', 'nobody', 'alice-pass-1'],
    ['an inactive user with the right password', 'carol', 'carol-pass-1'],
    ['a wrong password', 'alice', 'carol-pass-1'],
    ['no password', 'alice', ''],
    ['a name that no column holds', 'a\0', 'alice-pass-1'],
  ])('refuses %s after the work of one verification', async (_what, username, password) => {
    const verify = vi.spyOn(hasher, 'verify');
    expect(await users.verify(username, password)).toBeNull();
    expect(verify).toHaveBeenCalledTimes(1);
    expect(verify.mock.calls[0]![0]).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
    verify.mockRestore();
  });

  it.each(['', '!', 'plain-text', 'pbkdf2_sha256$1$x$y'])('refuses a user whose stored password is %j, after the same work', async (stored) => {
    const user = await db.client.user.create({ data: { username: 'dave', password: stored } });
    const verify = vi.spyOn(hasher, 'verify');
    expect(await users.verify('dave', stored)).toBeNull();
    expect(verify.mock.calls[0]![0]).toMatch(/^\$argon2id\$/);
    verify.mockRestore();
    await db.client.user.delete({ where: { id: user.id } });
  });

  it.each(['x'.repeat(4097), '✓'.repeat(1366), '\ud800'])('hashes no password that is too long or no text', async (password) => {
    const verify = vi.spyOn(hasher, 'verify');
    expect(await users.verify('alice', password)).toBeNull();
    expect(verify).not.toHaveBeenCalled();
    verify.mockRestore();
  });

  it('replaces a hash of old parameters at login, only for the right password', async () => {
    const dearer = new Users(db.database, settings, new Argon2PasswordHasher({ memoryCost: 16, timeCost: 1, parallelism: 1 }), tokens);
    const stored = async () => (await db.client.user.findUniqueOrThrow({ where: { id: db.alice.id } })).password;
    const before = await stored();
    await dearer.verify('alice', 'wrong');
    expect(await stored()).toBe(before);
    await dearer.verify('alice', 'alice-pass-1');
    expect(await stored()).toMatch(/m=16,t=1,p=1/);
    expect(await users.verify('alice', 'alice-pass-1')).not.toBeNull();
    expect(await stored()).toMatch(/m=8,t=1,p=1/);
  });

  it('get a new password, which ends the tokens and the fingerprint of the old one', async () => {
    const user = await db.client.user.create({ data: { username: 'erin', password: await hasher.hash('erin-pass-1') } });
    const [token, others] = [await tokens.create(user), await tokens.create(db.alice)];
    const before = await users.findCredentials(user.id);
    await users.setPassword(user, 'erin-pass-2');
    expect([await users.verify('erin', 'erin-pass-1'), (await users.verify('erin', 'erin-pass-2'))?.id]).toEqual([null, user.id]);
    expect((await users.findCredentials(user.id))?.fingerprint).not.toBe(before?.fingerprint);
    expect([await tokens.find(token), (await tokens.find(others))?.user.id]).toEqual([null, db.alice.id]);
    await db.client.user.delete({ where: { id: user.id } });
    await expect(users.setPassword(user, 'erin-pass-3')).rejects.toThrow(NotFound);
  });

  it('keep password and tokens where the transaction around a new password fails', async () => {
    const token = await tokens.create(db.alice);
    const change = db.database.transaction(async () => {
      await users.setPassword(db.alice, 'alice-pass-2');
      throw new Error('no');
    });
    await expect(change).rejects.toThrow('no');
    expect([(await users.verify('alice', 'alice-pass-1'))?.id, (await tokens.find(token))?.user.id]).toEqual([db.alice.id, db.alice.id]);
  });

  it('may have no usable password', async () => {
    const user = await db.client.user.create({ data: { username: 'erin', password: await hasher.hash('erin-pass-1') } });
    await users.setUnusablePassword(user);
    const { password } = await db.client.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(password).toMatch(/^![0-9a-f]{40}$/);
    expect([await users.verify('erin', 'erin-pass-1'), await users.verify('erin', password)]).toEqual([null, null]);
    await db.client.user.delete({ where: { id: user.id } });
  });

  it.each([
    ['', 'This field may not be blank.'],
    ['x'.repeat(4097), 'Ensure this value has at most 4096 bytes (it has 4097).'],
    ['✓'.repeat(1366), 'Ensure this value has at most 4096 bytes (it has 4098).'],
    ['\ud800', 'Not a valid string.'],
    [undefined as unknown as string, 'Not a valid string.'],
    [{ set: 'x' } as unknown as string, 'Not a valid string.'],
  ])('get no password that nobody could sign in with (%#)', async (password, message) => {
    const error: unknown = await users.setPassword(db.alice, password).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).body()).toEqual([message]);
  });

  it.each([undefined, null, { gt: 0 }])('are not all given a password by a key that is %j', async (key) => {
    await expect(users.setPassword({ id: key as unknown as number }, 'alice-pass-2')).rejects.toThrow(TypeError);
    expect(await users.verify('alice', 'alice-pass-1')).not.toBeNull();
  });

  it('of Django’s sign in with their old hash once, and have one of ours then', async () => {
    const django = 'pbkdf2_sha256$1000$Zoë$uHu7bE5pEGXcqW8E+bNvG6Vx4TKQfnjZ7wP3mtK9gkM=';
    const { id } = await db.client.user.create({ data: { username: 'zoe', password: django } });
    const stored = async () => (await db.client.user.findUniqueOrThrow({ where: { id } })).password;
    const moved = new Users(db.database, settings, new PasswordHashers([hasher, PBKDF2PasswordHasher]), tokens);
    expect([await moved.verify('zoe', 'wrong'), await stored()]).toEqual([null, django]);
    expect(await moved.verify('zoe', 'correct horse ✓ battery')).toMatchObject({ username: 'zoe' });
    expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
    expect(await moved.verify('zoe', 'correct horse ✓ battery')).toMatchObject({ username: 'zoe' });
    await db.client.user.delete({ where: { id } });
  });
});

describe('Tokens', () => {
  it('are 40 hexadecimal digits, and new each time', async () => {
    const [one, other] = [await tokens.create(db.alice), await tokens.create(db.alice)];
    expect(one).toMatch(/^[0-9a-f]{40}$/);
    expect(one).not.toBe(other);
  });

  it('are found with their user, in one statement', async () => {
    const token = await tokens.create(db.alice);
    let found: Awaited<ReturnType<Tokens['find']>> = null;
    const statements = await db.statementsOf(async () => (found = await tokens.find(token)));
    expect(statements).toHaveLength(1);
    expect(found!.user).toEqual(await users.findById(db.alice.id));
    expect(found!.user).not.toHaveProperty('password');
    expect(found!.token).toEqual({
      id: expect.any(Number),
      userId: db.alice.id,
      name: '',
      createdAt: expect.any(Temporal.Instant),
      expiresAt: null,
      lastUsedAt: null,
    });
  });

  it('of an inactive user are found, and say so', async () => {
    expect((await tokens.find(await tokens.create(db.carol)))!.user.isActive).toBe(false);
  });

  it.each(['', 'wrong', 'a'.repeat(40), '\0', '\ud800', '%', '😀'])('are not found by %j', async (token) => {
    await tokens.create(db.alice);
    expect(await tokens.find(token)).toBeNull();
  });

  it('longer than 512 characters are not hashed, and the database is not asked', async () => {
    await db.client.authToken.create({ data: { userId: db.alice.id, digest: digestToken('x'.repeat(513)) } });
    expect(await db.statementsOf(async () => expect(await tokens.find('x'.repeat(513))).toBeNull())).toEqual([]);
    await db.client.authToken.create({ data: { userId: db.alice.id, digest: digestToken('x'.repeat(512)) } });
    expect(await tokens.find('x'.repeat(512))).not.toBeNull();
  });

  it('are stored nowhere: a dump of the database holds no issued token, only its digest', async () => {
    const issued = await Promise.all([tokens.create(db.alice), tokens.create(db.alice), tokens.create(db.carol)]);
    const { rows } = await db.pglite.query<{ row: string }>('select t::text as row from "auth_token" t union all select u::text from "user" u');
    const dump = rows.map(({ row }) => row).join('\n');
    for (const token of issued) {
      expect(dump).not.toContain(token);
      expect(dump).toContain(digestToken(token));
    }
  });

  it('are at most 20 for each user: the oldest go', async () => {
    const others = await tokens.create(db.carol);
    const issued: string[] = [];
    for (let count = 0; count < 23; count++) issued.push(await tokens.create(db.alice));
    const alive = await Promise.all(issued.map(async (token) => (await tokens.find(token)) !== null));
    expect(alive).toEqual([...Array(3).fill(false), ...Array(20).fill(true)]);
    expect(await tokens.find(others)).not.toBeNull();
  });

  it('keep the new one even where the clock says that it is the oldest', async () => {
    const later = new Date(Date.now() + 86_400_000);
    await db.client.authToken.createMany({
      data: Array.from({ length: 20 }, (_, at) => ({ userId: db.alice.id, digest: String(at).padStart(64, '0'), createdAt: later })),
    });
    const token = await tokens.create(db.alice);
    expect(await tokens.find(token)).not.toBeNull();
    expect(await db.client.authToken.count({ where: { userId: db.alice.id } })).toBe(20);
  });

  it('are not made where a transaction around them fails', async () => {
    await expect(
      db.database.transaction(async () => {
        await tokens.create(db.alice);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await db.client.authToken.count()).toBe(0);
  });

  it('may have a name and an end', async () => {
    const phone = await tokens.create(db.alice, { name: 'phone', expiresIn: { days: 30 } });
    const until = clock.now().add({ minutes: 5 });
    await tokens.create(db.alice, { expiresAt: until });
    const [second, first] = await tokens.list(db.alice);
    expect(first).toMatchObject({ name: 'phone', expiresAt: Temporal.Instant.from('2026-01-31T00:00:00Z'), lastUsedAt: null });
    expect(second).toMatchObject({ name: '', expiresAt: until });
    expect(first).not.toHaveProperty('digest');
    expect((await tokens.find(phone))?.token).toEqual(first);
    expect(await tokens.list(db.carol)).toEqual([]);
  });

  it('whose time is over are not found, and are removed when asked', async () => {
    const passing = new FrozenClock('2026-01-01T00:00:00Z');
    const own = new Tokens(db.database, settings, passing);
    const [day, ever] = [await own.create(db.alice, { expiresIn: { days: 1 } }), await own.create(db.alice)];
    passing.advance({ hours: 23, minutes: 59, seconds: 59 });
    expect([(await own.find(day)) !== null, await own.flushExpired()]).toEqual([true, 0]);
    passing.advance({ seconds: 1 });
    expect([await own.find(day), (await own.find(ever)) !== null]).toEqual([null, true]);
    expect([await own.flushExpired(), (await own.list(db.alice)).length]).toEqual([1, 1]);
  });

  it('live as long as tokenLifetime where nothing else is said', async () => {
    const own = new Tokens(db.database, new AuthenticationSettings({ model: models.user }, models, { hours: 12 }), clock);
    await own.create(db.alice);
    await own.create(db.alice, { expiresIn: null });
    await own.create(db.alice, { expiresAt: null });
    expect((await own.list(db.alice)).map(({ expiresAt }) => expiresAt?.toString())).toEqual([undefined, undefined, '2026-01-01T12:00:00Z']);
  });

  it.each([{ expiresIn: { seconds: 0 } }, { expiresIn: { days: -1 } }, { expiresAt: Temporal.Instant.from('2026-01-01T00:00:00Z') }])(
    'are not made with an end that is past: %j',
    async (expiry) => {
      await expect(tokens.create(db.alice, expiry)).rejects.toThrow(RangeError);
      expect(await db.client.authToken.count()).toBe(0);
    },
  );

  it('know when they were used last, to the minute: no more is written', async () => {
    const passing = new FrozenClock('2026-01-01T00:00:00Z');
    const scheme = new TokenAuthentication(new Tokens(db.database, settings, passing));
    const token = await tokens.create(db.alice);
    const updates = vi.spyOn(db.client.authToken, 'updateMany');
    const use = async () => {
      await Promise.all(Array.from({ length: 10 }, () => scheme.authenticate(requestWith(`Token ${token}`))));
      await Promise.all(updates.mock.results.map(({ value }) => value as Promise<unknown>));
    };
    const lastUse = async () => (await tokens.list(db.alice))[0]?.lastUsedAt?.toString();
    await use();
    expect([await lastUse(), updates.mock.calls.length]).toEqual(['2026-01-01T00:00:00Z', 1]);
    passing.advance({ seconds: 59 });
    await use();
    expect([await lastUse(), updates.mock.calls.length]).toEqual(['2026-01-01T00:00:00Z', 1]);
    passing.advance({ seconds: 1 });
    await use();
    expect([await lastUse(), updates.mock.calls.length]).toEqual(['2026-01-01T00:01:00Z', 2]);
    updates.mockRestore();
  });

  it('sign in where their last use cannot be written, and the log has no secret', async () => {
    const token = await tokens.create(db.alice);
    const warnings = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
    const update = vi.spyOn(db.client.authToken, 'updateMany').mockRejectedValue(new Error(`no room for ${token}`));
    expect(await new TokenAuthentication(tokens).authenticate(requestWith(`Token ${token}`))).not.toBeNull();
    await vi.waitFor(() => expect(warnings).toHaveBeenCalledTimes(1));
    expect(warnings.mock.calls[0]).toEqual(['AuthToken.lastUsedAt was not written: Error.']);
    update.mockRestore();
    warnings.mockRestore();
  });

  it('can be taken back, one or all of a user', async () => {
    const [one, two, three, others] = [
      await tokens.create(db.alice),
      await tokens.create(db.alice),
      await tokens.create(db.alice),
      await tokens.create(db.carol),
    ];
    await tokens.revoke((await tokens.find(one))!.token);
    expect([await tokens.find(one), (await tokens.find(two)) !== null]).toEqual([null, true]);
    await tokens.revokeAll(db.alice);
    expect([await tokens.find(two), await tokens.find(three), (await tokens.find(others)) !== null]).toEqual([null, null, true]);
  });

  it.each([undefined, null, { gt: 0 }])('are not taken from everybody by a key that is %j', async (key) => {
    await tokens.create(db.alice);
    await expect(tokens.revoke({ id: key as unknown as number })).rejects.toThrow(TypeError);
    await expect(tokens.revokeAll({ id: key as unknown as number })).rejects.toThrow(TypeError);
    expect(await db.client.authToken.count()).toBe(1);
  });
});
