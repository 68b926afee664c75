import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import type { Model, ScalarName } from '../models/model.js';
import type { RouteTemplate } from '../routers/routes.js';
import type { CompileEnvironment } from '../serializers/compiled/compile-environment.js';

/** Which address a row has, and which of its fields stand in it. */
export interface AddressOptions<M extends Model = Model> {
  /** The name of the row's address. Default: `{model}-detail`. */
  readonly viewName?: string;
  /** The field of the row in that address. Default: the primary key. */
  readonly lookupField?: ScalarName<M>;
  /** The parameter of the address that this field fills. Default: its last one. */
  readonly lookupUrlKwarg?: string;
  /** The fields that fill the other parameters, by parameter: `{ book: 'bookId' }` for `/books/:book/reviews/:pk/`. */
  readonly urlKwargs?: Readonly<Record<string, string>>;
}

/** The address of a model's rows. */
export interface Address {
  readonly template: RouteTemplate;
  /** The field, or path of a related row's, by parameter. */
  readonly fields: ReadonlyMap<string, string>;
  readonly lookupField: string;
  readonly lookupUrlKwarg: string;
}

/**
 * The address that options say.
 * @throws ConfigurationError where there is none of the name, or a parameter of it is not filled.
 */
export function addressOf(options: AddressOptions, model: Model, { routes }: CompileEnvironment, owner: string): Address {
  const template = routes.template(options.viewName ?? `${model.name.toLowerCase()}-detail`, owner);
  const { lookupField = model.primaryKey[0] as string, lookupUrlKwarg = template.params.at(-1) ?? 'pk', urlKwargs = {} } = options;
  const fields = new Map([...Object.entries(urlKwargs), [lookupUrlKwarg, lookupField] as const]);
  for (const name of [lookupUrlKwarg, ...Object.keys(urlKwargs)]) {
    if (!template.params.includes(name))
      throw new ConfigurationError(
        `${owner}: the address ${template.name} (${template.path}) has no parameter ${name}. It has ${template.params.join(', ') || 'none'}.`,
      );
  }
  const unfilled = template.params.find((name) => !fields.has(name));
  if (unfilled !== undefined)
    throw new ConfigurationError(
      `${owner}: nothing fills ${unfilled} in the address ${template.name} (${template.path}). Name the field: urlKwargs: { ${unfilled}: '…' }.`,
    );
  return { template, fields, lookupField, lookupUrlKwarg };
}

/** The code of a row's absolute address; null for a row that is not saved yet and has no key. */
export function emitAddress(row: ReadBuilder, { template, fields }: Address): string {
  const missing: string[] = [];
  const parts = template.path.split(/:(\w+)/).map((part, at) => {
    if (at % 2 === 0) return JSON.stringify(part);
    const { value, mayBeMissing } = emitField(row, fields.get(part) as string);
    if (mayBeMissing) missing.push(`${value} == null`);
    return `encodeURIComponent(${value})`;
  });
  const address = ['c.baseUrl', ...parts.filter((part) => part !== '""')].join(' + ');
  return missing.length > 0 ? `(${missing.join(' || ')} ? null : ${address})` : address;
}

function emitField(row: ReadBuilder, path: string): { value: string; mayBeMissing: boolean } {
  const names = path.split('.');
  const last = names.pop() as string;
  for (const name of names) row = row.one(name);
  const value = row.column(last);
  const mayBeMissing = !row.model || names.length > 0 || row.model.fields[last]!.nullable;
  return { value: names.length > 0 ? value.replaceAll('.', '?.') : value, mayBeMissing };
}
