import { randomInt } from 'node:crypto';

/** File systems take 255 bytes; some are left for the end that makes a name another one. */
const MOST_BYTES = 240;
/** What is longer is no extension. */
const LONGEST_EXTENSION = 32;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** Names that mean devices on Windows, whatever extension they have. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin|conout|clock)(?:\.|$)/i;

/**
 * The name of a file as a client sent it, without folders and without what cannot be seen, cut to a length with its extension kept; undefined where
 * nothing is left. It is still the client's word: what a storage makes of it is safe.
 */
export function sentName(text: string, most: number): string | undefined {
  const decoded = text.toWellFormed().replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, digits?: string) => {
    const code = hex === undefined ? Number(digits) : parseInt(hex, 16);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCodePoint(code);
  });
  const name = (decoded.split(/[/\\]/).at(-1) as string).replace(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, '');
  if (name === '' || name === '.' || name === '..') return undefined;
  const characters = [...name];
  if (characters.length <= most) return name;
  const extension = [...lastExtension(name)].slice(0, most);
  return [...characters.slice(0, most - extension.length), ...extension].join('');
}

/** The last extension with its dot, as it is written; empty for none. */
export function lastExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot) : '';
}

/**
 * A path that every storage can take, of whatever text: folders apart by `/`, none of them `..`, letters, digits, `-`, `_` and `.` alone, no hidden file,
 * no device of Windows, nothing longer than file systems hold. A part of which nothing is left goes; the file itself is called `file` then.
 *
 * @example
 * safePath("../holiday photos/john's portrait.jpg"); // 'holiday_photos/johns_portrait.jpg'
 */
export function safePath(path: string): string {
  const parts = path.toWellFormed().normalize('NFC').split(/[/\\]/);
  const file = safePart(parts.pop() as string) || 'file';
  return [...parts.map(safePart).filter((part) => part !== ''), file].join('/');
}

function safePart(text: string): string {
  const plain = text
    .trim()
    .replace(/ /g, '_')
    .replace(/[^-\p{L}\p{M}\p{N}_.]/gu, '')
    .replace(/\.+$/, '');
  if (plain === '') return '';
  const shown = plain.startsWith('.') ? `file${plain}` : plain;
  return cut(DEVICE.test(shown) ? `_${shown}` : shown, MOST_BYTES);
}

/** Whether a path is one that `safePath` could have made, as far as safety goes: no folder above, no hidden part, nothing that a file system reads otherwise. */
export function isSafePath(path: string): boolean {
  return path !== '' && path.isWellFormed() && !/[\\:\p{Cc}]/u.test(path) && path.split('/').every((part) => part !== '' && !part.startsWith('.'));
}

/**
 * The names to try for a file in turn, each no longer than `maxLength` code points: its own, then with an end that chance makes, `report_x7Ab3f1.tar.gz`.
 * @throws Error where not even one letter of the name fits.
 */
export function* alternativeNames(path: string, maxLength = Infinity): Generator<string, never> {
  const at = path.lastIndexOf('/') + 1;
  const [folder, name] = [path.slice(0, at), path.slice(at)];
  const extension = extensionsOf(name);
  const root = Array.from(name.slice(0, name.length - extension.length));
  const room = maxLength - [...folder, ...extension].length;
  if (root.length <= room) yield path;
  const shortened = root.slice(0, room - 8).join('');
  if (room <= 8) {
    throw new Error(`No name for ${path} has ${maxLength} characters or fewer. Make the folder of uploadTo shorter, or the column longer.`);
  }
  for (;;) yield `${folder}${shortened}_${randomText(7)}${extension}`;
}

/** All extensions together, `.tar.gz`; the last one alone where they are too long for that. */
function extensionsOf(name: string): string {
  const all = /(?<=.)\..*$/su.exec(name)?.[0] ?? '';
  if (all.length <= LONGEST_EXTENSION) return all;
  const last = lastExtension(name);
  return last.length <= LONGEST_EXTENSION ? last : '';
}

/** Cuts a name to a number of bytes between two characters, its extension kept. */
function cut(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name;
  const extension = extensionsOf(name);
  let root = '';
  let left = bytes - Buffer.byteLength(extension);
  for (const character of name.slice(0, name.length - extension.length)) {
    if ((left -= Buffer.byteLength(character)) < 0) break;
    root += character;
  }
  return root + extension;
}

const randomText = (length: number) => Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
