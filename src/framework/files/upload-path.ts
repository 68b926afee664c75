import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FieldContext } from '../fields/field.js';
import type { Clock } from '../settings/clock.js';
import { safePath } from './file-name.js';
import type { UploadedFile } from './uploaded-file.js';

/**
 * The folder of a field's files, in which `%Y`, `%m`, `%d`, `%H`, `%M` and `%S` stand for the moment in UTC; or a function that answers the whole path of one,
 * its own name included. What is unsafe in it is taken out.
 */
export type UploadTo = string | ((file: UploadedFile, context: FieldContext) => string | Promise<string>);

type Pad = (value: number, length?: number) => string;
const pad: Pad = (value, length = 2) => String(value).padStart(length, '0');

const PARTS: Readonly<Record<string, (now: { year: number; month: number; day: number; hour: number; minute: number; second: number }) => string>> = {
  Y: ({ year }) => pad(year, 4),
  m: ({ month }) => pad(month),
  d: ({ day }) => pad(day),
  H: ({ hour }) => pad(hour),
  M: ({ minute }) => pad(minute),
  S: ({ second }) => pad(second),
};

/** @throws ConfigurationError for a `%` that stands for nothing. */
export function assertUploadTo(uploadTo: UploadTo, owner: string): void {
  if (typeof uploadTo !== 'string') return;
  const unknown = /%(?![YmdHMS]).?/s.exec(uploadTo)?.[0];
  if (unknown)
    throw new ConfigurationError(`${owner}: uploadTo is ${uploadTo}, in which ${unknown} means nothing. Known are %Y, %m, %d, %H, %M and %S.`);
}

/** Where a file is to be stored. */
export async function uploadPath(uploadTo: UploadTo, file: UploadedFile, context: FieldContext, clock: Clock): Promise<string> {
  if (typeof uploadTo === 'function') return safePath(await uploadTo(file, context));
  const folder = uploadTo.replace(/%([YmdHMS])/g, (_whole, part: string) => PARTS[part]?.(clock.now().toZonedDateTimeISO('UTC')) as string);
  return safePath(`${folder}/${file.name}`);
}
