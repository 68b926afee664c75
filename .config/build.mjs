/**
 * Builds what is older than its sources: the Prisma generator, then what it and Prisma generate, then the framework and the library.
 *
 *   node .config/build.mjs [--only=generate] [--force]
 *
 * Needs no network: `prisma generate` asks for an engine that it never runs, unless a variable names one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({ options: { only: { type: 'string' }, force: { type: 'boolean', default: false } } });
const root = fileURLToPath(new URL('..', import.meta.url));
const stamps = join(root, 'node_modules/.cache/nest-rest-framework');

const steps = [
  {
    name: 'generator',
    does: 'Compiling the Prisma generator',
    command: ['node_modules/typescript/bin/tsc', '-p', 'src/generator/tsconfig.json'],
    inputs: ['src/generator', 'src/framework/models', 'tsconfig.json', 'package-lock.json'],
    outputs: ['dist/generator/main.js'],
  },
  {
    name: 'generate',
    does: 'Generating the Prisma client and the models',
    command: ['node_modules/prisma/build/index.js', 'generate', '--no-hints'],
    inputs: ['prisma/schema.prisma', 'prisma/rest.prisma', '.config/prisma.ts', 'src/generator', 'src/framework/models', 'package-lock.json'],
    outputs: ['src/library/generated/client/client.ts', 'src/library/generated/models.ts'],
  },
  {
    name: 'build',
    does: 'Compiling the framework and the library',
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
    inputs: ['src', 'nest-cli.json', 'tsconfig.json', 'package-lock.json'],
    outputs: ['dist/framework/index.js', 'dist/library/main.js'],
  },
];

if (options.only !== undefined && !steps.some(({ name }) => name === options.only)) {
  process.stderr.write(`--only=${options.only}: the steps are ${steps.map(({ name }) => name).join(', ')}.\n`);
  process.exit(2);
}
const last = steps.findIndex(({ name }) => name === options.only);
for (const step of last === -1 ? steps : steps.slice(0, last + 1)) run(step);

function run({ name, does, command, inputs, outputs }) {
  const stamp = join(stamps, name);
  if (!options.force && isFresh(stamp, inputs, outputs)) return;
  process.stdout.write(`${does} …\n`);
  const started = new Date();
  const { status, error } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  if (error) throw error;
  if (status !== 0) {
    process.stderr.write(`${does}: failed.\n`);
    process.exit(status ?? 1);
  }
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, '');
  // What was changed while the step ran is newer than its beginning.
  utimesSync(stamp, started, started);
  process.stdout.write(`${does}: ${((Date.now() - started.getTime()) / 1000).toFixed(1)} s\n`);
}

function isFresh(stamp, inputs, outputs) {
  if (!existsSync(stamp) || !outputs.every((output) => existsSync(join(root, output)))) return false;
  const built = statSync(stamp).mtimeMs;
  return inputs.every((input) => newest(join(root, input)) < built);
}

/** The time of the newest file or folder beneath: a folder is newer when a file was removed from it. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((entry) => newest(join(path, entry))));
}
