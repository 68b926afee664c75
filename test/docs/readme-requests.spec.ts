import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Library, openLibrary } from '../e2e/library.js';
import { root } from '../structure/source-tree.js';

interface Shown {
  readonly command: string;
  readonly status: number;
  readonly answer: string;
}

/** Every `$ curl … # 200` of the README with the line that it answers. */
const shown = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\$ (curl .+) # (\d{3})\n(.*)$/gm)].map(
  ([, command, status, answer]): Shown => ({ command: command!, status: Number(status), answer: answer! }),
);

/** What of curl's arguments the README uses. */
function requestOf(command: string) {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!).slice(1);
  const option = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
  const [json, user] = [option('--json'), option('-u')];
  const { host, pathname, search } = new URL(words.find((word) => word.startsWith('http'))!);
  return {
    method: (option('-X') ?? (json === undefined ? 'GET' : 'POST')) as 'GET' | 'POST' | 'DELETE',
    url: pathname + search,
    headers: {
      host,
      ...(user !== undefined && { authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
      ...(json !== undefined && { 'content-type': 'application/json', accept: 'application/json' }),
    },
    ...(json !== undefined && { payload: json }),
  };
}

/** The moment of a row that the request made is another one each time. */
const settled = (status: number, text: string) => (status === 201 ? text.replace(/"created_at":"[^"]*"/, '"created_at":"…"') : text);

describe('the README', () => {
  let library: Library;
  beforeAll(async () => void (library = await openLibrary()));
  afterAll(() => library.close());

  it('shows requests', () => {
    expect(shown.length).toBeGreaterThan(5);
  });

  // In the order of the page: what one request makes, a later one meets.
  it.each(shown)('is right about $command', async ({ command, status, answer }) => {
    const { method, url, ...rest } = requestOf(command);
    const response = await library.send(method, url, rest);
    expect([response.statusCode, settled(status, response.body)]).toEqual([status, settled(status, answer)]);
  });
});
