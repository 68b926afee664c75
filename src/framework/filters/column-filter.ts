import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RelationField, ScalarField } from '../models/model.js';
import { BooleanFilter } from './boolean-filter.js';
import { CharFilter } from './char-filter.js';
import { ChoiceFilter } from './choice-filter.js';
import { DateFilter } from './date-filter.js';
import { DateTimeFilter } from './date-time-filter.js';
import type { AnyFilter, FilterOptions, ValueKind } from './filter.js';
import { isTextLookup, ORDER, periodOf, type LookupName } from './lookup-names.js';
import { ModelChoiceFilter, ModelMultipleChoiceFilter } from './model-choice-filter.js';
import type { ModelPath } from './model-path.js';
import { NumberFilter } from './number-filter.js';
import { TimeFilter } from './time-filter.js';
import { UUIDFilter } from './uuid-filter.js';

type ColumnKind = 'text' | 'uuid' | 'enum' | 'boolean' | 'number' | 'date' | 'moment' | 'time' | 'opaque';

/** The filters that read what a kind of column is compared with; the first one is made where none is declared. */
const READERS: Readonly<Record<ColumnKind, readonly ValueKind[]>> = {
  text: ['text', 'choice', 'uuid', 'key'],
  uuid: ['uuid', 'text', 'choice', 'key'],
  enum: ['choice', 'text'],
  boolean: ['boolean'],
  number: ['number', 'key'],
  date: ['date'],
  moment: ['moment'],
  time: ['time'],
  opaque: [],
};

/**
 * The filter that a field's type calls for, as django-filter chooses it.
 * @throws ConfigurationError for a lookup that makes no sense there.
 */
export function columnFilter({ end }: ModelPath, options: FilterOptions, subject: string): AnyFilter {
  const lookup = options.lookup ?? 'exact';
  if (end.relation) {
    assertRelationLookup(end.relation, lookup, subject);
    if (lookup === 'isnull') return new BooleanFilter(options);
    const toField = end.relation.to.length === 1 ? { toField: end.relation.to[0]! } : {};
    return new (end.relation.many ? ModelMultipleChoiceFilter : ModelChoiceFilter)(end.relation.model(), { ...options, ...toField } as FilterOptions<
      never,
      string,
      'exact'
    >);
  }
  switch (readersOf(end.field, lookup, subject)[0]) {
    case 'choice':
      // As in django-filter: a list of choices is not checked, unknown ones match nothing.
      return lookup === 'exact' ? new ChoiceFilter({ ...options, lookup, choices: end.field.choices ?? [] }) : new CharFilter(options);
    case 'number':
      return new NumberFilter(options);
    case 'boolean':
      return new BooleanFilter(options);
    case 'date':
      return new DateFilter(options);
    case 'moment':
      return new DateTimeFilter(options);
    case 'time':
      return new TimeFilter(options);
    case 'uuid':
      return new UUIDFilter(options);
    default:
      return new CharFilter(options);
  }
}

/** @throws ConfigurationError where a declared filter reads what the field cannot be compared with. */
export function assertReads(filter: AnyFilter, { end }: ModelPath, subject: string): void {
  if (end.relation) {
    assertRelationLookup(end.relation, filter.lookup, subject);
    const wanted = filter.lookup === 'isnull' ? 'boolean' : 'key';
    if (filter.kind === wanted || filter.kind === 'other') return;
    throw new ConfigurationError(
      `${subject}: ${end.relation.name} is a relation, which ${filter.constructor.name} does not read; use ${wanted === 'key' ? `modelChoiceFilter, or name a field of ${end.relation.model().name}` : 'booleanFilter'}.`,
    );
  }
  const readers = readersOf(end.field, filter.lookup, subject);
  if (filter.kind === 'other' || readers.includes(filter.kind)) return;
  throw new ConfigurationError(
    `${subject}: ${filter.constructor.name} reads what ${end.field.name} (${end.field.type}) cannot be compared with by ${filter.lookup}; use ${FUNCTIONS[readers[0]!]}.`,
  );
}

const FUNCTIONS: Readonly<Record<ValueKind, string>> = {
  text: 'charFilter',
  number: 'numberFilter',
  boolean: 'booleanFilter',
  date: 'dateFilter',
  moment: 'dateTimeFilter',
  time: 'timeFilter',
  uuid: 'uuidFilter',
  choice: 'choiceFilter',
  key: 'modelChoiceFilter',
  other: 'a filter of your own',
};

function readersOf(field: ScalarField, lookup: LookupName, subject: string): readonly ValueKind[] {
  if (lookup === 'isnull') return ['boolean'];
  const kind = columnKind(field);
  const period = periodOf(lookup);
  if (period?.period === 'year' && (kind === 'date' || kind === 'moment')) return ['number'];
  if (period?.period === 'date' && kind === 'moment') return ['date'];
  if (period || !fits(kind, lookup)) {
    const named = field.list ? `a list of ${field.type}` : kind === 'date' || kind === 'time' || kind === 'uuid' ? kind : field.type;
    throw new ConfigurationError(`${subject}: a column of type ${named} cannot be compared by ${lookup}; use one of ${lookupsOf(kind).join(', ')}.`);
  }
  return READERS[kind];
}

const fits = (kind: ColumnKind, lookup: LookupName) => lookupsOf(kind).includes(lookup) || (kind === 'text' && isTextLookup(lookup));

function lookupsOf(kind: ColumnKind): readonly LookupName[] {
  switch (kind) {
    case 'opaque':
      return ['isnull'];
    case 'boolean':
      return ['exact', 'isnull'];
    case 'enum':
    case 'uuid':
      return ['exact', 'in', 'isnull'];
    case 'date':
      return [...ORDER, 'year', 'isnull'];
    case 'moment':
      return [...ORDER, 'year', 'date', 'isnull'];
    default:
      return [...ORDER, 'isnull'];
  }
}

function columnKind({ type, list, nativeType }: ScalarField): ColumnKind {
  if (list) return 'opaque';
  switch (type) {
    case 'String':
      return nativeType?.[0] === 'Uuid' ? 'uuid' : nativeType && ['Inet', 'Bit', 'VarBit', 'Xml'].includes(nativeType[0]) ? 'enum' : 'text';
    case 'Enum':
      return 'enum';
    case 'Boolean':
      return 'boolean';
    case 'DateTime':
      return nativeType?.[0] === 'Date' ? 'date' : nativeType?.[0]?.startsWith('Time') && !nativeType[0].startsWith('Timestamp') ? 'time' : 'moment';
    case 'Json':
    case 'Bytes':
      return 'opaque';
    default:
      return 'number';
  }
}

function assertRelationLookup(relation: RelationField, lookup: LookupName, subject: string): void {
  const known = relation.many ? ['exact', 'isnull'] : ['exact', 'in', 'isnull'];
  if (known.includes(lookup)) return;
  throw new ConfigurationError(
    `${subject}: ${relation.name} is a relation, which cannot be compared by ${lookup}; use one of ${known.join(', ')}, or name a field of ${relation.model().name}.`,
  );
}
