import { JsonNull } from '@prisma/client/runtime/client';
import type { Model, ScalarType } from '../../models/model.js';
import type { RelationWrite, Write } from '../../plan/write.js';
import { driverColumns } from '../driver-columns.js';
import { JoinTable } from './join-table.js';
import { jsonRow } from '../json-row.js';
import { keyOfRow } from './row-key.js';
import { quote, Statement, tableOf } from '../statement.js';

type Link = readonly [table: JoinTable, change: Exclude<RelationWrite, { kind: 'rows' }>];

/**
 * The one statement that makes a row and links it to others by join tables, and answers its key: a transaction by itself.
 * Undefined for a row that takes more than that: other rows to be written, a foreign key on the other side, or a value that Prisma alone can make or write.
 */
export function insertLinked(model: Model, { columns, relations }: Write): Statement | undefined {
  const links = linksOf(model, relations);
  const [key] = model.primaryKey as [string];
  if (!links || model.primaryKey.length > 1) return undefined;
  const standing = defaultsOf(model, columns);
  if (!standing) return undefined;
  const values = { ...standing, ...driverColumns(model, columns) };
  if (Object.values(values).includes(JsonNull)) return undefined;

  const row = jsonRow(model, values);
  const names = Object.keys(row).map(quote).join(', ');
  const keyColumn = quote(model.fields[key]!.column);
  const statement = new Statement().add(`with made as (insert into ${tableOf(model)} (${names}) select ${names} from `);
  statement.records(tableOf(model), [row]).add(` returning ${keyColumn})`);
  links.forEach(([table, { keys }], at) => {
    if (keys.length === 0) return;
    const related = model.relations[Object.keys(relations)[at]!]!.model();
    statement.add(`, linked${at} as (`);
    table.linkMade(
      statement,
      'made',
      `made.${keyColumn}`,
      keys.map((one) => keyOfRow(related, one)),
    );
    statement.add(')');
  });
  return statement.add(` select ${keyColumn} as ${quote(key)} from made`);
}

/** The join tables that a new row is linked by; undefined where something else is written. */
function linksOf(model: Model, relations: Write['relations']): readonly Link[] | undefined {
  const links: Link[] = [];
  for (const [name, change] of Object.entries(relations)) {
    const relation = Object.hasOwn(model.relations, name) ? model.relations[name] : undefined;
    if (!relation?.join || (change.kind !== 'link' && change.kind !== 'set')) return undefined;
    links.push([new JoinTable(model, relation), change]);
  }
  return links;
}

/**
 * What the schema says of columns that are left out, written as Prisma would: not every database has these defaults. Undefined where a value is Prisma's
 * own to make, such as `cuid()`, or to read.
 */
function defaultsOf(model: Model, columns: Write['columns']): Record<string, unknown> | undefined {
  const standing: Record<string, unknown> = {};
  for (const field of Object.values(model.fields)) {
    if (field.name in columns) continue;
    if (field.updatedAt || field.defaultFunction === 'now') standing[field.name] = new Date();
    else if (field.defaultFunction !== undefined) return undefined;
    else if (field.default !== undefined) {
      if (field.list || !PLAIN.has(field.type)) return undefined;
      standing[field.name] = field.type === 'Json' ? JSON.parse(String(field.default)) : field.default;
    }
  }
  return standing;
}

/** Types whose constant defaults need no reading but JSON's, which is text. */
const PLAIN: ReadonlySet<ScalarType> = new Set(['String', 'Boolean', 'Int', 'Float', 'Enum', 'Json']);
