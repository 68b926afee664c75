#!/usr/bin/env node
/**
 * The framework beside two servers written by hand, on the same 100,000 books and the same answers; before that, its serializers alone.
 *
 *   node test/bench/run.mjs [--short] [--row TEXT] [--without framework]
 *
 * DATABASE_URL names the PostgreSQL server; each server gets a database of its own there, dropped at the end. Exit status: 1 when the answers
 * differ, or, with --short, when a row is under 0.7 of the NestJS and Prisma peer, or when the serializers miss their limits; 0 otherwise.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Databases } from './database.mjs';
import { differences } from './equality.mjs';
import { measure } from './measure.mjs';
import { reportMemory, reportRow, reportTarget } from './report.mjs';
import { measured } from './requests.mjs';
import { Server } from './server.mjs';

const { values: options } = parseArgs({
  options: { short: { type: 'boolean' }, row: { type: 'string' }, without: { type: 'string', multiple: true } },
});

const modules = {
  framework: './framework.mjs',
  'nest-prisma': './build/nest-prisma/server.js',
  'fastify-pg': './build/fastify-pg/server.js',
};
const names = Object.keys(modules).filter((name) => !options.without?.includes(name));
const [subject] = names;
const pace = options.short ? { rounds: 3, seconds: 2, warmUp: 1 } : { rounds: 5, seconds: 6, warmUp: 3 };
const target = options.short ? 0.7 : 0.9;

const alone = options.row === undefined ? serializersAlone() : 0;
const databases = new Databases(process.env['DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres');
const servers = [];
// The peers are TypeScript beside this file; what they need of dist is the generated Prisma client.
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'test/bench/peers'], {
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  stdio: 'inherit',
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => cleanUp().finally(() => process.exit(130)));
try {
  process.exitCode = (await run()) || alone;
} finally {
  await cleanUp();
}

function serializersAlone() {
  const given = [fileURLToPath(new URL('serializers.mjs', import.meta.url)), ...(options.short ? ['--short'] : [])];
  return spawnSync(process.execPath, given, { stdio: 'inherit' }).status ?? 1;
}

async function cleanUp() {
  await Promise.all(servers.map((server) => server.stop()));
  await databases.drop();
}

async function run() {
  console.log('databases with 100,000 books …');
  const addresses = await databases.create(names);
  for (const name of names) servers.push(await Server.start(name, modules[name], addresses[name]));

  const { asked, found } = await differences(servers);
  console.log(`${asked} requests asked of each: ${found.length === 0 ? 'the same answers' : `${found.length} differences`}`);
  if (found.length > 0) {
    for (const difference of found.slice(0, 20)) console.log(`\n${difference}`);
    return 1;
  }

  const ratios = [];
  for (const row of measured.filter(({ name }) => name.includes(options.row ?? ''))) {
    const results = await measure({ row, servers, ...pace });
    ratios.push([row.name, reportRow(row.name, results, subject)]);
    if (row.writes) for (const name of names) await databases.removeCreated(addresses[name]);
  }
  reportMemory(await Promise.all(servers.map(async (server) => [server.name, await server.peakMemory()])));
  if (!names.includes('nest-prisma') || subject === 'nest-prisma') return 0;
  return reportTarget(ratios, 'nest-prisma', target) || !options.short ? 0 : 1;
}
