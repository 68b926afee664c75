/** A `Vary` with a further header: `varyBy('Accept, Cookie', 'Accept-Language')`. */
export function varyBy(sent: unknown, header: string): string {
  const names = [sent ?? []]
    .flat()
    .flatMap((value) => String(value).split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.some((name) => name === '*' || name.toLowerCase() === header.toLowerCase())) return names.join(', ');
  return [...names, header].join(', ');
}
