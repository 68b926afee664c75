import type { Model } from '../models/model.js';
import { assertWhere } from '../plan/assert-where.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';
import type { Where } from '../plan/where.js';
import type { Database } from '../prisma/database.js';
import type { Lookup } from '../plan/lookup.js';
import type { GoneSuspect, MissingSuspect, Suspect, TakenSuspect } from './suspect.js';
import type { WrittenRow } from './written-row.js';

/** What is asked of the database. */
export type Questions = Pick<Database, 'answerLookups' | 'objects'>;
type Columns = Readonly<Record<string, unknown>>;

/** One statement holds so many questions of this kind: PostgreSQL has a limit of 1664 columns. */
const MOST = 1_000;

/** Those of the suspects that it was, by what the database holds now; all suspects are of one kind. In a number of statements that does not grow with them. */
export async function culprits(database: Questions, suspects: readonly Suspect[]): Promise<readonly Suspect[]> {
  switch (suspects[0]?.kind) {
    case 'taken':
      return takenOnes(database, suspects as readonly TakenSuspect[]);
    case 'missing':
      return missingOnes(database, suspects as readonly MissingSuspect[]);
    default:
      return goneOnes(database, suspects as readonly GoneSuspect[]);
  }
}

/** A suspect with all the values of its constraint. */
interface Asked {
  readonly suspect: TakenSuspect;
  readonly values: Columns;
}

async function takenOnes(database: Questions, suspects: readonly TakenSuspect[]): Promise<readonly TakenSuspect[]> {
  const asked = await withValues(database, suspects);
  const twice = rivals(asked);
  if (twice.length > 0) return twice;
  const byRule = new Map<TakenSuspect['unique'], Asked[]>();
  for (const one of asked) byRule.set(one.suspect.unique, [...(byRule.get(one.suspect.unique) ?? []), one]);
  const rules = [...byRule].filter(([unique]) => !unique.condition);
  const answers = await database.answerLookups(rules.map(([unique, all]) => takenLookup(unique.fields, all)));
  const found = rules.flatMap(([, all], rule) => all.filter((_one, at) => (answers[rule] as ReadonlySet<number>).has(at)));
  if (found.length > 0) return found.map(({ suspect }) => suspect);
  // Nobody else has them: rows of the request itself do, or a rule of some rows alone is in question.
  const some = asked.slice(0, MOST);
  const held = await database.answerLookups(some.map(existsLookup));
  return some.filter((_one, at) => held[at] === true).map(({ suspect }) => suspect);
}

/** Those who would have the values of one before them. */
function rivals(asked: readonly Asked[]): TakenSuspect[] {
  const known = new Map<TakenSuspect['unique'], Set<string>>();
  return asked.flatMap(({ suspect, values }) => {
    const text = Object.values(values).join('\0');
    const texts = known.get(suspect.unique) ?? new Set<string>();
    known.set(suspect.unique, texts);
    return texts.has(text) ? [suspect] : (texts.add(text), []);
  });
}

function takenLookup(columns: readonly string[], all: readonly Asked[]): Lookup {
  const { model } = all[0]!.suspect.row.write;
  const except = all.flatMap(({ suspect: { row } }) => (row.key ? [row.key] : []));
  return { kind: 'taken', model, columns, values: all.map(({ values }) => Object.values(values)), except };
}

function existsLookup({ suspect: { row, unique }, values }: Asked): Lookup {
  const { model } = row.write;
  const { condition } = unique;
  const scope = condition && condition !== 'sql' ? { scope: assertWhere(model, condition) } : {};
  return { kind: 'exists', model, values, ...(row.key && { except: row.key }), ...scope };
}

/** The suspects whose every value is known, or can be read of the row that is changed. */
async function withValues(database: Questions, suspects: readonly TakenSuspect[]): Promise<Asked[]> {
  const known = suspects.map(({ row }): Columns => ({ ...defaultsOf(row), ...row.foreignKey, ...row.key, ...row.write.columns }));
  const unread = suspects.filter(({ row, unique }, at) => row.key && unique.fields.some((name) => known[at]![name] === undefined));
  const stored = await storedRows(database, unread);
  return suspects.flatMap((suspect, at) => {
    const row = { ...stored.get(keyText(suspect.row)), ...known[at] };
    const values = Object.fromEntries(suspect.unique.fields.map((name) => [name, row[name]]));
    return Object.values(values).some((value) => value === undefined || value === null) ? [] : [{ suspect, values }];
  });
}

async function storedRows(database: Questions, suspects: readonly TakenSuspect[]): Promise<ReadonlyMap<string, RawRow>> {
  const stored = new Map<string, RawRow>();
  for (const model of new Set(suspects.map(({ row }) => row.write.model))) {
    const some = suspects.filter(({ row }) => row.write.model === model);
    const columns = new Set([...model.primaryKey, ...some.flatMap(({ unique }) => unique.fields)]);
    for (const row of await readRows(
      database,
      model,
      some.map(({ row }) => row.key!),
      columns,
    ))
      stored.set(textOf(model, row), row);
  }
  return stored;
}

function readRows(database: Questions, model: Model, keys: readonly Columns[], columns: ReadonlySet<string>): Promise<RawRow[]> {
  const [name] = model.primaryKey as [string];
  const where = model.primaryKey.length === 1 ? { [name]: { in: keys.map((key) => key[name]) } } : { OR: keys };
  const tree: ReadTree = { model, columns, counts: new Set(), relations: new Map() };
  return database
    .objects(model)
    .filter(where as Where)
    .rows(tree);
}

const textOf = ({ name, primaryKey }: Model, row: Columns) => [name, ...primaryKey.map((column) => String(row[column]))].join('\0');
const keyText = ({ write, key }: WrittenRow) => (key ? textOf(write.model, key) : '');

/** What the database puts in place of what a new row is not given. */
function defaultsOf({ write: { model }, key }: WrittenRow): Columns {
  if (key) return {};
  return Object.fromEntries(Object.values(model.fields).flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]])));
}

async function missingOnes(database: Questions, suspects: readonly MissingSuspect[]): Promise<readonly MissingSuspect[]> {
  const targets = new Map<string, { model: Model; suspects: MissingSuspect[] }>();
  for (const suspect of suspects) {
    const model = suspect.relation.model();
    const name = [model.name, ...Object.keys(suspect.key)].join();
    const target = targets.get(name) ?? { model, suspects: [] };
    targets.set(name, target);
    target.suspects.push(suspect);
  }
  const there = new Set<MissingSuspect>();
  for (const { model, suspects: some } of targets.values()) {
    const [name = '', ...others] = Object.keys(some[0]!.key);
    if (others.length > 0) {
      const asked = some.slice(0, MOST);
      const answers = await database.answerLookups(asked.map(({ key }): Lookup => ({ kind: 'exists', model, values: key })));
      for (const suspect of some) if (answers[asked.indexOf(suspect)] !== false) there.add(suspect);
    } else {
      const values = [...new Set(some.map(({ key }) => key[name]))];
      const [found] = await database.answerLookups([{ kind: 'rows', model, field: name, values }]);
      for (const suspect of some) if ((found as ReadonlyMap<string, unknown>).has(String(suspect.key[name]))) there.add(suspect);
    }
  }
  return suspects.filter((suspect) => !there.has(suspect));
}

async function goneOnes(database: Questions, suspects: readonly GoneSuspect[]): Promise<readonly GoneSuspect[]> {
  const { model } = suspects[0]!.row.write;
  const rows = await readRows(
    database,
    model,
    suspects.map(({ row }) => row.key!),
    new Set(model.primaryKey),
  );
  const there = new Set(rows.map((row) => textOf(model, row)));
  return suspects.filter(({ row }) => !there.has(keyText(row)));
}
