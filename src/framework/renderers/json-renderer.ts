import { MediaType } from '../negotiation/media-type.js';
import { assertFinite } from './json/assert-finite.js';
import { writeJson } from './json/write-json.js';
import { Renderer, type RendererContext } from './renderer.js';

/**
 * `application/json` (REND-1): compact, UTF-8 without escapes, a bigint as an exact integer, null as an empty body.
 * A client may ask for up to eight spaces of indentation: `Accept: application/json; indent=4`.
 */
export class JSONRenderer extends Renderer {
  override readonly mediaType: string = 'application/json';
  override readonly format: string = 'json';
  override readonly charset: string | null = null;

  /** @throws RangeError for NaN and infinities, which JSON cannot hold. */
  override render(data: unknown, context: RendererContext): string {
    return data === null || data === undefined ? '' : jsonText(data, this.indent(context));
  }

  /** Spaces for each level; 0 for compact. */
  protected indent({ acceptedMediaType }: RendererContext): number {
    if (!acceptedMediaType.includes(';')) return 0;
    const text = MediaType.parse(acceptedMediaType).params.get('indent');
    return text !== undefined && /^\s*[-+]?\d+\s*$/.test(text) ? Math.max(0, Math.min(8, Number(text))) : 0;
  }
}

/**
 * Data as JSON text that is safe inside JavaScript too: U+2028 and U+2029 are escaped.
 * @throws RangeError for NaN and infinities.
 */
export function jsonText(data: unknown, indent: number): string {
  const text = stringify(data, indent);
  // Only a text that says null can hide a number that is none.
  if (text.includes('null')) assertFinite(data);
  return text.includes('\u2028') || text.includes('\u2029') ? text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029') : text;
}

function stringify(data: unknown, indent: number): string {
  try {
    return JSON.stringify(data, undefined, indent) ?? 'null';
  } catch (error) {
    if (error instanceof TypeError && error.message.includes('BigInt')) return writeJson(data, indent);
    throw error;
  }
}
