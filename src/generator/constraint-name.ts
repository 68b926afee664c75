/** Prisma's own name for a constraint that the schema does not name: cut so that PostgreSQL's 63 bytes hold it. */
export function constraintName(table: string, columns: readonly string[], kind: 'key' | 'fkey'): string {
  const name = Buffer.from(`${table}_${columns.join('_')}`);
  return `${name.subarray(0, 63 - `_${kind}`.length).toString()}_${kind}`;
}
