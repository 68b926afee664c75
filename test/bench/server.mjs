import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const startLimit = 60_000;

/** A server under measurement: its name, its address, and the process behind it. */
export class Server {
  #child;

  /** @param {string} name @param {string} address @param {import('node:child_process').ChildProcess} child */
  constructor(name, address, child) {
    this.name = name;
    this.address = address;
    this.#child = child;
  }

  /** @param {string} name @param {string} module relative to this folder @param {string} databaseUrl */
  static async start(name, module, databaseUrl) {
    const child = fork(fileURLToPath(new URL('child.mjs', import.meta.url)), [new URL(module, import.meta.url).href], {
      env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: databaseUrl },
    });
    const started = await Promise.race([
      once(child, 'message', { signal: AbortSignal.timeout(startLimit) }).then(([message]) => message),
      once(child, 'exit').then(([code]) => ({ failed: `ended with ${code} before it listened` })),
    ]).catch(() => ({ failed: `did not listen within ${startLimit / 1000} s` }));
    if (started.failed) {
      child.kill('SIGKILL');
      throw new Error(`${name} ${started.failed}`);
    }
    return new Server(name, started.address, child);
  }

  /** The greatest resident set of the process so far, in bytes. */
  async peakMemory() {
    const answer = once(this.#child, 'message');
    this.#child.send('memory');
    const [{ peak }] = await answer;
    return peak;
  }

  async stop() {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit', { signal: AbortSignal.timeout(10_000) });
    this.#child.send('stop');
    await ended.catch(() => this.#child.kill('SIGKILL'));
  }
}
