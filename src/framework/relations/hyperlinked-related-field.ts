import { type Field, type FieldDescription, type FieldOf } from '../fields/field.js';
import { pythonType } from '../fields/text/python.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { readKey } from '../models/key.js';
import type { Model } from '../models/model.js';
import type { Routes, RouteTemplate } from '../routers/routes.js';
import type { CompileEnvironment } from '../serializers/compile-environment.js';
import { RelatedField, type RelatedOptions } from './related-field.js';

export interface HyperlinkedOptions<M extends Model = Model> extends RelatedOptions<M> {
  /** The name of the related row's address. Default: `{model}-detail`. */
  readonly viewName?: string;
  /** The field of the related model in that address. Default: the primary key. */
  readonly lookupField?: string;
}

/** A relation as the address of its row (REL-3). In input the host is of no account, as in DRF. */
export class HyperlinkedRelatedField extends RelatedField {
  declare readonly options: HyperlinkedOptions;
  #routes?: Routes;
  #template?: RouteTemplate;

  constructor(options: HyperlinkedOptions = {}) {
    super(options, {
      no_match: 'Invalid hyperlink - No URL match.',
      incorrect_match: 'Invalid hyperlink - Incorrect URL match.',
      does_not_exist: 'Invalid hyperlink - Object does not exist.',
      incorrect_type: 'Incorrect type. Expected URL string, received {data_type}.',
    });
  }

  emitOne(row: ReadBuilder, environment: CompileEnvironment): string {
    const model = row.model ?? (this.options.model as Model);
    this.#routes = environment.routes;
    this.#template = environment.routes.template(this.options.viewName ?? `${model.name.toLowerCase()}-detail`, row.owner);
    return hyperlink(row, this.#template, this.lookupField(model));
  }

  lookupField(model: Model): string {
    return this.options.lookupField ?? (model.primaryKey[0] as string);
  }

  read(value: unknown, model: Model): unknown {
    if (typeof value !== 'string') this.fail('incorrect_type', { data_type: pythonType(value) });
    const match = this.#routes?.resolve(pathOf(value as string));
    if (!match) this.fail('no_match');
    if (match.name !== this.#template?.name) this.fail('incorrect_match');
    const key = readKey(model.fields[this.lookupField(model)]!, Object.values(match.params).at(-1));
    if (key.kind !== 'key') this.missing();
    return key.value;
  }

  missing(): never {
    this.fail('does_not_exist');
  }

  describe(): FieldDescription {
    return { type: 'field', schema: { type: 'string', format: 'uri' } };
  }
}

/** The code of a row's absolute address. */
export function hyperlink(row: ReadBuilder, template: RouteTemplate, lookupField: string): string {
  const [before, after] = template.around;
  return `c.baseUrl + ${JSON.stringify(before)} + encodeURIComponent(${row.column(lookupField)}) + ${JSON.stringify(after)}`;
}

function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/i, '');
  return path.split(/[?#]/, 1)[0] as string;
}

type Shape<O> = O extends { many: true } ? string[] : string;

/**
 * @example
 * books = hyperlinkedRelated(models.book, { many: true, readOnly: true });
 */
export function hyperlinkedRelated<M extends Model, const O extends HyperlinkedOptions<M> = {}>(
  model: M,
  options?: O,
): FieldOf<Shape<O>, unknown, O> {
  return new HyperlinkedRelatedField({ ...options, model }) as Field as FieldOf<Shape<O>, unknown, O>;
}
