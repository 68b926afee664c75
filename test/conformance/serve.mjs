// Compiles the lab and the server beside the build, and runs them: what is conformant is what is published.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'test/conformance/tsconfig.json'], { cwd: root, stdio: 'inherit' });
await import(new URL('build/server.js', import.meta.url).href);
