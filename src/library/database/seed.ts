import { PrismaClient } from '../generated/client/client.js';
import { EnvironmentError, readEnvironment } from '../environment.js';
import { fill, setPassword } from './fill.js';
import { openDatabase } from './open-database.js';

/** `npm run seed`: fills an empty database with the demonstration rows. On a server nobody can sign in, but admin with ADMIN_PASSWORD. */
async function seed(): Promise<string> {
  const environment = readEnvironment();
  const database = await openDatabase(environment);
  const client = new PrismaClient({ adapter: database.adapterFactory });
  try {
    const { adminPassword } = environment;
    if ((await client.user.count()) === 0) {
      await fill(client, { passwords: database.kind === 'embedded', ...(adminPassword === undefined ? {} : { adminPassword }) });
      return 'Filled the database with the demonstration rows.';
    }
    if (adminPassword === undefined) return 'The database has users already: nothing was changed.';
    const isSet = await setPassword(client, 'admin', adminPassword);
    return isSet ? "The database has users already: only admin's password was set." : 'The database has users already, and none is called admin.';
  } finally {
    await client.$disconnect();
    await database.close();
  }
}

try {
  process.stdout.write(`${await seed()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
