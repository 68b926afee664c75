#!/usr/bin/env node
import { migrate, MIGRATE_USAGE } from './migrate-command.js';
import { UsageError } from './usage-error.js';

const COMMANDS: ReadonlyMap<string, (args: readonly string[]) => Promise<number>> = new Map([
  ['migrate', (args: readonly string[]) => migrate(args, process.env, (line) => console.log(line))],
]);

const [name = '--help', ...args] = process.argv.slice(2);
const command = COMMANDS.get(name);
if (command === undefined) {
  const asked = name === '--help' || name === '-h';
  (asked ? console.log : console.error)(asked ? MIGRATE_USAGE : `${name}: no such command.\n\n${MIGRATE_USAGE}`);
  process.exitCode = asked ? 0 : 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    const isUsage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true;
    // The engine's errors say in their message which migration failed and why; its stack is WebAssembly's.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = isUsage ? 2 : 1;
  }
}
