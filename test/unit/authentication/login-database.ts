import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { vi } from 'vitest';
import { AuthenticationSettings } from '../../../src/framework/authentication/authentication-settings.js';
import { Argon2PasswordHasher } from '../../../src/framework/authentication/passwords/argon2-password-hasher.js';
import { Logins } from '../../../src/framework/authentication/logins.js';
import type { Users } from '../../../src/framework/authentication/users.js';
import { Database } from '../../../src/framework/prisma/database.js';
import { Clock } from '../../../src/framework/settings/clock.js';
import { resolveSettings } from '../../../src/framework/settings/resolve-settings.js';
import type { RestSettingsHolder } from '../../../src/framework/settings/rest-settings-holder.js';
import { ThrottleCounter } from '../../../src/framework/throttling/throttle-counter.js';
import { PrismaClient } from '../../../src/library/generated/client/client.js';
import { models } from '../../../src/library/generated/models.js';

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

export const hasher = new Argon2PasswordHasher({ memoryCost: 8, timeCost: 1, parallelism: 1 });
export const settings = new AuthenticationSettings({ model: models.user }, models);

/** Signing in with the default rates, counted in memory. */
export function loginsOf(users: Users, loginRates: Partial<RestSettingsHolder['settings']['loginRates']> = {}): Logins {
  const holder: RestSettingsHolder = { settings: resolveSettings({ authentication: [], permissions: [], loginRates }) };
  const clock = new Clock();
  return new Logins(users, new ThrottleCounter(holder, clock, undefined as never), clock, holder);
}

/** The library's schema in an embedded database: alice, active, and carol, who is not. */
export async function openLoginDatabase() {
  const pglite = await PGlite.create();
  for (const entry of (await readdir(MIGRATIONS)).sort()) {
    if (!entry.endsWith('.toml')) await pglite.exec(await readFile(join(MIGRATIONS, entry, 'migration.sql'), 'utf8'));
  }

  const client = new PrismaClient({ adapter: new PrismaPGlite(pglite) });
  const alice = await client.user.create({ data: { username: 'alice', password: await hasher.hash('alice-pass-1') } });
  const carol = await client.user.create({ data: { username: 'carol', password: await hasher.hash('carol-pass-1'), isActive: false } });
  const statements = vi.spyOn(pglite, 'query');
  return {
    pglite,
    client,
    database: new Database(client),
    alice,
    carol,
    /** The statements that a function sends, but for those that begin and end a transaction. */
    async statementsOf(run: () => Promise<unknown>): Promise<string[]> {
      statements.mockClear();
      await run();
      return statements.mock.calls.map(([sql]) => sql);
    },
    async close() {
      await client.$disconnect();
      await pglite.close();
    },
  };
}
