import type { Readable } from 'node:stream';

/** The body of a request that nobody has read yet: what Fastify's `request.body` holds on the framework's routes until a handler asks for the data. */
export class LazyBody {
  constructor(
    readonly stream: Readable,
    /** The parsed body: what `request.data()` answers. */
    readonly read?: () => Promise<unknown>,
  ) {}
}
