import { ConfigurationError } from '../exceptions/configuration-error.js';
import { acceptLanguage, truncated, type LanguagePreference } from './accept-language.js';
import { assertCatalogue, type Catalogue } from './catalogue.js';
import { Language } from './language.js';
import type { Template } from './message.js';

const LANGUAGES = Symbol('rest.languages');

/**
 * The languages that an application answers in: those of its catalogues and the one of `languageCode`, which is the default. Made once at boot.
 *
 * A catalogue of a region stands on the one of its language, `fr-CA` on `fr`. What a language lacks comes from the default language, as in Django,
 * and else stays English.
 */
export class Languages {
  /** The default first. */
  readonly offered: readonly Language[];
  readonly default: Language;
  /** Whether there is any catalogue: without one, answers say nothing of languages. */
  readonly translated: boolean;
  readonly #byTag: ReadonlyMap<string, Language>;

  /** @throws ConfigurationError for a catalogue that is none, and a default language that no catalogue has. */
  constructor(catalogues: readonly Catalogue[] = [], languageCode = 'en') {
    const texts = new Map<string, Map<string, Template>>();
    const standard = tagOf(languageCode, 'languageCode');
    for (const catalogue of catalogues) {
      assertCatalogue(catalogue);
      const { language, messages } = catalogue;
      const tag = tagOf(language, 'languages');
      texts.set(tag, new Map([...(texts.get(tag) ?? []), ...Object.entries(messages)]));
    }
    const own = (tag: string) => [...truncated(tag)].reverse().flatMap((part) => [...(texts.get(part) ?? [])]);
    if (!isEnglish(standard) && ![...truncated(standard)].some((part) => texts.has(part))) {
      throw new ConfigurationError(
        `RestModule.forRoot: languageCode is ${languageCode}, and languages has no catalogue of it, but ${[...texts.keys()].join(', ') || 'none'}. Add one, or leave languageCode out for English.`,
      );
    }
    const tags = [...new Set([standard, ...texts.keys()])];
    this.offered = tags.map((tag) => new Language(canonical(tag), new Map([...(isEnglish(tag) ? [] : own(standard)), ...own(tag)])));
    this.default = this.offered[0] as Language;
    this.translated = catalogues.length > 0;
    this.#byTag = new Map(this.offered.map((language) => [language.tag.toLowerCase(), language]));
  }

  /** Those of a server that runs the framework; English alone on any other. */
  static of(server: object | undefined): Languages {
    return (server as { [LANGUAGES]?: Languages } | undefined)?.[LANGUAGES] ?? ENGLISH_ALONE;
  }

  /** Makes a server's requests find them. */
  install(server: { decorate(name: symbol, value: unknown): unknown }): void {
    server.decorate(LANGUAGES, this);
  }

  /** The best for an `Accept-Language`: the first that fits what the client wants, by lookup (RFC 4647, section 3.4); the default where none does. */
  choose(header: string | undefined): Language {
    if (header === undefined || this.offered.length === 1) return this.default;
    const preference = acceptLanguage(header);
    for (const range of preference.wanted) {
      const found = range === '*' ? undefined : this.lookup(range);
      if (found && !refuses(preference, found)) return found;
    }
    return this.offered.find((language) => !refuses(preference, language)) ?? this.default;
  }

  /** The offered language that is nearest to a tag: `fr` for `fr-CA`, and as in Django `pt-BR` for `pt-PT` and `pt`; undefined where none is. */
  lookup(tag: string): Language | undefined {
    const wanted = tag.toLowerCase();
    for (const part of truncated(wanted)) {
      const found = this.#byTag.get(part);
      if (found) return found;
    }
    const [primary] = wanted.split('-');
    return this.offered.find((language) => language.tag.toLowerCase().startsWith(`${primary}-`));
  }
}

/** Whether a client says of a language, or of what it is a part of, that it does not take it. */
function refuses({ qualities }: LanguagePreference, { tag }: Language): boolean {
  const nearest = [...truncated(tag.toLowerCase())].find((part) => qualities.has(part));
  return nearest !== undefined && qualities.get(nearest) === 0;
}

const isEnglish = (tag: string) => /^en(-|$)/.test(tag);

const canonical = (tag: string) => Intl.getCanonicalLocales(tag)[0] as string;

function tagOf(language: string, setting: string): string {
  try {
    return canonical(language).toLowerCase();
  } catch {
    throw new ConfigurationError(
      `RestModule.forRoot: ${setting}: ${JSON.stringify(language)} is no language tag. Write one as in BCP 47: fr, pt-BR.`,
    );
  }
}

const ENGLISH_ALONE = new Languages();
