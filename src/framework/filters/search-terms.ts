import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';

/** The most terms that one search may have. */
export const MAX_TERMS = 32;

/**
 * The terms of a search as DRF splits them (FILT-3): at blanks and commas, but quoted phrases stay whole; `\"` in one is a quote. Takes linear time.
 * @throws ValidationError for a NUL, and for more than 32 terms.
 */
export function searchTerms(text: string): string[] {
  if (text.includes('\0')) throw new ValidationError([errorDetail('Null characters are not allowed.', 'null_characters_not_allowed')]);
  const terms = smartSplit(text).flatMap((token) => {
    const term = token.replace(/^,+/, '');
    const end = trimmedEnd(term);
    return unquoted(term.slice(0, end));
  });
  if (terms.length > MAX_TERMS)
    throw new ValidationError([errorDetail('At most {limit} search terms are allowed.', 'max_terms', { limit: MAX_TERMS })]);
  return terms;
}

function unquoted(term: string): string[] {
  const [quote] = term;
  if ((quote !== '"' && quote !== "'") || !term.endsWith(quote)) return term.split(',').flatMap((part) => part.trim() || []);
  const phrase = term.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\');
  return phrase === '' ? [] : [phrase];
}

function trimmedEnd(term: string): number {
  let end = term.length;
  while (end > 0 && term[end - 1] === ',') end -= 1;
  return end;
}

const PLAIN = /[^\s'"]*/y;
const SOLID = /\S+/y;
const BLANK = /\s*/y;

/** Django's `smart_split`: tokens between blanks, in which a closed quotation may hold blanks. */
function smartSplit(text: string): string[] {
  const tokens: string[] = [];
  const close = closingQuotes(text);
  for (let at = skip(BLANK, text, 0); at < text.length;) {
    let end = skip(PLAIN, text, at);
    let quoted = false;
    for (let closed = close(end); closed !== undefined; closed = close(end)) {
      quoted = true;
      end = skip(PLAIN, text, closed);
    }
    if (!quoted) end = skip(SOLID, text, at);
    tokens.push(text.slice(at, end));
    at = skip(BLANK, text, end);
  }
  return tokens;
}

/**
 * Finds where the quotation that begins at an index ends. A quotation that cannot be closed makes every later one of its kind up to the same
 * place hopeless too, which is remembered: the text is not gone through again for each of them.
 */
function closingQuotes(text: string): (from: number) => number | undefined {
  const hopeless: Record<string, number> = { '"': -1, "'": -1 };
  return (from) => {
    const quote = text[from];
    if ((quote !== '"' && quote !== "'") || from < hopeless[quote]!) return undefined;
    for (let at = from + 1; at < text.length; at += 1) {
      if (text[at] === quote) return at + 1;
      if (text[at] !== '\\') continue;
      if (text[at + 1] === '\n') {
        hopeless[quote] = at;
        return undefined;
      }
      at += 1;
    }
    hopeless[quote] = text.length;
    return undefined;
  };
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
