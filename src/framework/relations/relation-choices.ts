import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { Constants, ReadBuilder } from '../fields/read-builder.js';
import type { Model } from '../models/model.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';
import type { Sources } from '../sources/sources.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { CompileEnvironment, RenderContext } from '../serializers/compiled/compile-environment.js';
import type { RelatedField } from './related-field.js';

/** The rows that a client may choose for a relation, for a form or a document (REL-0). */
export interface RelationChoices {
  /** What input holds for each, and its text: that of `@rest.str`, else the value's own. */
  readonly choices: readonly RelationChoice[];
  /** What is said where there are more rows than are offered; undefined where these are all. */
  readonly more?: Detail;
}

export interface RelationChoice {
  readonly value: unknown;
  readonly label: string;
}

/**
 * The first rows that a client may choose, up to the field's cutoff, in the order of their model: in one statement, read as the field shows them.
 * `model` is that of the related rows.
 */
export class ChoiceReader {
  readonly #tree: ReadTree;
  readonly #render: (row: RawRow, context: RenderContext) => RelationChoice;

  constructor(
    private readonly field: RelatedField,
    private readonly model: Model,
    environment: CompileEnvironment,
  ) {
    const constants = new Constants();
    const builder = new ReadBuilder(model, 'r', constants, field.constructor.name);
    const value = field.emitOne(builder, environment);
    const label = model.str === undefined ? value : builder.column(model.str);
    this.#tree = builder.tree();
    this.#render = new Function(...constants.names, `return (r, c) => ({ value: ${value}, label: String(${label}) });`)(...constants.values) as never;
  }

  async read(sources: Pick<Sources, 'objects'>, request: RestRequest): Promise<RelationChoices> {
    const { settings, options } = this.field;
    const { htmlCutoff: cutoff = settings.htmlSelectCutoff, htmlCutoffText = settings.htmlSelectCutoffText } = options;
    const rows = await sources
      .objects(this.model)
      .filter(this.field.getQueryset(request) ?? {})
      .rows(this.#tree, 0, cutoff + 1);
    return {
      choices: rows.slice(0, cutoff).map((row) => this.#render(row, request)),
      ...(rows.length > cutoff && { more: errorDetail(htmlCutoffText, 'more', { count: cutoff }) }),
    };
  }
}
