/**
 * Finds the first NaN or infinity in data: JSON has none, and `JSON.stringify` would write null in silence.
 * @throws RangeError with the path to it.
 */
export function assertFinite(data: unknown): void {
  // The path is only worth its price once something was found.
  if (isFiniteThroughout(data)) return;
  const [path, value] = findNonFinite(data, '') ?? ['', Number.NaN];
  throw new RangeError(`Out of range float values are not JSON compliant: ${value} at ${path || 'the top'}. Return null or a text instead.`);
}

function isFiniteThroughout(data: unknown): boolean {
  if (typeof data === 'number') return Number.isFinite(data);
  if (typeof data !== 'object' || data === null) return true;
  if (Array.isArray(data)) {
    for (const item of data) if (!isFiniteThroughout(item)) return false;
    return true;
  }
  if (writesItself(data)) return true;
  for (const key in data) if (!isFiniteThroughout((data as Record<string, unknown>)[key])) return false;
  return true;
}

function findNonFinite(data: unknown, path: string): [path: string, value: number] | undefined {
  if (typeof data === 'number') return Number.isFinite(data) ? undefined : [path, data];
  if (typeof data !== 'object' || data === null || writesItself(data)) return undefined;
  for (const [key, value] of Object.entries(data)) {
    const found = findNonFinite(value, Array.isArray(data) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

const writesItself = (data: object) => typeof (data as { toJSON?: unknown }).toJSON === 'function';
