const MAX_NAME = 64;

/** The known name that a misspelt one is nearest to; undefined where none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > MAX_NAME) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const each of known) {
    const distance = editDistance(name.toLowerCase(), each.toLowerCase(), least);
    if (distance < least) [best, least] = [each, distance];
  }
  return best;
}

/** What a message says after it has named what there is not: the nearest name, and all that there are. */
export function instead(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return `${nearest === undefined ? '' : ` Did you mean ${nearest}?`} It has ${known.join(', ') || 'none'}.`;
}

/** How many letters must be put in, taken out or changed to make one name the other; `limit` where it is that many or more. */
function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let row = Array.from({ length: other.length + 1 }, (_each, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return Math.min(limit, row[other.length]!);
}
