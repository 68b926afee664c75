import { ConfigurationError } from '../exceptions/configuration-error.js';
import { placeholders, type Template } from './message.js';

/**
 * The texts of one language, by what they are in English.
 *
 * @example
 * const own: Catalogue = {
 *   language: 'fr',
 *   messages: {
 *     'This book is already on loan.': 'Ce livre est déjà emprunté.',
 *     '{count} copies are left.': { by: 'count', one: 'Il reste {count} exemplaire.', other: 'Il reste {count} exemplaires.' },
 *   },
 * };
 */
export interface Catalogue {
  /** A language tag (BCP 47): `fr`, `pt-BR`. */
  readonly language: string;
  readonly messages: Readonly<Record<string, Template>>;
}

/**
 * A catalogue with further texts, or others for those that it has.
 *
 * @example
 * const own = extendCatalogue(french, { 'This book is already on loan.': 'Ce livre est déjà emprunté.' });
 */
export function extendCatalogue(catalogue: Catalogue, messages: Catalogue['messages']): Catalogue {
  return { language: catalogue.language, messages: { ...catalogue.messages, ...messages } };
}

/** @throws ConfigurationError for what is no catalogue, and for a placeholder that nothing will ever fill in. */
export function assertCatalogue(catalogue: Catalogue): void {
  const { language, messages } = (catalogue ?? {}) as Partial<Catalogue>;
  if (typeof language !== 'string' || typeof messages !== 'object' || messages === null) {
    throw new ConfigurationError(
      `RestModule.forRoot: languages holds ${JSON.stringify(catalogue)}, which is no catalogue. Pass catalogues, such as french, or { language: 'fr', messages: {} }.`,
    );
  }
  for (const [template, text] of Object.entries(messages)) {
    const forms = typeof text === 'string' ? [text] : [text?.by, text?.other];
    if (!forms.every((form) => typeof form === 'string')) {
      throw new ConfigurationError(
        `RestModule.forRoot: languages: the ${language} text of ${JSON.stringify(template)} is ${JSON.stringify(text)}. Write a text, or forms: { by: 'count', one: '…', other: '…' }.`,
      );
    }
    const known = placeholders(template);
    const unknown = Object.values(typeof text === 'string' ? [text] : text)
      .flatMap(placeholders)
      .find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new ConfigurationError(
        `RestModule.forRoot: languages: the ${language} text of ${JSON.stringify(template)} has {${unknown}}, which a client would read. The template has ${known.join(', ') || 'none'}; use one of those.`,
      );
    }
  }
}
