import autocannon from 'autocannon';

const connections = 10;

/**
 * Loads the servers in turn, round after round, so that what disturbs the machine disturbs all of them.
 *
 * @param {{ row: object, servers: import('./server.mjs').Server[], rounds: number, seconds: number, warmUp: number }} plan times in seconds
 * @returns for each server, by name, its rounds: `{ rate, p50, p97_5, p99 }`, requests a second and milliseconds
 */
export async function measure({ row, servers, rounds, seconds, warmUp }) {
  const results = Object.fromEntries(servers.map(({ name }) => [name, []]));
  for (const server of servers) await load(server, row, warmUp);
  for (let round = 0; round < rounds; round += 1) {
    for (const server of servers) results[server.name].push(await load(server, row, seconds));
  }
  return results;
}

async function load(server, { name, requests, status }, duration) {
  const result = await autocannon({ url: server.address, connections, duration, requests: requests.map((request) => ({ ...request })) });
  const answered = result.statusCodeStats[status]?.count ?? 0;
  if (result.errors > 0 || answered === 0 || answered !== result.requests.total) {
    throw new Error(`${server.name} answered "${name}" with ${JSON.stringify(result.statusCodeStats)} and ${result.errors} errors`);
  }
  const { p50, p97_5, p99 } = result.latency;
  return { rate: result.requests.total / result.duration, p50, p97_5, p99 };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
