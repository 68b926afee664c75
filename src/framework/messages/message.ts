/** What stands for `{name}` in a template. A Message among them is translated with it. */
export type MessageParams = Readonly<Record<string, unknown>>;

/**
 * A text with a form for each kind of number that a language tells apart (CLDR's plural categories). `by` names the parameter that holds the number;
 * `other` serves where the number's form is missing.
 */
export interface PluralForms extends Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> {
  readonly by: string;
  readonly other: string;
}

/** A text as it is written, with `{placeholders}`. */
export type Template = string | PluralForms;

/** A text that a client reads, before its language is known. */
export interface Translatable {
  /** What a catalogue knows it by: the English text as it is written, its `other` form where it has several. */
  readonly template: string;
  readonly params: MessageParams;
  /** The English text, its placeholders filled in. */
  readonly message: string;
}

/**
 * A text inside another one that is to be translated too: a model's name, a field's label, the reason of an error.
 *
 * @example
 * errorDetail('{model_name} with this {field_label} already exists.', 'unique', { model_name: new Message('book'), field_label: new Message('title') });
 */
export class Message implements Translatable {
  readonly template: string;
  readonly message: string;

  constructor(
    template: Template,
    readonly params: MessageParams = {},
  ) {
    this.template = keyOf(template);
    this.message = formatMessage(template, params);
  }

  toString(): string {
    return this.message;
  }
}

/** What a catalogue knows a template by. */
export const keyOf = (template: Template): string => (typeof template === 'string' ? template : template.other);

const PLACEHOLDER = /\{(\w+)\}/g;

/** The names of a text's placeholders. */
export const placeholders = (text: string): readonly string[] => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name as string);

const ENGLISH = new Intl.PluralRules('en');

/** A text with its `{placeholders}` filled in; those that nothing stands for stay. `show` writes the messages among the parameters. */
export function formatMessage(
  template: Template,
  params: MessageParams,
  plurals: Intl.PluralRules = ENGLISH,
  show: (message: Message) => string = String,
): string {
  const text = typeof template === 'string' ? template : (template[plurals.select(Number(params[template.by]))] ?? template.other);
  return text.replace(PLACEHOLDER, (whole, name: string) => {
    if (!Object.hasOwn(params, name)) return whole;
    const value = params[name];
    return value instanceof Message ? show(value) : String(value);
  });
}
