/** What the schema says of one unique index. */
export interface IndexText {
  readonly fields: readonly string[];
  readonly map?: string;
  /** The condition of a partial index; `sql` where it is written in SQL. */
  readonly condition?: Readonly<Record<string, unknown>> | 'sql';
}

/** What stands in a schema's text and is not in Prisma's description of it, by the model's name. */
export interface SchemaText {
  /** The unique indexes, of fields and of the model. */
  readonly uniques: ReadonlyMap<string, readonly IndexText[]>;
  /** The names that foreign keys are given, by `Model.relation`. */
  readonly foreignKeys: ReadonlyMap<string, string>;
}

const TEXT = '"(?:[^"\\\\]|\\\\.)*"';

/** Reads the attributes that Prisma keeps to itself. The schema has been checked: an attribute stands on one line. */
export function readSchemaText(schema: string): SchemaText {
  const uniques = new Map<string, IndexText[]>();
  const foreignKeys = new Map<string, string>();
  let model: string | undefined;
  for (const line of schema.split('\n').map(withoutComment)) {
    const opened = /^\s*model\s+(\w+)\s*\{/.exec(line);
    if (opened) uniques.set((model = opened[1]!), []);
    else if (/^\s*\}/.test(line)) model = undefined;
    if (model === undefined) continue;
    const name = /^\s*(\w+)\s/.exec(line)?.[1];
    const unique = argumentsOf(line, '@@unique') ?? (name && /@unique\b/.test(line) ? (argumentsOf(line, '@unique') ?? '') : undefined);
    if (unique !== undefined) uniques.get(model)!.push(indexText(unique, name));
    const map = mapOf(argumentsOf(line, '@relation') ?? '');
    if (name && map !== undefined) foreignKeys.set(`${model}.${name}`, map);
  }
  return { uniques, foreignKeys };
}

function indexText(text: string, field: string | undefined): IndexText {
  const map = mapOf(text);
  const fields = field
    ? [field]
    : [...(/\[([^\]]*)\]/.exec(text)?.[1] ?? '').matchAll(/(\w+)\s*(?:\([^)]*\))?\s*(?:,|$)/g)].map((found) => found[1]!);
  const where = /\bwhere\s*:\s*(raw\b|\{)/.exec(outsideTexts(text));
  return {
    fields,
    ...(map !== undefined && { map }),
    ...(where && { condition: where[1] === '{' ? objectAt(text, where.index + where[0].length - 1) : ('sql' as const) }),
  };
}

/** `{ deletedAt: null, kind: { not: "x" } }`: JSON but for the names, which are not quoted. */
function objectAt(text: string, from: number): Readonly<Record<string, unknown>> {
  const plain = outsideTexts(text);
  let depth = 0;
  let end = from;
  do {
    if (plain[end] === '{') depth += 1;
    else if (plain[end] === '}') depth -= 1;
    end += 1;
  } while (depth > 0 && end < text.length);
  const json = text.slice(from, end).replace(new RegExp(`${TEXT}|(\\w+)\\s*:`, 'g'), (whole, name?: string) => (name ? `"${name}":` : whole));
  return JSON.parse(json) as Record<string, unknown>;
}

/** The arguments of an attribute; undefined where it is not on the line, or has none. */
function argumentsOf(line: string, attribute: string): string | undefined {
  const plain = outsideTexts(line);
  const found = new RegExp(`(?<![@\\w])${attribute}\\s*\\(`).exec(plain);
  if (!found) return undefined;
  const from = found.index + found[0].length;
  let depth = 1;
  let end = from;
  for (; end < plain.length && depth > 0; end++) depth += plain[end] === '(' ? 1 : plain[end] === ')' ? -1 : 0;
  return line.slice(from, end - 1);
}

function mapOf(text: string): string | undefined {
  const found = new RegExp(`\\bmap\\s*:\\s*(${TEXT})`).exec(text)?.[1];
  return found === undefined ? undefined : (JSON.parse(found) as string);
}

/** A line with its texts blanked out, so that nothing in them is taken for something else; as long as it was. */
const outsideTexts = (line: string): string => line.replace(new RegExp(TEXT, 'g'), (text) => `"${'_'.repeat(text.length - 2)}"`);

function withoutComment(line: string): string {
  const at = outsideTexts(line).indexOf('//');
  return at < 0 ? line : line.slice(0, at);
}
