import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../../src/cli/migrate-command.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrate-'));
  await writeFile(join(folder, 'schema.prisma'), 'datasource db {\n provider = "postgresql"\n}\nmodel A {\n id Int @id\n}');
  return () => rm(folder, { recursive: true });
});

async function run(...args: string[]): Promise<{ status: number; lines: string[] }> {
  const lines: string[] = [];
  const paths = ['--schema', join(folder, 'schema.prisma'), '--migrations', join(folder, 'migrations')];
  const status = await migrate([...args, ...paths], { EMBEDDED_DATABASE: join(folder, 'data') }, (line) => lines.push(line));
  return { status, lines };
}

describe('nest-rest migrate', () => {
  it('writes a migration, shows it as pending, and applies it', async () => {
    expect((await run('--create', 'first')).lines).toEqual([expect.stringMatching(/^Wrote .*_first\/migration\.sql/)]);
    expect(await run('--status')).toEqual({ status: 1, lines: [expect.stringMatching(/^pending \d{14}_first$/)] });
    expect(await run()).toEqual({ status: 0, lines: [expect.stringMatching(/^Applied \d{14}_first$/)] });
    expect(await readdir(join(folder, 'migrations'))).toHaveLength(2);
    // Three starts of the embedded database.
  }, 60_000);

  it.each([
    [['--create', '../x'], 'name it with letters'],
    [['--create', 'x', '--status'], 'Choose one of'],
    [['--nonsense'], '--nonsense'],
  ])('refuses %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
