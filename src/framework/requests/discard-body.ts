import type { Readable } from 'node:stream';

const MOST_BYTES = 64 * 1024 * 1024;
const LONGEST_MS = 30_000;

/**
 * Reads the rest of a body and throws it away, so that a client that is still sending gets its answer: cut off, most never read it.
 * One that sends on for long (64 MiB, 30 seconds) is cut off then.
 */
export function discardBody(stream: Readable): void {
  if (stream.readableEnded || stream.destroyed) return;
  let size = 0;
  const giveUp = () => stream.destroy();
  const timer = setTimeout(giveUp, LONGEST_MS).unref();
  stream
    .on('error', () => {})
    .on('data', (chunk: Buffer) => {
      if ((size += chunk.length) > MOST_BYTES) giveUp();
    })
    .once('end', () => clearTimeout(timer))
    .once('close', () => clearTimeout(timer))
    .resume();
}
