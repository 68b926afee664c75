import type { Readable } from 'node:stream';
import { ParseError, PayloadTooLarge } from '../exceptions/exceptions.js';
import type { ParserContext } from './parser.js';

/**
 * The whole body, for a parser that needs it at once.
 * @throws PayloadTooLarge past `limits.bodyLimit`; nothing more is read then. ParseError where the client goes away.
 */
export async function readBytes(stream: Readable, context: ParserContext): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await eachChunk(stream, context, context.limits.bodyLimit, (chunk) => void chunks.push(chunk));
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/**
 * Hands the body's chunks to `take` one after another, and waits for a promise that it answers.
 * The stream is left paused, not destroyed, where it fails: destroying a request would cut the connection before the answer is out.
 * @throws PayloadTooLarge past `mostBytes`, ParseError where the client goes away, and whatever `take` throws.
 */
export function eachChunk(
  stream: Readable,
  { contentLength }: Pick<ParserContext, 'contentLength'>,
  mostBytes: number,
  take: (chunk: Buffer) => void | Promise<void>,
): Promise<void> {
  if (contentLength !== undefined && contentLength > mostBytes) return Promise.reject(new PayloadTooLarge());
  if (stream.readableEnded) return Promise.resolve();
  return new Promise((resolve, reject) => {
    let size = 0;
    let busy: Promise<void> | undefined;
    const stop = (end: () => void) => {
      stream.off('data', onData).off('end', onEnd).off('close', onLost).pause();
      end();
    };
    const fail = (error: unknown) => stop(() => reject(error));
    const onEnd = () => stop(() => (busy ? busy.then(resolve, reject) : resolve()));
    const onLost = () => fail(new ParseError('The request ended before its body was complete.'));
    const onData = (data: Buffer | string) => {
      const chunk = typeof data === 'string' ? Buffer.from(data) : data;
      if ((size += chunk.length) > mostBytes) return fail(new PayloadTooLarge());
      try {
        const wait = take(chunk);
        if (!wait) return;
        stream.pause();
        busy = wait.then(() => {
          busy = undefined;
          stream.resume();
        });
        busy.catch(fail);
      } catch (error) {
        fail(error);
      }
    };
    // The listener for errors stays: one that comes late must find somebody.
    stream.on('data', onData).on('end', onEnd).on('close', onLost).on('error', onLost);
    if (stream.destroyed) onLost();
  });
}
