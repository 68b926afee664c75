/**
 * Replays the recorded cases against a server that runs (npm run conformance:serve), area by area: those that the lab covers, or the one that is named.
 *
 *   npm run conformance -- [--base http://127.0.0.1:4100] [--area crud] [--name TEXT] [--show N]
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COVERED = ['access', 'crud', 'actions', 'filtering', 'pagination', 'errors', 'fields', 'throttling'];

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const given = process.argv.slice(2);
const base = given.includes('--base') ? [] : ['--base', `http://127.0.0.1:${process.env.PORT ?? 4100}`];

for (const area of given.includes('--area') ? [undefined] : COVERED) {
  const options = [...base, '--cases', beside('cases'), '--deviations', beside('deviations.json'), ...given, ...(area ? ['--area', area] : [])];
  const { status } = spawnSync(process.execPath, [beside('replay.mjs'), ...options], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}
