import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Model, RelationField, ScalarField } from '../../../src/framework/models/model.js';
import type { ObjectRow } from '../../../src/framework/sources/rows/row-condition.js';

/** The rows of some models by the model's name: conditions are made of their values, and lead to these models alone. */
export type Tables = ReadonlyMap<string, readonly ObjectRow[]>;

/** Any condition on a model's rows. */
export function wheres(model: Model, tables: Tables, depth = 3): fc.Arbitrary<object> {
  const fields = Object.values(model.fields).filter(({ list, type }) => !list && type !== 'Bytes');
  const leaf = fc
    .constantFrom(...fields)
    .chain((field) => conditions(field, tables.get(model.name)!).map((condition) => ({ [field.name]: condition })));
  if (depth === 0) return leaf;
  const relations = Object.values(model.relations).filter((relation) => tables.has(relation.model().name));
  const inner = wheres(model, tables, depth - 1);
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    ...(depth > 1 && relations.length > 0
      ? [{ weight: 4, arbitrary: fc.constantFrom(...relations).chain((relation) => relationConditions(relation, tables, depth - 2)) }]
      : []),
    { weight: 1, arbitrary: fc.array(inner, { maxLength: 3 }).map((AND) => ({ AND })) },
    { weight: 2, arbitrary: fc.array(inner, { maxLength: 3 }).map((OR) => ({ OR })) },
    { weight: 2, arbitrary: inner.map((NOT) => ({ NOT })) },
    { weight: 1, arbitrary: fc.constant({}) },
  );
}

/** Any order of a model's rows: by columns, by columns of related rows, by numbers of related rows. */
export function orderings(model: Model, tables: Tables): fc.Arbitrary<string[]> {
  const key = fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...orderNames(model, tables, 2))).map(([sign, name]) => sign + name);
  return fc.uniqueArray(key, { maxLength: 3, selector: (each) => each.replace(/^-/, '') });
}

function orderNames(model: Model, tables: Tables, depth: number): string[] {
  const fields = Object.values(model.fields).flatMap(({ name, type, list }) => (list || type === 'Json' ? [] : [name]));
  const related = Object.values(model.relations).filter((relation) => depth > 0 && tables.has(relation.model().name));
  return [
    ...fields,
    ...related.flatMap((relation) =>
      relation.many ? [`${relation.name}__count`] : orderNames(relation.model(), tables, depth - 1).map((name) => `${relation.name}__${name}`),
    ),
  ];
}

function relationConditions(relation: RelationField, tables: Tables, depth: number): fc.Arbitrary<object> {
  const inner = fc.oneof({ weight: 5, arbitrary: wheres(relation.model(), tables, depth) }, { weight: 1, arbitrary: fc.constant({}) });
  const operator = relation.many ? fc.constantFrom('some', 'none', 'every') : fc.constantFrom('is', 'isNot');
  const asked = fc.tuple(operator, inner).map(([name, where]): object => ({ [name]: where }));
  const one = fc.oneof({ weight: 4, arbitrary: asked }, { weight: 1, arbitrary: fc.constantFrom(null, { is: null }, { isNot: null }) });
  return (relation.many ? asked : one).map((condition) => ({ [relation.name]: condition }));
}

function conditions(field: ScalarField, rows: readonly ObjectRow[]): fc.Arbitrary<object> {
  const known = rows.map((row) => row[field.name]).filter((value) => value !== null);
  const value = known.length > 0 ? fc.oneof(fc.constantFrom(...known), others(field)) : others(field);
  const maybe = field.nullable ? fc.option(value, { freq: 3 }) : value;
  const equality = [maybe.map((equals) => ({ equals })), maybe.map((not) => ({ not }))];
  if (field.type === 'Json') return fc.oneof(...equality);
  const order = fc.tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte'), value).map(([operator, one]) => ({ [operator]: one }));
  const lists = fc.array(value, { maxLength: 3 }).map((list) => ({ in: list }));
  const negated = fc.oneof(order, lists).map((not) => ({ not }));
  if (field.type !== 'String' || field.nativeType?.[0] === 'Uuid') return fc.oneof(...equality, order, lists, negated);
  const part = fc.oneof(
    fc.constantFrom('', 'a', 'THE', '%', '_', '\\', 'é', 'É', 'σ', ' ', 'no\0', '\ud800'),
    fc.tuple(fc.constantFrom(...(known as string[])), fc.nat(5), fc.nat(6), fc.boolean()).map(([text, from, length, upper]) => {
      const found = [...text].slice(from, from + length).join('');
      return upper ? found.toUpperCase() : found;
    }),
  );
  const texts = fc
    .tuple(fc.constantFrom('contains', 'startsWith', 'endsWith', 'equals', 'not'), part, fc.constantFrom({}, { mode: 'insensitive' }))
    .map(([operator, text, mode]) => ({ [operator]: text, ...mode }));
  const insensitive = lists.map((list) => ({ ...list, mode: 'insensitive' }));
  return fc.oneof(...equality, order, lists, insensitive, negated, texts, texts);
}

/** Values that rows may not have, and some that none can. */
function others(field: ScalarField): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'String':
      return fc.constantFrom('', 'a', 'Z', '\u{1F600}', '～', 'no\0', '00000000-0000-4000-8000-000000000001');
    case 'Boolean':
      return fc.boolean();
    case 'Enum':
      return fc.constantFrom(...field.choices!.map((choice) => choice.value), 'none');
    case 'Int':
      return fc.constantFrom(0, 3, 4, 1.5, -1, 2 ** 40, NaN);
    case 'BigInt':
      return fc.constantFrom(0n, 2n ** 70n);
    case 'Float':
      return fc.constantFrom(0, 2.5, 4, -1, 1e300, Infinity);
    case 'Decimal':
      return fc.constantFrom('10', '24.50', '0.001', '1e9').map((text) => new Decimal(text));
    case 'DateTime':
      return field.nativeType?.[0] === 'Date'
        ? fc.constantFrom('1999-06-17', '2024-02-29', '0044-03-15').map((text) => Temporal.PlainDate.from(text))
        : fc.constantFrom('2024-02-02T01:01:00Z', '2024-02-02T01:01:00.0005Z').map((text) => Temporal.Instant.from(text));
    case 'Json':
      return fc.constantFrom({}, { a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, [], 'x', 1);
    case 'Bytes':
      return fc.constant(new Uint8Array());
  }
}
