import { Logger } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RelationWrite, Write } from '../plan/write.js';
import type { Storage } from './storage.js';
import { UploadedFile } from './uploaded-file.js';

/** Writes whose files are stored. */
export interface SavedWrites {
  /** The same, with the files' stored names in their place. */
  readonly writes: readonly Write[];
  /** Removes the files again: the rows were not written after all. */
  undo(): Promise<void>;
}

const logger = new Logger('Storage');

/**
 * Stores the files that writes and the rows under them hold; undefined where they hold none. Where one cannot be stored, the others are removed.
 * @throws ConfigurationError for a file that no FileField has accepted.
 */
export async function saveFiles(writes: readonly Write[]): Promise<SavedWrites | undefined> {
  if (!writes.some(holdsFiles)) return undefined;
  const saved: { storage: Storage; name: string }[] = [];
  const undo = async () => {
    for (const { storage, name } of saved.splice(0)) {
      await storage.delete(name).catch((error: unknown) => logger.error(`${name} is stored, and the row that it was for is not`, error));
    }
  };
  const save = async (file: UploadedFile, place: string) => {
    const { destination } = file;
    if (!destination)
      throw new ConfigurationError(
        `${place} is written as an uploaded file that no file field has read; store it, and write the name that storage.save answers.`,
      );
    const { storage, name, maxLength } = destination;
    const stored = await storage.save(name, file.stream(), maxLength === undefined ? {} : { maxLength });
    saved.push({ storage, name: stored });
    return stored;
  };
  try {
    return { writes: await inTurn(writes, (write) => withNames(write, save)), undo };
  } catch (error) {
    await undo();
    throw error;
  }
}

/**
 * Executes writes whose files are stored before, and removed where they fail. `kept` is told of the way to remove them later: where the transaction that
 * the writes are a part of is rolled back.
 */
export async function withFiles<T>(
  writes: readonly Write[],
  run: (ready: readonly Write[]) => Promise<T>,
  kept: (undo: () => Promise<void>) => void = () => {},
): Promise<T> {
  const saved = await saveFiles(writes);
  if (!saved) return run(writes);
  try {
    const result = await run(saved.writes);
    kept(() => saved.undo());
    return result;
  } catch (error) {
    await saved.undo();
    throw error;
  }
}

const isFile = (value: unknown): value is UploadedFile => value instanceof UploadedFile;

const isListOfFiles = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.some(isFile);

function holdsFiles({ columns, relations }: Write): boolean {
  for (const value of Object.values(columns)) if (isFile(value) || isListOfFiles(value)) return true;
  for (const change of Object.values(relations)) if (change.kind === 'rows' && change.rows.some((row) => holdsFiles(row.write))) return true;
  return false;
}

async function withNames(write: Write, save: (file: UploadedFile, place: string) => Promise<string>): Promise<Write> {
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(write.columns)) {
    const place = `${write.model.name}.${name}`;
    const one = (each: unknown) => (isFile(each) ? save(each, place) : each);
    columns[name] = isListOfFiles(value) ? await inTurn(value, one) : await one(value);
  }
  const relations: Record<string, RelationWrite> = {};
  for (const [name, change] of Object.entries(write.relations)) {
    relations[name] =
      change.kind === 'rows'
        ? { ...change, rows: await inTurn(change.rows, async (row) => ({ ...row, write: await withNames(row.write, save) })) }
        : change;
  }
  return { ...write, columns, relations };
}

async function inTurn<T, R>(values: readonly T[], run: (value: T) => R | Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const value of values) results.push(await run(value));
  return results;
}
