import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import type { Database } from '../prisma/database.js';

type Row = Record<string, unknown>;

/** What authentication asks of a model's delegate on a Prisma client. */
export interface ModelDelegate {
  findUnique(query: object): Promise<Row | null>;
  findMany(query: object): Promise<Row[]>;
  create(query: object): Promise<Row>;
  createMany(query: object): Promise<{ count: number }>;
  update(query: object): Promise<Row>;
  upsert(query: object): Promise<Row>;
  updateMany(query: object): Promise<{ count: number }>;
  deleteMany(query: object): Promise<{ count: number }>;
}

/**
 * The delegate on the client of the current transaction.
 * @throws ConfigurationError where the client was generated from another schema than the models.
 */
export function delegateOf(database: Database, model: Model): ModelDelegate {
  const delegate = (database.client as unknown as Readonly<Record<string, ModelDelegate | undefined>>)[model.delegate];
  if (delegate) return delegate;
  throw new ConfigurationError(
    `RestModule.forRoot: the Prisma client has no ${model.delegate} for model ${model.name}. Run \`prisma generate\`, and pass the client and the models of one schema.`,
  );
}
