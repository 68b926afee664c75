import { Transform, type TransformCallback } from 'node:stream';
import { PayloadTooLarge } from '../exceptions/exceptions.js';

/** Lets a body through up to a number of bytes, then fails with PayloadTooLarge: for bodies that do not say their length. */
export class LimitedBody extends Transform {
  #left: number;

  constructor(bytes: number) {
    super();
    this.#left = bytes;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#left -= chunk.length;
    if (this.#left < 0) done(new PayloadTooLarge());
    else done(null, chunk);
  }
}
