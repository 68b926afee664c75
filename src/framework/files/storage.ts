import type { Readable } from 'node:stream';

export interface SaveOptions {
  /** The most code points that the stored name may have. */
  readonly maxLength?: number;
}

/**
 * Where files are kept (Django's Storage). A name is a path without a leading slash, `covers/2026/dune.jpg`; the database holds it and nothing else.
 *
 * Derive from it for another place, and run `storageConformance` of `nest-rest-framework/testing` against it. `safePath` and `alternativeNames` make names.
 */
export abstract class Storage {
  /**
   * Stores all of a content, and answers the name that it got: the one that was asked for, made safe, or another where that one is taken. Nothing is ever
   * overwritten, nothing is there under the name until it is whole, and nothing is left where it fails.
   */
  abstract save(name: string, content: Readable, options?: SaveOptions): Promise<string>;
  /** The content of a stored file. @throws NotFound */
  abstract open(name: string): Promise<Readable>;
  /** Does nothing where there is no such file. */
  abstract delete(name: string): Promise<void>;
  abstract exists(name: string): Promise<boolean>;
  /** In bytes. @throws NotFound */
  abstract size(name: string): Promise<number>;
  /** Where a client gets the file: a whole address, or a path on this server. It is asked for every row that is shown, so that it has to know by itself. */
  abstract url(name: string): string;
}
