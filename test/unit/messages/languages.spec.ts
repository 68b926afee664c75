import { describe, expect, it } from 'vitest';
import { acceptLanguage, truncated } from '../../../src/framework/messages/accept-language.js';
import { extendCatalogue, type Catalogue } from '../../../src/framework/messages/catalogue.js';
import { Languages } from '../../../src/framework/messages/languages.js';

const catalogue = (language: string, messages: Catalogue['messages'] = {}): Catalogue => ({ language, messages });
const languages = new Languages(['fr', 'de', 'es', 'pt-BR', 'zh-Hant', 'fr-CA'].map((language) => catalogue(language)));

describe('the language of a request', () => {
  it.each<[string | undefined, string]>([
    [undefined, 'en'],
    ['', 'en'],
    [' , ,', 'en'],
    ['fr', 'fr'],
    ['FR', 'fr'],
    ['fr, de', 'fr'],
    [',fr,,de', 'fr'],
    ['fr;q=0.5, de', 'de'],
    ['fr;q=0.5, de;q=0.500', 'fr'],
    ['fr;q=0.5,de;q=0.8,es;q=0.1', 'de'],
    ['fr \t;\tq=0.5 , de; Q=0.6', 'de'],
    ['nl, fr;q=0.2', 'fr'],
    ['nl', 'en'],
    ['en, fr', 'en'],
    ['en-GB, fr', 'en'],
    // Lookup cuts a range from its end, and what a single letter begins at once.
    ['fr-BE', 'fr'],
    ['fr-CA', 'fr-CA'],
    ['fr-CA-x-joual', 'fr-CA'],
    ['zh-Hant-TW', 'zh-Hant'],
    ['de-CH-1996', 'de'],
    // As in Django a region serves for its language.
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['pt-PT, fr;q=0.9', 'pt-BR'],
    // `*` names none.
    ['*', 'en'],
    ['*, fr', 'fr'],
    ['nl, *;q=0.5', 'en'],
    // 0 is a refusal.
    ['fr;q=0', 'en'],
    ['fr;q=0, de;q=0.001', 'de'],
    ['fr-BE, fr;q=0', 'en'],
    ['fr-CA, fr;q=0', 'fr-CA'],
    ['en;q=0', 'fr'],
    ['en;q=0, fr;q=0, *;q=0.1', 'de'],
    ['en;q=0, fr;q=0, de;q=0, es;q=0, pt;q=0, zh;q=0', 'en'],
    ['fr;q=0, fr;q=1', 'fr'],
    // What is malformed says nothing.
    ['fr;q=1.1', 'en'],
    ['fr;q=0.1234', 'en'],
    ['fr;q=-1', 'en'],
    ['fr;q=', 'en'],
    ['fr;q=.5', 'en'],
    ['fr;q="0.5"', 'en'],
    ['fr;level=1', 'en'],
    ['fr de', 'en'],
    ['fr_CA', 'en'],
    ['fr, d\u00e9', 'en'],
    ['fr, \0', 'en'],
    ['francophonie', 'en'],
    ['fr-', 'en'],
    ['-fr', 'en'],
    ['fr;q=1.000', 'fr'],
    // 500 characters are read.
    [`fr, ${'nl,'.repeat(200)}`, 'fr'],
    [`${'nl,'.repeat(200)}fr`, 'en'],
    [`${'x'.repeat(501)}, fr`, 'en'],
    [`${'nl-'.repeat(166)}nl`, 'en'],
    [`fr, ${'x'.repeat(600)}`, 'fr'],
  ])('is for Accept-Language %j: %s', (header, tag) => {
    expect(languages.choose(header).tag).toBe(tag);
  });

  it.each([
    ['fr', undefined, 'fr'],
    ['fr', 'nl', 'fr'],
    ['fr', 'de', 'de'],
    ['fr-BE', 'fr', 'fr'],
    ['FR-be', 'nl', 'fr-BE'],
    ['en-US', 'nl', 'en-US'],
    ['en-US', 'en', 'en-US'],
  ])('is with languageCode %s for %s: %s', (languageCode, header, tag) => {
    expect(new Languages([catalogue('fr'), catalogue('de')], languageCode).choose(header).tag).toBe(tag);
  });

  it('is English where no catalogue is offered', () => {
    const alone = new Languages();
    expect([alone.choose('fr').tag, alone.translated, alone.offered.length]).toEqual(['en', false, 1]);
    expect(Languages.of(undefined).choose('fr').tag).toBe('en');
  });

  it('is not English where another one is the default and no catalogue of English is offered', () => {
    expect(new Languages([catalogue('fr')], 'fr').offered.map(({ tag }) => tag)).toEqual(['fr']);
    expect(new Languages([catalogue('fr'), catalogue('en')], 'fr').choose('en').tag).toBe('en');
  });

  it('reads no more of a long header than its first 500 characters', () => {
    const { wanted } = acceptLanguage(Array.from({ length: 100_000 }, (_each, at) => `a-${at}`).join(','));
    expect([wanted[0], wanted.join(',').length < 500]).toEqual(['a-0', true]);
  });

  it.each([
    ['zh-hant-tw', ['zh-hant-tw', 'zh-hant', 'zh']],
    ['zh-hant-cn-x-private1-private2', ['zh-hant-cn-x-private1-private2', 'zh-hant-cn-x-private1', 'zh-hant-cn', 'zh-hant', 'zh']],
    ['zh-x-a-b', ['zh-x-a-b', 'zh']],
    ['x', ['x']],
  ])('of %s is cut from its end (RFC 4647)', (tag, cut) => {
    expect([...truncated(tag)]).toEqual(cut);
  });
});

describe('the texts of a language', () => {
  const translate = (catalogues: readonly Catalogue[], tag: string, text: string, languageCode?: string) =>
    new Languages(catalogues, languageCode).choose(tag).translate(text);
  const french = catalogue('fr', { 'Not found.': 'Non trouvé.', 'Gone.': 'Parti.' });

  it.each<[string, readonly Catalogue[], string, string, string]>([
    ['its own', [french], 'fr', 'Gone.', 'Parti.'],
    ['English where it lacks them', [french], 'fr', 'Odd.', 'Odd.'],
    ['English in English', [french], 'en', 'Gone.', 'Gone.'],
    ['the last of several catalogues', [french, catalogue('fr', { 'Gone.': 'Disparu.' })], 'fr', 'Gone.', 'Disparu.'],
    ['those of the catalogues before it', [french, catalogue('fr', { 'Odd.': 'Étrange.' })], 'fr', 'Gone.', 'Parti.'],
    ['an extended catalogue', [extendCatalogue(french, { 'Gone.': 'Disparu.', 'Odd.': 'Étrange.' })], 'fr', 'Gone.', 'Disparu.'],
    ['a region over its language', [french, catalogue('fr-CA', { 'Gone.': 'Pus là.' })], 'fr-CA', 'Gone.', 'Pus là.'],
    ['the language under its region', [catalogue('fr-CA', { 'Gone.': 'Pus là.' }), french], 'fr-CA', 'Not found.', 'Non trouvé.'],
    ['English in other words', [french, catalogue('en', { 'Gone.': 'Not any more.' })], 'en', 'Gone.', 'Not any more.'],
    ['no property of objects', [french], 'fr', 'constructor', 'constructor'],
  ])('are %s', (_which, catalogues, tag, text, expected) => {
    expect(translate(catalogues, tag, text)).toBe(expected);
  });

  it.each([
    ['de', 'Parti.'],
    ['fr', 'Parti.'],
    ['en', 'Gone.'],
  ])('come in %s from the default language where the language lacks them, but never into English', (tag, expected) => {
    expect(translate([french, catalogue('de'), catalogue('en')], tag, 'Gone.', 'fr')).toBe(expected);
  });

  it('leave the catalogue that is extended as it was', () => {
    extendCatalogue(french, { 'Gone.': 'Disparu.' });
    expect(french.messages['Gone.']).toBe('Parti.');
  });
});

describe('a mistake in the settings', () => {
  it.each<[string, unknown[], string | undefined, RegExp]>([
    ['a default language that no catalogue has', [catalogue('de')], 'fr', /languageCode is fr, and languages has no catalogue of it, but de\./],
    ['a default language and no catalogue', [], 'fr', /but none\. Add one/],
    ['a tag that is none', [catalogue('français')], undefined, /"français" is no language tag/],
    ['a default language that is no tag', [], 'en_US', /languageCode: "en_US" is no language tag/],
    ['a name for a catalogue', ['fr'], undefined, /languages holds "fr", which is no catalogue/],
    ['nothing for a catalogue', [undefined], undefined, /which is no catalogue/],
    ['a catalogue without texts', [{ language: 'fr' }], undefined, /which is no catalogue/],
    ['a text that is none', [{ language: 'fr', messages: { 'Gone.': 3 } }], undefined, /the fr text of "Gone\." is 3\. Write a text/],
    ['forms without a number', [{ language: 'fr', messages: { 'Gone.': { other: 'Parti.' } } }], undefined, /Write a text, or forms/],
    [
      'a placeholder that its template lacks',
      [catalogue('fr', { 'No {model}.': 'Aucun {modele}.' })],
      undefined,
      /has \{modele\}, which a client would read\. The template has model;/,
    ],
    [
      'a placeholder in one of its forms',
      [catalogue('fr', { '{n} left.': { by: 'n', one: '{m} reste.', other: 'Reste {n}.' } })],
      undefined,
      /has \{m\}/,
    ],
    ['forms without the last one', [{ language: 'fr', messages: { 'Gone.': { by: 'n', one: 'Parti.' } } }], undefined, /Write a text, or forms/],
  ])('%s stops the application at boot', (_what, catalogues, languageCode, message) => {
    expect(() => new Languages(catalogues as Catalogue[], languageCode)).toThrow(message);
  });
});
