/** A media type or range of `Accept` and `Content-Type`, with its parameters (PARS-8): `application/json; indent=4`, `text/*`. */
export class MediaType {
  private constructor(
    /** `application/json`, in lower case. */
    readonly full: string,
    readonly type: string,
    readonly subtype: string,
    /** By lower-case name, in the order they were sent, `q` included. */
    readonly params: ReadonlyMap<string, string>,
  ) {}

  /** Reads any text: one that is no media type matches none. */
  static parse(text: string): MediaType {
    const [head = '', ...rest] = splitOutsideQuotes(text);
    const full = head.trim().toLowerCase();
    const slash = full.indexOf('/');
    return new MediaType(
      full,
      slash < 0 ? full : full.slice(0, slash),
      slash < 0 ? '' : full.slice(slash + 1),
      rest.length === 0 ? NONE : readParams(rest),
    );
  }

  /** How much it says: 3 `type/subtype; param=value`, 2 `type/subtype`, 1 `type/*`, 0 the range of everything. `q` is no parameter here. */
  get precedence(): 0 | 1 | 2 | 3 {
    if (this.type === '*') return 0;
    if (this.subtype === '*') return 1;
    return this.params.size === 0 || (this.params.size === 1 && this.params.has('q')) ? 2 : 3;
  }

  /** Whether it satisfies another: both types alike or a `*` on either side, and every parameter of this one in the other too, `q` aside. */
  matches(other: MediaType): boolean {
    for (const [name, value] of this.params) {
      if (name !== 'q' && other.params.get(name) !== value) return false;
    }
    return alike(this.subtype, other.subtype) && alike(this.type, other.type);
  }
}

const NONE: ReadonlyMap<string, string> = new Map();

const alike = (a: string, b: string) => a === b || a === '*' || b === '*';

function splitOutsideQuotes(text: string): string[] {
  if (!text.includes('"')) return text.split(';');
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (character === '\\' && quoted) at++;
    else if (character === ';' && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function readParams(parts: readonly string[]): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const value = part.slice(equals + 1).trim();
    const quoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"');
    params.set(part.slice(0, equals).trim().toLowerCase(), quoted ? value.slice(1, -1).replace(/\\([\\"])/g, '$1') : value);
  }
  return params;
}
