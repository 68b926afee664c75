import { median } from './measure.mjs';

/** One row's table: a line for each server, then the ratios. Answers the ratios by peer: the median of the rounds' own. */
export function reportRow(name, results, subject) {
  console.log(`\n${name}`);
  console.log(`  ${'server'.padEnd(12)}${['req/s', 'p50 ms', 'p97.5 ms', 'p99 ms'].map((head) => head.padStart(10)).join('')}`);
  for (const [server, rounds] of Object.entries(results)) {
    const [rate, ...latencies] = ['rate', 'p50', 'p97_5', 'p99'].map((key) => median(rounds.map((round) => round[key])));
    console.log(
      `  ${server.padEnd(12)}${[rate.toFixed(0), ...latencies.map((value) => value.toFixed(0))].map((cell) => cell.padStart(10)).join('')}`,
    );
  }
  const peers = Object.entries(results).filter(([server]) => server !== subject);
  const ratios = peers.map(([peer, rounds]) => [peer, median(rounds.map((round, at) => results[subject][at].rate / round.rate))]);
  console.log(`  ${ratios.map(([peer, ratio]) => `${subject} / ${peer} = ${ratio.toFixed(2)}`).join(', ')}`);
  return Object.fromEntries(ratios);
}

export function reportMemory(peaks) {
  console.log('\npeak memory');
  for (const [server, bytes] of peaks) console.log(`  ${server.padEnd(12)}${(bytes / 2 ** 20).toFixed(0).padStart(7)} MiB`);
}

/** Says which rows reach the target; answers whether all do. */
export function reportTarget(ratios, peer, target) {
  console.log(`\ntarget: ${target} of ${peer} on every row`);
  for (const [row, byPeer] of ratios) console.log(`  ${byPeer[peer] >= target ? 'reached' : 'MISSED '}  ${byPeer[peer].toFixed(2)}  ${row}`);
  return ratios.every(([, byPeer]) => byPeer[peer] >= target);
}
