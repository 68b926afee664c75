import type { INestApplication } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../exceptions/exceptions.js';
import { lastExtension } from './file-name.js';
import type { Storage } from './storage.js';

export interface ServeFilesOptions {
  /** What stands before a name in its address. Default: `/media/`. */
  readonly path?: string;
}

/** What a browser shows and cannot run. Everything else is saved as a file. */
const SHOWN: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.jfif': 'image/jpeg',
  '.jpe': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
};

/**
 * Serves the files of a storage to anyone, in development: images are shown, everything else is offered to be saved, nothing is run. Call it before
 * `listen`. In production a web server, a CDN or a bucket does it, on a host of its own.
 *
 * @example
 * if (process.env['NODE_ENV'] !== 'production') serveFiles(app, storage);
 */
export function serveFiles(app: INestApplication, storage: Storage, { path = '/media/' }: ServeFilesOptions = {}): void {
  const prefix = `/${path.replace(/^\/+|\/+$/g, '')}/`;
  app.getHttpAdapter().get(`${prefix}*`, async (request: FastifyRequest, reply: FastifyReply) => {
    const name = (request.params as Record<string, string>)['*'] ?? '';
    const type = SHOWN[lastExtension(name).toLowerCase()];
    try {
      const [size, content] = [await storage.size(name), await storage.open(name)];
      return await reply
        .header('Content-Type', type ?? 'application/octet-stream')
        .header('Content-Length', size)
        .header('Content-Disposition', type ? 'inline' : 'attachment')
        .header('Content-Security-Policy', "default-src 'none'; sandbox")
        .header('X-Content-Type-Options', 'nosniff')
        .send(content);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return reply.status(404).header('Content-Type', 'application/json').send(JSON.stringify(error.body()));
    }
  });
}
