import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ChoiceField, type ChoiceOptions } from './choice-field.js';
import type { FieldOf } from './field.js';

export interface FilePathOptions extends Omit<ChoiceOptions, 'choices'> {
  /** The folder whose files may be chosen, by their whole path. */
  readonly path: string;
  /** An expression that names must match. */
  readonly match?: RegExp;
  /** Whether the folders in it are looked into. Default: false. */
  readonly recursive?: boolean;
  /** Default: true. */
  readonly allowFiles?: boolean;
  /** Default: false. */
  readonly allowFolders?: boolean;
}

/**
 * The path of a file on the server (FLD-8), chosen of those that are there at boot: a restart finds others. Unless `required: true` is said, an empty
 * text is a choice too, as in DRF.
 * @throws ConfigurationError for a folder that cannot be read, and where there is nothing to choose.
 */
export class FilePathField<Out = string, In = string, Optional extends boolean = boolean> extends ChoiceField<Out, In, Optional> {
  constructor(options: FilePathOptions) {
    const blank: [string, string][] = options.required ? [] : [['', '---------']];
    const choices = [...blank, ...(options.recursive ? below(options) : inFolder(options))];
    if (choices.length === 0)
      throw new ConfigurationError(`FilePathField: nothing in ${options.path} may be chosen; put files there, or leave required out.`);
    super({ ...options, choices }, { invalid_choice: '"{input}" is not a valid path choice.' });
  }
}

type Paths = [path: string, name: string][];

/** What a folder holds itself, in the order of its names. */
function inFolder({ path, match, allowFiles = true, allowFolders = false }: FilePathOptions): Paths {
  return entriesOf(path).flatMap(({ name, isFolder, isFile }): Paths => {
    const taken = (allowFiles && isFile) || (allowFolders && isFolder);
    return taken && name !== '__pycache__' && matches(match, name) ? [[join(path, name), name]] : [];
  });
}

/** What a folder and those below it hold, named by the path from the folder: folder by folder, the files of each before its folders. */
function below({ path, match, allowFiles = true, allowFolders = false }: FilePathOptions): Paths {
  return foldersBelow(path)
    .sort()
    .flatMap((folder) => {
      const entries = entriesOf(folder).filter(({ name }) => matches(match, name));
      const files = entries.filter(({ isFolder }) => allowFiles && !isFolder);
      const folders = entries.filter(({ name, isFolder }) => allowFolders && isFolder && name !== '__pycache__');
      return [...files, ...folders].map(({ name }): [string, string] => [join(folder, name), join(folder, name).slice(path.length)]);
    });
}

/** The folder itself and all below it; links are not followed, so that none leads round in a circle. */
function foldersBelow(folder: string): string[] {
  const inner = entriesOf(folder).filter(({ isFolder, isLink }) => isFolder && !isLink);
  return [folder, ...inner.flatMap(({ name }) => foldersBelow(join(folder, name)))];
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .map((entry) => {
        const end = entry.isSymbolicLink() ? statSync(join(folder, entry.name), { throwIfNoEntry: false }) : entry;
        return { name: entry.name, isLink: entry.isSymbolicLink(), isFile: end?.isFile() ?? false, isFolder: end?.isDirectory() ?? false };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new ConfigurationError(`FilePathField: path is '${folder}', which cannot be read (${(error as Error).message}); name a folder.`);
  }
}

const matches = (match: RegExp | undefined, name: string) => !match || name.search(match) >= 0;

/**
 * @example
 * template = filePath({ path: '/srv/templates', match: /\.html$/, recursive: true });
 */
export function filePath<const O extends FilePathOptions>(options: O): FieldOf<string, string, O> {
  return new FilePathField(options) as never;
}
