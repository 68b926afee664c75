import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import type { Field } from '../fields/field.js';
import { pythonString } from '../fields/text/python.js';
import type { UniqueConstraint } from '../models/model.js';
import { HyperlinkedRelatedField } from '../relations/hyperlinked-related-field.js';
import { PrimaryKeyRelatedField } from '../relations/primary-key-related-field.js';
import { wholeError } from '../serializers/input/finish-whole.js';
import { NestedField } from '../serializers/nested-field.js';
import { sourceOf } from '../serializers/compiled/unique-sets.js';
import type { RestSettings } from '../settings/settings.js';
import { uniqueMessage, uniqueSetMessage } from '../validators/unique-messages.js';
import { fieldPlace, rowPath, type FieldPlace } from './row-place.js';
import type { GoneSuspect, MissingSuspect, Suspect, TakenSuspect } from './suspect.js';
import { serializerOf } from './written-by.js';
import type { WrittenRow } from './written-row.js';

export type ConflictSettings = Pick<RestSettings, 'models' | 'naming' | 'nonFieldErrorsKey' | 'manyRelatedErrors' | 'conflictStatus'>;

/** What is said at a place of the body. */
export interface PlacedDetail {
  readonly path: readonly string[];
  readonly detail: Detail;
}

/** What a client is told of a row, in the words of validation; undefined where it is about nothing that the client has sent. */
export function suspectDetail(suspect: Suspect, settings: ConflictSettings): PlacedDetail | undefined {
  switch (suspect.kind) {
    case 'taken':
      return takenDetail(suspect, settings);
    case 'missing':
      return missingDetail(suspect, settings);
    case 'gone':
      return goneDetail(suspect, settings);
  }
}

function takenDetail({ row, unique }: TakenSuspect, settings: ConflictSettings): PlacedDetail {
  const { naming, nonFieldErrorsKey } = settings;
  const path = rowPath(row, naming);
  const { model } = row.write;
  const serializer = serializerOf(row.write);
  const whole = (detail: Detail): PlacedDetail => ({ path, detail: { [nonFieldErrorsKey]: [detail] } });
  const [only] = unique.fields.length === 1 ? unique.fields : [];
  if (row.named)
    return namedDetail(row, only === undefined ? uniqueSetMessage(wiresOf(row, unique, settings)) : uniqueMessage(model, only), settings);
  const parents = row.within && fieldPlace(serializerOf(row.within.row.write), row.within.relation.name)?.bound.write?.parentSets;
  const parentSet = parents?.find(({ columns }) => isSame(columns, unique));
  if (parentSet) return whole(parentSet.wires.length === 1 && only !== undefined ? uniqueMessage(model, only) : uniqueSetMessage(parentSet.wires));
  const said = serializer?.lookups.find((lookup) => lookup.model.name === model.name && isSame(lookup.columns, unique));
  if (said && serializer) return { path, detail: wholeError(said.error(), serializer).detail };
  if (only === undefined) return whole(uniqueSetMessage(wiresOf(row, unique, settings)));
  const place = fieldOf(row, only);
  const own = place?.bound.lookups.find((lookup) => lookup.model.name === model.name && isSame(lookup.columns, unique));
  return { path: [...path, ...(place?.path ?? [naming(sourceOf(model, only))])], detail: own?.error().detail ?? [uniqueMessage(model, only)] };
}

const isSame = (columns: readonly string[], { fields }: UniqueConstraint) =>
  columns.length === fields.length && fields.every((name) => columns.includes(name));

const fieldOf = ({ write }: WrittenRow, column: string): FieldPlace | undefined =>
  fieldPlace(serializerOf(write), column, write.model.fields[column]?.foreignKeyOf);

const wiresOf = (row: WrittenRow, { fields }: UniqueConstraint, { naming }: ConflictSettings): string[] =>
  fields.map((column) => fieldOf(row, column)?.bound.wire ?? naming(sourceOf(row.write.model, column)));

function missingDetail({ row, relation, at, key }: MissingSuspect, settings: ConflictSettings): PlacedDetail | undefined {
  const place = fieldPlace(serializerOf(row.write), relation.name, ...relation.from);
  if (!place) return undefined;
  const path = [...rowPath(row, settings.naming), ...place.path];
  return notThere(place, path, relation.many ? at : undefined, Object.values(key)[0], settings);
}

/** A row that input names by its key alone, or an object that it names by it. */
function goneDetail({ row }: GoneSuspect, settings: ConflictSettings): PlacedDetail | undefined {
  const { within, key } = row;
  if (!within || !key) return undefined;
  const place = fieldPlace(serializerOf(within.row.write), within.relation.name);
  if (!place) return undefined;
  const path = [...rowPath(within.row, settings.naming), ...place.path];
  return notThere(place, path, within.relation.many ? within.at : undefined, Object.values(key).join(', '), settings);
}

/** That the row of a key is not there, as the field says it. */
function notThere(
  { bound: { field, write } }: FieldPlace,
  path: readonly string[],
  at: number | undefined,
  key: unknown,
  { manyRelatedErrors }: ConflictSettings,
): PlacedDetail {
  const index = at === undefined ? [] : [String(at)];
  if (field instanceof NestedField)
    return { path: [...path, ...index, write?.keys[0]?.wire ?? 'id'], detail: [field.error('does_not_exist', { pk_value: key })] };
  const detail = [related(field, key)];
  return at !== undefined && manyRelatedErrors === 'all' ? { path: [...path, ...index], detail } : { path, detail };
}

/** A slug that the row had is not known any more. */
function related(field: Field, key: unknown): Detail {
  if (field instanceof HyperlinkedRelatedField) return field.error('does_not_exist');
  if (!(field instanceof PrimaryKeyRelatedField)) return errorDetail('Object does not exist.', 'does_not_exist');
  const { pkField } = field.options;
  return field.error('does_not_exist', { pk_value: pythonString(pkField ? pkField.toRepresentation(key as never) : key) });
}

/** Of a row that is linked by its key: at the object that names it, else at the field that names them all. */
function namedDetail({ within }: WrittenRow, message: Detail, { naming, nonFieldErrorsKey }: ConflictSettings): PlacedDetail {
  const { row, relation, at } = within!;
  const place = fieldPlace(serializerOf(row.write), relation.name);
  const path = [...rowPath(row, naming), ...(place?.path ?? [naming(relation.name)])];
  if (!(place?.bound.field instanceof NestedField)) return { path, detail: [message] };
  return { path: [...path, ...(relation.many ? [String(at)] : [])], detail: { [nonFieldErrorsKey]: [message] } };
}
