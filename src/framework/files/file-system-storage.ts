import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, mkdir, open, realpath, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { NotFound, PayloadTooLarge } from '../exceptions/exceptions.js';
import { alternativeNames, isSafePath, safePath } from './file-name.js';
import { Storage, type SaveOptions } from './storage.js';

export interface FileSystemStorageOptions {
  /** The folder that holds the files, and nothing else: MEDIA_ROOT. It is made where it is missing. */
  readonly location: string;
  /** What stands before a name in its address: MEDIA_URL. Default: `/media/`. */
  readonly baseUrl?: string;
  /** The most bytes of one file. Default 1,073,741,824. */
  readonly maxSize?: number;
  /** Default: 0o644, FILE_UPLOAD_PERMISSIONS. */
  readonly fileMode?: number;
  /** Of folders that are made. Default: 0o755. */
  readonly directoryMode?: number;
}

/** Unknown on Windows. */
const NO_FOLLOW: number = (constants.O_NOFOLLOW as number | undefined) ?? 0;

/** What a file system answers that has no hard links. */
const NO_LINKS: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL']);

/**
 * Files on a local disk. A file is written under a hidden name, and takes its own in one step when it is whole: none is ever overwritten or seen in part.
 * Nothing outside of the folder is read or written, symbolic links included.
 */
export class FileSystemStorage extends Storage {
  readonly #root: string;
  readonly #baseUrl: string;
  readonly #options: Required<Omit<FileSystemStorageOptions, 'location' | 'baseUrl'>>;

  /** @throws ConfigurationError for a location that is none. */
  constructor({ location, baseUrl = '/media/', maxSize = 1_073_741_824, fileMode = 0o644, directoryMode = 0o755 }: FileSystemStorageOptions) {
    super();
    if (location === '') throw new ConfigurationError('FileSystemStorage: location is empty; name the folder of the files, for instance media.');
    this.#root = resolve(location);
    this.#baseUrl = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
    this.#options = { maxSize, fileMode, directoryMode };
  }

  /** @throws PayloadTooLarge past `maxSize`. */
  override async save(name: string, content: Readable, { maxLength }: SaveOptions = {}): Promise<string> {
    const path = safePath(name);
    const folder = await this.#folder(dirname(path));
    const temporary = join(folder, `.${randomUUID()}`);
    try {
      await this.#write(temporary, content);
      for (const candidate of alternativeNames(path, maxLength)) {
        if (await place(temporary, join(folder, basename(candidate)))) return candidate;
      }
      throw new Error('unreachable');
    } finally {
      await unlink(temporary).catch(() => {});
    }
  }

  override async open(name: string): Promise<Readable> {
    return (await this.#file(name)).createReadStream();
  }

  override async delete(name: string): Promise<void> {
    const path = await this.#path(name);
    if (path !== undefined) await unlink(path).catch(unlessMissing);
  }

  override async exists(name: string): Promise<boolean> {
    return (await this.#path(name)) !== undefined;
  }

  override async size(name: string): Promise<number> {
    const handle = await this.#file(name);
    try {
      return (await handle.stat()).size;
    } finally {
      await handle.close();
    }
  }

  override url(name: string): string {
    return (
      this.#baseUrl +
      name
        .split('/')
        .map((part) => encodeURIComponent(part.toWellFormed()))
        .join('/')
    );
  }

  /** The real path of a folder, made where it is missing. @throws Error where a link leads out of the root. */
  async #folder(path: string): Promise<string> {
    const mode = this.#options.directoryMode;
    await mkdir(this.#root, { recursive: true, mode });
    const root = await realpath(this.#root);
    let folder = root;
    for (const part of path === '.' ? [] : path.split('/')) {
      const next = join(folder, part);
      await mkdir(next, { mode }).catch(unlessThere);
      folder = await realpath(next);
      if (!isInside(folder, root)) throw new Error(`FileSystemStorage: ${path} leads out of ${this.#root}.`);
    }
    return folder;
  }

  async #write(path: string, content: Readable): Promise<void> {
    const handle = await open(path, 'wx', 0o600);
    try {
      let left = this.#options.maxSize;
      for await (const chunk of content as AsyncIterable<Buffer>) {
        left -= chunk.length;
        if (left < 0) throw new PayloadTooLarge();
        await writeAll(handle, chunk);
      }
      await handle.chmod(this.#options.fileMode);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** The path of a stored file; undefined where there is none, where it is a link or a folder, and where a folder on the way leads out of the root. */
  async #path(name: string): Promise<string | undefined> {
    if (!isSafePath(name)) return undefined;
    const [folder, root] = await Promise.all([dirname(join(this.#root, name)), this.#root].map((one) => realpath(one).catch(unlessMissing)));
    if (folder === undefined || root === undefined || !isInside(folder, root)) return undefined;
    const path = join(folder, basename(name));
    return (await lstat(path).catch(unlessMissing))?.isFile() ? path : undefined;
  }

  /** @throws NotFound */
  async #file(name: string): Promise<FileHandle> {
    const path = await this.#path(name);
    const handle = path === undefined ? undefined : await open(path, constants.O_RDONLY | NO_FOLLOW).catch(unlessMissing);
    if (!handle) throw new NotFound();
    return handle;
  }
}

/** Gives a written file a name that is free; answers whether it was. */
async function place(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.has(code)) throw error;
  }
  // Without hard links the name is taken by an empty file first, which no one else can take then.
  const claimed = await open(path, 'wx').catch(unlessThere);
  if (!claimed) return false;
  await claimed.close();
  try {
    await rename(temporary, path);
    return true;
  } catch (error) {
    await unlink(path).catch(() => {});
    throw error;
  }
}

async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length;) at += (await handle.write(chunk, at)).bytesWritten;
}

const isInside = (path: string, folder: string) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

const MISSING: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

function unlessMissing(error: unknown): undefined {
  if (!MISSING.has((error as NodeJS.ErrnoException).code)) throw error;
}

function unlessThere(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
