import { createHash } from 'node:crypto';
import { fastify, type FastifyRequest } from 'fastify';
import pg from 'pg';
import { pageOf } from '../book-page.js';
import { bookQuery } from '../book-query.js';
import { inactiveUser, invalidToken, notFound, notSignedIn, Refusal } from '../refusal.js';
import { Books } from './books.js';

/** Fastify and SQL without anything between. Serves until closed; the answer is its address. */
export async function start() {
  const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
  const books = new Books(pool);
  const server = fastify({ routerOptions: { ignoreTrailingSlash: true } });

  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).headers(error.headers).send(error.body);
    return reply.code(500).send({ detail: 'A server error occurred.' });
  });

  server.get('/library/books', (request) => {
    const url = new URL(request.originalUrl, `${request.protocol}://${request.host}`);
    return books.list(url, bookQuery(url.searchParams), pageOf(url.searchParams));
  });

  server.get<{ Params: { id: string } }>('/library/books/:id', ({ params: { id } }) => {
    if (!/^\d{1,9}$/.test(id)) throw notFound();
    return books.retrieve(Number(id));
  });

  server.post('/library/books', async (request, reply) => {
    await authenticate(pool, request);
    return reply.code(201).send(await books.create(request.body));
  });

  const address = await server.listen({ port: 0, host: '127.0.0.1' });
  return { address, close: () => server.close().then(() => pool.end()) };
}

async function authenticate(pool: pg.Pool, request: FastifyRequest): Promise<void> {
  const [, token] = /^token (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw notSignedIn();
  const { rows } = await pool.query<{ is_active: boolean }>('SELECT u.* FROM auth_token t JOIN "user" u ON u.id = t.user_id WHERE t.digest = $1', [
    createHash('sha256').update(token).digest('hex'),
  ]);
  if (rows[0] === undefined) throw invalidToken();
  if (!rows[0].is_active) throw inactiveUser();
}
