import { MediaType } from '../negotiation/media-type.js';

/** What a `Content-Disposition` header says: of a form's part, or of a whole body. */
export interface Disposition {
  readonly name?: string;
  /** `filename*` where it can be read, else `filename`. */
  readonly fileName?: string;
}

export function readDisposition(text: string): Disposition {
  const { params } = MediaType.parse(text);
  const name = params.get('name');
  const fileName = extended(params.get('filename*') ?? '') ?? params.get('filename');
  return { ...(name !== undefined && { name }), ...(fileName !== undefined && { fileName }) };
}

/** A value with its charset in front, `UTF-8''na%C3%AFve.txt` (RFC 8187); undefined for one that is none. */
function extended(text: string): string | undefined {
  const [charset, , value, ...more] = text.split("'");
  if (!charset || value === undefined || more.length > 0) return undefined;
  const bytes = Buffer.from(
    value.replace(/%([0-9a-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}
