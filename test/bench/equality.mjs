import { isDeepStrictEqual } from 'node:util';
import { compared } from './requests.mjs';

/** What the clock decides, and an address that differs by its port: everything else must be the same. */
function comparable(body, address) {
  return JSON.parse(body, (key, value) => {
    if (typeof value === 'string' && /^20\d\d-/.test(value) && (key === 'created_at' || key === 'updated_at')) {
      return Math.abs(Date.now() - Date.parse(value)) < 60_000 ? '<now>' : value;
    }
    return typeof value === 'string' ? value.replace(address, '<base>') : value;
  });
}

async function answerOf(server, { path, ...request }) {
  const response = await fetch(`${server.address}${path}`, request);
  const text = await response.text();
  const [media] = (response.headers.get('content-type') ?? '').split(';');
  try {
    return { status: response.status, media, body: comparable(text, server.address) };
  } catch {
    return { status: response.status, media, body: text };
  }
}

/** Asks every server the same; answers the differences from the first, in words. */
export async function differences(servers) {
  const found = [];
  for (const request of compared) {
    const [expected, ...others] = await Promise.all(servers.map((server) => answerOf(server, request)));
    others.forEach((answer, at) => {
      if (isDeepStrictEqual(answer, expected)) return;
      const asked = `${request.method} ${request.path} ${request.body ?? ''}`.slice(0, 300);
      found.push(`${asked}\n  ${servers[0].name}: ${shown(expected)}\n  ${servers[at + 1].name}: ${shown(answer)}`);
    });
  }
  return { asked: compared.length, found };
}

function shown(answer) {
  return JSON.stringify(answer).slice(0, 1000);
}
