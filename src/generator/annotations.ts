/** Where an annotation may stand. */
export type Target = 'model' | 'field' | 'enum value';

type Value = 'text' | 'number' | 'count' | 'kind of slug' | 'choice' | 'condition';

interface Grammar {
  readonly arguments: readonly Value[];
  /** How many of them must be there; all, where it is not said. */
  readonly least?: number;
  /** Whether the last may be repeated. */
  readonly repeated?: boolean;
  readonly example: string;
}

const flag = (name: string): Grammar => ({ arguments: [], example: `@rest.${name}` });
const label: Grammar = { arguments: ['text'], example: '@rest.label("E-mail address")' };

const GRAMMAR: Readonly<Record<Target, Readonly<Record<string, Grammar>>>> = {
  model: {
    ordering: { arguments: ['text'], repeated: true, example: '@rest.ordering("name", "-id")' },
    str: { arguments: ['text'], example: '@rest.str("name")' },
    verboseName: { arguments: ['text', 'text'], least: 1, example: '@rest.verboseName("person", "people")' },
    nullsNotDistinct: { arguments: ['text'], repeated: true, example: '@rest.nullsNotDistinct("book_slug_publisher_id_key")' },
  },
  field: {
    label,
    help: { arguments: ['text'], example: '@rest.help("In euros.")' },
    blank: flag('blank'),
    email: flag('email'),
    url: flag('url'),
    slug: { arguments: ['kind of slug'], least: 0, example: '@rest.slug or @rest.slug("unicode")' },
    file: { arguments: ['text'], least: 0, example: '@rest.file("covers/%Y")' },
    image: { arguments: ['text'], least: 0, example: '@rest.image("portraits")' },
    readOnly: flag('readOnly'),
    hidden: flag('hidden'),
    forward: flag('forward'),
    min: { arguments: ['number'], example: '@rest.min(0)' },
    max: { arguments: ['number'], example: '@rest.max(5)' },
    minLength: { arguments: ['count'], example: '@rest.minLength(3)' },
    maxLength: { arguments: ['count'], example: '@rest.maxLength(2000)' },
    size: { arguments: ['count'], example: '@rest.size(10)' },
    regex: { arguments: ['text', 'text'], least: 1, example: '@rest.regex("^\\\\d+$", "Digits only.")' },
    choices: { arguments: ['choice'], repeated: true, example: '@rest.choices([1, "Low"], [2, "High"])' },
    limitChoicesTo: { arguments: ['condition'], example: '@rest.limitChoicesTo({"isActive": true})' },
  },
  'enum value': { label },
};

const ACCEPTS: Readonly<Record<Value, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  count: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  'kind of slug': (value) => value === 'unicode',
  choice: (value) =>
    Array.isArray(value) && value.length === 2 && ['string', 'number'].includes(typeof value[0]) && typeof value[1] === 'string' && value[1] !== '',
  condition: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

export type ParsedAnnotations = ReadonlyMap<string, readonly unknown[]>;

/** A mistake in the Prisma schema: the message says where, what and how it is put right. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

/**
 * Splits the documentation over a model, a field or an enum's value into its `@rest.NAME(…)` annotations and the prose around them.
 *
 * Arguments are JSON, so a backslash in a pattern is written twice. An annotation without arguments needs no parentheses.
 *
 * @param place the name in messages, such as `Book.price`.
 * @throws SchemaError for an unknown name, a second one of the same name, and arguments that do not fit.
 */
export function parseAnnotations(text: string, target: Target, place: string): { annotations: ParsedAnnotations; prose: string | undefined } {
  const annotations = new Map<string, readonly unknown[]>();
  // An address such as me@rest.example is none.
  const opening = /(?<![\w.-])@rest\.(\w*)[ \t]*(\()?/g;
  let prose = '';
  let position = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const name = match[1] ?? '';
    const grammar = Object.hasOwn(GRAMMAR[target], name) ? GRAMMAR[target][name] : undefined;
    if (grammar === undefined) {
      throw new SchemaError(`${place}: unknown annotation @rest.${name}. A ${target} knows ${Object.keys(GRAMMAR[target]).join(', ')}.`);
    }
    if (annotations.has(name)) throw new SchemaError(`${place}: @rest.${name} stands twice. Keep one.`);
    prose += text.slice(position, match.index);
    position = match[2] === undefined ? match.index + `@rest.${name}`.length : closing(text, opening.lastIndex);
    if (position === -1)
      throw new SchemaError(`${place}: @rest.${name} lacks its closing parenthesis. Write it like ${grammar.example}, on one line.`);
    const source = match[2] === undefined ? '' : text.slice(opening.lastIndex, position - 1);
    annotations.set(name, checked(source, grammar, `${place}: @rest.${name}(${source})`));
    opening.lastIndex = position;
  }
  prose = (prose + text.slice(position)).replace(/[ \t]+$/gm, '').trim();
  return { annotations, prose: prose === '' ? undefined : prose };
}

function checked(source: string, grammar: Grammar, place: string): readonly unknown[] {
  let values: unknown[];
  try {
    values = JSON.parse(`[${source}]`);
  } catch {
    throw new SchemaError(`${place}: the arguments are not JSON. Write it like ${grammar.example}.`);
  }
  const expected = grammar.arguments;
  const fits =
    values.length >= (grammar.least ?? expected.length) &&
    (grammar.repeated || values.length <= expected.length) &&
    values.every((value, index) => ACCEPTS[expected[index] ?? expected.at(-1) ?? 'text'](value));
  if (!fits) throw new SchemaError(`${place}: the arguments do not fit. Write it like ${grammar.example}.`);
  return values;
}

/** The position after the parenthesis that closes the arguments, or -1. Parentheses within strings do not count. */
function closing(text: string, from: number): number {
  let quoted = false;
  for (let index = from; index < text.length; index++) {
    const character = text[index];
    if (quoted && character === '\\') index++;
    else if (character === '"') quoted = !quoted;
    else if (character === ')' && !quoted) return index + 1;
  }
  return -1;
}
