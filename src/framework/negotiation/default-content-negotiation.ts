import { NotAcceptable, NotFound } from '../exceptions/exceptions.js';
import type { Parser } from '../parsers/parser.js';
import type { Renderer } from '../renderers/renderer.js';
import type { RestRequest } from '../requests/rest-request.js';
import { ContentNegotiation } from './content-negotiation.js';
import { MediaType } from './media-type.js';

/**
 * By `Content-Type`, and by `Accept` and the format in the address or the query (NEG-1 to NEG-5).
 *
 * The most specific range of `Accept` wins, among equals the first renderer in the view's order. `q` is not looked at, as in DRF.
 */
export class DefaultContentNegotiation extends ContentNegotiation {
  readonly #types = new WeakMap<Parser | Renderer, MediaType>();

  override selectParser(request: RestRequest, parsers: readonly Parser[]): Parser | null {
    const sent = MediaType.parse(request.headers['content-type'] ?? '');
    return parsers.find((parser) => this.#typeOf(parser).matches(sent)) ?? null;
  }

  override selectRenderer(request: RestRequest, renderers: readonly Renderer[], formatSuffix?: string): readonly [Renderer, string] {
    const candidates = this.filterRenderers(renderers, formatSuffix || this.#formatInQuery(request));
    const accepted = this.acceptList(request);
    // What most programs send, and what an absent header says.
    const [first] = candidates;
    if (first && accepted.length === 1 && accepted[0] === '*/*') return [first, first.mediaType];
    const ranges = accepted.map(rangeOf);
    for (const precedence of [3, 2, 1, 0]) {
      const alike = ranges.filter(({ type }) => type.precedence === precedence);
      if (alike.length === 0) continue;
      for (const renderer of candidates) {
        const own = this.#typeOf(renderer);
        const range = alike.find(({ type }) => own.matches(type));
        if (range) return [renderer, own.precedence > precedence ? completed(renderer.mediaType, range.type) : range.text];
      }
    }
    throw new NotAcceptable();
  }

  /**
   * The renderers of a format; all of them where none is asked for.
   * @throws NotFound where there is none.
   */
  filterRenderers(renderers: readonly Renderer[], format: string | undefined): readonly Renderer[] {
    if (!format) return renderers;
    const found = renderers.filter((renderer) => renderer.format === format);
    if (found.length === 0) throw new NotFound();
    return found;
  }

  /** The ranges of `Accept` as they were sent; an absent header accepts everything, an empty one nothing. */
  acceptList(request: RestRequest): readonly string[] {
    return (request.headers.accept ?? '*/*').split(',').map((range) => range.trim());
  }

  #formatInQuery(request: RestRequest): string | undefined {
    const name = request.handler?.settings.urlFormatOverride;
    return name ? request.query.get(name) : undefined;
  }

  #typeOf(owner: Parser | Renderer): MediaType {
    let type = this.#types.get(owner);
    if (!type) this.#types.set(owner, (type = MediaType.parse(owner.mediaType)));
    return type;
  }
}

interface AcceptRange {
  readonly text: string;
  readonly type: MediaType;
}

/** Clients send the same few ranges again and again. */
const MOST_KNOWN = 200;
const LONGEST_KNOWN = 100;
const known = new Map<string, AcceptRange>();

function rangeOf(text: string): AcceptRange {
  let range = known.get(text);
  if (range) return range;
  range = { text, type: MediaType.parse(text) };
  if (known.size < MOST_KNOWN && text.length <= LONGEST_KNOWN) known.set(text, range);
  return range;
}

/** What a range became: the renderer's own type with the range's parameters. */
function completed(mediaType: string, range: MediaType): string {
  return range.params.size === 0 ? mediaType : [mediaType, ...[...range.params].map(([name, value]) => `${name}=${value}`)].join(';');
}
