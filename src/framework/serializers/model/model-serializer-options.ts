import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { BytesOptions } from '../../fields/bytes-field.js';
import type { CharOptions } from '../../fields/char-field.js';
import type { ChoiceOptions } from '../../fields/choice-field.js';
import type { DecimalOptions } from '../../fields/decimal-field.js';
import type { FieldOptions } from '../../fields/field.js';
import type { NumberOptions } from '../../fields/integer-field.js';
import type { BigIntegerOptions } from '../../fields/big-integer-field.js';
import type { ListOptions } from '../../fields/list-field.js';
import { instead, nearestName } from '../../internal/nearest-name.js';
import { defaultNames } from '../../models/field-rules.js';
import type { Model, RelatedModel, RelationName, RelationsOf, RowOf, ScalarName } from '../../models/model.js';
import type { IdentityOptions } from '../../relations/hyperlinked-identity-field.js';
import type { HyperlinkedOptions } from '../../relations/hyperlinked-related-field.js';
import type { ChosenName, DefaultName, Style } from './model-values.js';

export type FieldName<M extends Model> = ScalarName<M> | RelationName<M>;

/** DRF's `Meta` (SER-19). One of `fields` and `exclude` is asked for, never both. */
export interface ModelSerializerOptions<M extends Model = Model> {
  /**
   * The model's fields and relations, in the order in which they are shown; fields declared as properties come after them. `'all'` is every one that
   * is the model's own and not hidden: the primary key, the declared fields, the other columns, the relations that hold a key (SER-20).
   */
  readonly fields?: 'all' | readonly FieldName<M>[];
  /** All but these. */
  readonly exclude?: readonly FieldName<M>[];
  /** Those that are shown and never written. */
  readonly readOnly?: readonly FieldName<M>[];
  /** Options over those that the model gives a field. */
  readonly extra?: { readonly [K in FieldName<M>]?: ExtraOptions<M, K> };
  /** False asks the database nothing beforehand about the model's unique sets, and asks for none of their fields. The constraints decide in any case. */
  readonly uniqueTogether?: boolean;
  /** How deep relations are nested, read-only, with all their fields: 0 (the default) to 10 (SER-24). */
  readonly depth?: Depth;
}

export type Depth = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** The options of the field that a column or relation becomes. */
export type ExtraOptions<M extends Model, K> =
  K extends RelationName<M>
    ? Omit<HyperlinkedOptions<RelatedModel<RelationsOf<M>[K]>>, 'model' | 'many'>
    : K extends ScalarName<M>
      ? ColumnOptions<NonNullable<RowOf<M>[K]>>
      : never;
type ColumnOptions<V> = V extends string
  ? CharOptions & Partial<Pick<ChoiceOptions, 'choices'>>
  : V extends number
    ? NumberOptions & Partial<Pick<ChoiceOptions, 'choices'>>
    : V extends bigint
      ? BigIntegerOptions
      : V extends { toDecimalPlaces(): unknown }
        ? Partial<DecimalOptions>
        : V extends Uint8Array
          ? BytesOptions
          : V extends readonly unknown[]
            ? ListOptions
            : FieldOptions;

/** What the compiler refuses of options: names that were not chosen, options that there are none of, `fields` beside `exclude`, neither of them. */
export type CheckedOptions<M extends Model, O, S extends Style> = Only<O, keyof ModelSerializerOptions> &
  OneChoice<M, O, S> & {
    readonly readOnly?: readonly ChosenName<M, O, S>[];
    readonly extra?: O extends { readonly extra: infer X } ? CheckedExtra<M, O, S, X> : unknown;
  };
/** Nothing under other names. */
type Only<O, Names> = { readonly [K in Exclude<keyof O, Names>]: never };
type OneChoice<M extends Model, O, S extends Style> = O extends { readonly fields: unknown }
  ? { readonly exclude?: never }
  : { readonly exclude: readonly DefaultName<M, S>[] };
type CheckedExtra<M extends Model, O, S extends Style, X> = {
  readonly [K in keyof X]: K extends ChosenName<M, O, S>
    ? Only<X[K], keyof ExtraOptions<M, K>>
    : S extends 'url'
      ? K extends 'url'
        ? IdentityOptions
        : never
      : never;
};

const KNOWN = ['fields', 'exclude', 'readOnly', 'extra', 'uniqueTogether', 'depth'];

/**
 * The names that options choose of a model, in their order.
 * @throws ConfigurationError for what the compiler would have refused.
 */
export function chosenNames(model: Model, options: ModelSerializerOptions, style: Style): readonly string[] {
  const fail = (message: string): never => {
    throw new ConfigurationError(`${style === 'url' ? 'Hyperlinked' : ''}ModelSerializer(${model.name}): ${message}`);
  };
  for (const name of Object.keys(options)) if (!KNOWN.includes(name)) fail(`there is no option ${name}.${instead(name, KNOWN)}`);
  const { fields, exclude, readOnly = [], extra = {}, depth = 0 } = options;
  if ((fields === undefined) === (exclude === undefined))
    fail(`${fields ? 'fields and exclude exclude each other' : 'neither fields nor exclude is given'}; list the fields, or say fields: 'all'.`);
  if (!Number.isInteger(depth) || depth < 0 || depth > 10) fail(`depth is ${String(depth)}; give a whole number from 0 to 10.`);
  const all = defaultNames(Object.values(model.fields), Object.values(model.relations)).filter(
    (name) => style === 'key' || !model.primaryKey.includes(name),
  );
  if (fields !== undefined && fields !== 'all' && !Array.isArray(fields)) fail(`fields is ${String(fields)}; list the fields, or say 'all'.`);
  if (style === 'url' && Object.hasOwn(model.fields, 'url'))
    fail('the model has a field url itself; use ModelSerializer, and hyperlinkedIdentity() under another name.');
  const known = [...Object.keys(model.fields), ...Object.keys(model.relations), ...(style === 'url' ? ['url'] : [])];
  for (const name of Array.isArray(fields) ? (fields as readonly string[]) : [])
    if (!known.includes(name)) fail(`fields names ${name}, which the model lacks.${instead(name, known)}`);
  for (const name of exclude ?? [])
    if (!all.includes(name)) fail(`exclude names ${name}, which is not among all fields: leave it out of exclude.${instead(name, all)}`);
  const listed: readonly string[] = Array.isArray(fields) ? fields : all.filter((name) => !exclude?.includes(name));
  const chosen = style === 'key' || listed.includes('url') ? listed : ['url', ...listed];
  for (const name of [...readOnly, ...Object.keys(extra)]) {
    if (chosen.includes(name)) continue;
    const nearest = nearestName(name, chosen);
    fail(`${name} has options but is not in fields${nearest === undefined ? '' : `, which has ${nearest}`}; add it there.`);
  }
  return chosen;
}
