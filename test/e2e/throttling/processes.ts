import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The Redis that tests may write to, under keys of their own. */
export const REDIS = process.env['TEST_REDIS_URL'];
export const WITHOUT_REDIS = REDIS ? '' : ' (skipped: TEST_REDIS_URL is not set)';

/** Whether a Redis can be started and killed here. */
const hasServer = spawnSync('redis-server', ['--version']).status === 0;
export const canStartRedis = REDIS !== undefined && hasServer;
export const WITHOUT_REDIS_SERVER = canStartRedis ? '' : REDIS ? ' (skipped: redis-server is not installed)' : WITHOUT_REDIS;

/** Builds what the applications run. */
export function build(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['.config/build.mjs'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

export interface Application {
  readonly url: string;
  /** All that it has written. */
  readonly output: () => string;
  stop(): Promise<void>;
}

/** Starts a process of the application, and waits until it listens. */
export async function startApplication(redisUrl: string, prefix: string): Promise<Application> {
  const child = spawn(process.execPath, ['test/e2e/throttling/application.mjs'], {
    cwd: root,
    env: { ...process.env, REDIS_URL: redisUrl, PREFIX: prefix, NO_COLOR: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const url = await until(() => /listening at (\S+)/.exec(output)?.[1] ?? (child.exitCode === null ? undefined : fail(output)), 30_000);
  return { url, output: () => output, stop: () => end(child, 'SIGTERM') };
}

/** A Redis of the test's own, which it may kill. */
export class OwnRedis {
  readonly #folder = mkdtempSync(join(tmpdir(), 'redis-'));
  #child: ChildProcess | undefined;

  private constructor(readonly port: number) {}

  static async make(): Promise<OwnRedis> {
    return new OwnRedis(await freePort());
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', this.#folder];
    this.#child = spawn('redis-server', options, { stdio: 'ignore' });
    await until(() => answers(this.port), 10_000);
  }

  async kill(): Promise<void> {
    if (this.#child) await end(this.#child, 'SIGKILL');
    this.#child = undefined;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Asks again every 20 ms until there is an answer. */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>, milliseconds: number): Promise<T> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`It has not happened in ${milliseconds} ms: ${ask.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function fail(output: string): never {
  throw new Error(`The application has ended: ${output}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGCONT');
  child.kill(signal);
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<true | undefined> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}
