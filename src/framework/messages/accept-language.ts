/** The most of an `Accept-Language` that is read, in characters: Django's ACCEPT_LANGUAGE_HEADER_MAX_LENGTH. */
const MOST_CHARACTERS = 500;
const RANGE = /^(\*|[a-z]{1,8}(?:-[a-z\d]{1,8})*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

/** What a client says of languages (RFC 9110, section 12.5.4). */
export interface LanguagePreference {
  /** The ranges that it takes, in lower case, the dearest first and equals as they were sent; `*` among them. */
  readonly wanted: readonly string[];
  /** The quality of each range; 0 for one that it does not take. */
  readonly qualities: ReadonlyMap<string, number>;
}

const NONE: LanguagePreference = { wanted: [], qualities: new Map() };

/** Reads `Accept-Language`. One that is malformed says nothing; one that is too long says what its first 500 characters do. */
export function acceptLanguage(header: string): LanguagePreference {
  const end = header.length <= MOST_CHARACTERS ? header.length : header.lastIndexOf(',', MOST_CHARACTERS - 1);
  if (end < 0) return NONE;
  const qualities = new Map<string, number>();
  for (const part of header.slice(0, end).split(',')) {
    const text = part.trim().toLowerCase();
    if (text === '') continue;
    const found = RANGE.exec(text);
    if (!found) return NONE;
    const [, range, quality] = found as unknown as [string, string, string | undefined];
    qualities.set(range, Math.max(qualities.get(range) ?? 0, Number(quality ?? 1)));
  }
  const wanted = [...qualities].filter(([, quality]) => quality > 0).sort(([, a], [, b]) => b - a);
  return { wanted: wanted.map(([range]) => range), qualities };
}

/** A tag and what is left of it as it is cut from its end: `zh-hant-tw`, `zh-hant`, `zh` (RFC 4647, section 3.4). */
export function* truncated(tag: string): Iterable<string> {
  const parts = tag.split('-');
  while (parts.length > 0) {
    yield parts.join('-');
    parts.pop();
    // What a single letter or digit begins means nothing without what came behind it.
    while (parts.at(-1)?.length === 1) parts.pop();
  }
}
