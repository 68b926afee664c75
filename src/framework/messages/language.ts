import { formatMessage, type MessageParams, type Template, type Translatable } from './message.js';

/** Writes a text in a language; in English where its catalogue lacks it. */
export type Translate = (text: string | Translatable, params?: MessageParams) => string;

/** A language that answers may be in, with all its texts. */
export class Language {
  readonly #plurals: Intl.PluralRules;

  constructor(
    /** `fr`, `pt-BR` */
    readonly tag: string,
    readonly messages: ReadonlyMap<string, Template>,
  ) {
    this.#plurals = new Intl.PluralRules(tag);
  }

  readonly translate: Translate = (text, params) => {
    const template = typeof text === 'string' ? text : text.template;
    const values = typeof text === 'string' ? (params ?? {}) : text.params;
    const found = this.messages.get(template);
    if (found === undefined && typeof text !== 'string') return text.message;
    return formatMessage(found ?? template, values, this.#plurals, this.translate);
  };
}
