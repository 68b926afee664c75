#!/usr/bin/env node
/**
 * The package as its users get it: packed, checked by publint, installed with its peers into an empty folder, an application compiled against it,
 * and one that answers. Runs what is built; asks the registry for what npm's cache lacks.
 *
 *   node test/package/pack.mjs [--keep]
 */
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'packed-'));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// What an application on the embedded database brings besides the package and its required peers.
const brought = ['@electric-sql/pglite', '@types/node', 'pglite-prisma-adapter', 'prisma', 'typescript'];
const limitBytes = 2 * 2 ** 20;

try {
  const tarball = pack();
  await lint(tarball);
  install(tarball);
  run('npx', ['--no-install', 'prisma', 'generate', '--no-hints']);
  run('npx', ['--no-install', 'nest-rest', 'migrate', '--create', 'initial']);
  run('npx', ['--no-install', 'tsc']);
  check(run('node', ['dist/main.js']));
  console.log('the package installs, compiles, boots and answers');
} finally {
  if (process.argv.includes('--keep')) console.log(`kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}

function pack() {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root));
  const paths = packed.files.map(({ path }) => path);
  const foreign = paths.filter(
    (path) => !/^(dist\/(framework|generator|cli|schematics)\/|prisma\/rest\.prisma$|docs\/|[A-Z]+(\.md)?$|package\.json$)/.test(path),
  );
  assert.deepEqual(foreign, [], 'the package holds files that are not its own');
  assert.ok(paths.includes('prisma/rest.prisma') && paths.includes('LICENSE') && paths.includes('README.md'), 'the package lacks a file');
  assert.ok(packed.size < limitBytes, `the package has ${packed.size} bytes`);
  console.log(`${packed.filename}: ${packed.files.length} files, ${(packed.size / 1024).toFixed(0)} KiB`);
  return join(folder, packed.filename);
}

async function lint(tarball) {
  const { buffer } = Uint8Array.from(readFileSync(tarball));
  const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, manifest, { color: false })),
    [],
    'publint',
  );
}

function install(tarball) {
  cpSync(join(root, 'test/package/application'), folder, { recursive: true });
  const optional = manifest.peerDependenciesMeta ?? {};
  const peers = Object.keys(manifest.peerDependencies).filter((name) => !optional[name]?.optional);
  const versions = { ...manifest.peerDependencies, ...manifest.devDependencies };
  const dependencies = Object.fromEntries([...peers, ...brought].map((name) => [name, versions[name]]));
  const application = { name: 'application', private: true, type: 'module', dependencies: { ...dependencies, [manifest.name]: `file:${tarball}` } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(application, null, 2));
  run('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

function check(output) {
  const [createdStatus, created, refusedStatus, refused, listedStatus, listed] = JSON.parse(output.trim().split('\n').at(-1));
  assert.deepEqual([createdStatus, created], [201, { id: 1, text: 'Buy milk', done: false }]);
  assert.deepEqual([refusedStatus, refused], [400, { text: ['Ensure this field has no more than 20 characters.'] }]);
  assert.deepEqual([listedStatus, listed], [200, [created]]);
}

/** Runs a command, in the application's folder unless told, and answers what it prints; the prisma command needs no engine, and asks for none. */
function run(command, args, cwd = folder) {
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
