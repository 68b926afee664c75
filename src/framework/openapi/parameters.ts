import type { FilterParameter } from '../filters/filter-backend.js';
import type { RegisteredRoute } from '../viewsets/registered-views.js';
import { columnSchema } from './column-schema.js';
import type { Exchange } from './exchange.js';
import { isStandard } from './exchange.js';
import { modernized, type JsonSchema } from './json-schema.js';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: true;
  readonly description?: string;
  /** False for a list with commas between its values. */
  readonly explode?: boolean;
  readonly schema: JsonSchema;
}

/** The parameters of a route's address: of the type of the column that they find a row by. */
export function pathParameters({ url, metadata: { options } }: RegisteredRoute): Parameter[] {
  const { model, parents } = options;
  const lookupField = options.lookupField ?? model?.primaryKey[0];
  const kwarg = options.lookupUrlKwarg ?? options.lookupField ?? 'pk';
  return [...url.matchAll(/:(\w+)/g)].map(([, name = '']): Parameter => {
    const parent = (parents as Readonly<Record<string, typeof model>> | undefined)?.[name];
    const of = parent ?? (name === kwarg ? model : undefined);
    const column = of?.fields[(parent ? parent.primaryKey[0] : lookupField) as string];
    if (!of || !column) return { name, in: 'path', required: true, schema: { type: 'string' } };
    const schema = columnSchema(column);
    const kind = schema['type'] === 'integer' ? 'integer ' : schema['format'] === 'uuid' ? 'UUID ' : '';
    return { name, in: 'path', required: true, description: `A unique ${kind}value identifying this ${of.verboseName}.`, schema };
  });
}

/**
 * The parameters of a route's query: of the paginator for lists, of the filter backends for lists and for the rows that GET finds (GEN-3). A change of a
 * row is filtered too; no client means to, so that the document is silent there.
 */
export function queryParameters(
  registered: RegisteredRoute,
  { many }: Pick<Exchange, 'many'>,
): { readonly page: Parameter[]; readonly filters: Parameter[] } {
  const { handler, method } = registered;
  const filtered = many || (isStandard(registered) && handler.detail && method === 'GET');
  return {
    page: many ? (handler.paginator?.parameters() ?? []).map(inQuery) : [],
    filters: filtered ? handler.filterBackends.flatMap((backend) => backend.parameters()).map(inQuery) : [],
  };
}

const inQuery = ({ name, description, schema, required, commas }: FilterParameter): Parameter => ({
  name,
  in: 'query',
  ...(required && { required }),
  ...(description && { description }),
  ...(commas && { explode: false }),
  schema: modernized(schema),
});
