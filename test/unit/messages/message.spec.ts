import { describe, expect, it } from 'vitest';
import { errorDetail, messagesOf } from '../../../src/framework/exceptions/error-detail.js';
import { Throttled } from '../../../src/framework/exceptions/exceptions.js';
import type { Catalogue } from '../../../src/framework/messages/catalogue.js';
import { Languages } from '../../../src/framework/messages/languages.js';
import { formatMessage, Message, type PluralForms } from '../../../src/framework/messages/message.js';

const LEFT = '{count} copies are left.';
const catalogues: Catalogue[] = [
  {
    language: 'fr',
    messages: {
      [LEFT]: { by: 'count', one: 'Il reste {count} exemplaire.', other: 'Il reste {count} exemplaires.' },
      '{detail} Expected available in {wait} seconds.': { by: 'wait', one: '{detail} Dans {wait} seconde.', other: '{detail} Dans {wait} secondes.' },
      'Request was throttled.': 'Requête ralentie.',
      '{model_name} with this {field_label} already exists.': 'Un objet {model_name} avec ce champ {field_label} existe déjà.',
      book: 'livre',
    },
  },
  { language: 'pl', messages: { [LEFT]: { by: 'count', one: '{count} egzemplarz', few: '{count} egzemplarze', other: '{count} egzemplarzy' } } },
  {
    language: 'ar',
    messages: { [LEFT]: { by: 'count', zero: 'z{count}', one: 'one', two: 'two', few: 'f{count}', many: 'm{count}', other: 'o{count}' } },
  },
  { language: 'ja', messages: { [LEFT]: { by: 'count', other: '残り{count}冊' } } },
];
const languages = new Languages(catalogues);
const inLanguage = (tag: string) => languages.choose(tag).translate;
const left: PluralForms = { by: 'count', one: '{count} copy is left.', other: LEFT };

describe('a text with forms for numbers', () => {
  it.each<[string, unknown, string]>([
    ['en', 0, '0 copies are left.'],
    ['en', 1, '1 copy is left.'],
    ['en', 2, '2 copies are left.'],
    ['fr', 0, 'Il reste 0 exemplaire.'],
    ['fr', 1, 'Il reste 1 exemplaire.'],
    ['fr', 1.5, 'Il reste 1.5 exemplaire.'],
    ['fr', 2, 'Il reste 2 exemplaires.'],
    ['fr', 1_000_000, 'Il reste 1000000 exemplaires.'],
    ['fr', 12n, 'Il reste 12 exemplaires.'],
    ['fr', '1', 'Il reste 1 exemplaire.'],
    ['fr', 'many', 'Il reste many exemplaires.'],
    ['pl', 1, '1 egzemplarz'],
    ['pl', 2, '2 egzemplarze'],
    ['pl', 5, '5 egzemplarzy'],
    ['pl', 22, '22 egzemplarze'],
    ['ar', 0, 'z0'],
    ['ar', 2, 'two'],
    ['ar', 3, 'f3'],
    ['ar', 11, 'm11'],
    ['ar', 100, 'o100'],
    ['ja', 1, '残り1冊'],
  ])('is in %s for %s: %s', (tag, count, text) => {
    expect(inLanguage(tag)(errorDetail(left, 'left', { count }))).toBe(text);
    expect(inLanguage(tag)(new Message(left, { count }))).toBe(text);
  });

  it('takes its last form where nothing says the number', () => {
    expect(inLanguage('fr')(new Message(left))).toBe('Il reste {count} exemplaires.');
  });
});

describe('a template', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['No more than {max}.', { max: 3 }, 'No more than 3.'],
    ['{a} and {a} and {b}', { a: 1, b: 2 }, '1 and 1 and 2'],
    ['{a} {missing}', { a: 1 }, '1 {missing}'],
    ['{constructor}', {}, '{constructor}'],
    ['{a}', { a: '{b}', b: 'never' }, '{b}'],
    ['{a}', { a: '$& $1 $$' }, '$& $1 $$'],
    ['{a} {}', { a: null }, 'null {}'],
    ['{a}', { a: new Message('{b}', { b: '{a}' }) }, '{a}'],
  ])('%j with %j is %j', (template, params, text) => {
    expect(formatMessage(template, params)).toBe(text);
  });
});

describe('a detail in another language', () => {
  const detail = (field: string) =>
    errorDetail('{model_name} with this {field_label} already exists.', 'unique', {
      model_name: new Message('book'),
      field_label: new Message(field),
    });

  it('is translated with the messages in it, each of which stays English where it has no translation', () => {
    expect(messagesOf({ isbn: [detail('ISBN')] }, inLanguage('fr'))).toEqual({ isbn: ['Un objet livre avec ce champ ISBN existe déjà.'] });
    expect(messagesOf({ isbn: [detail('ISBN')] }, inLanguage('pl'))).toEqual({ isbn: ['book with this ISBN already exists.'] });
    expect(messagesOf({ isbn: [detail('ISBN')] })).toEqual({ isbn: ['book with this ISBN already exists.'] });
  });

  it('does not translate what a client sent, though it is the text of a message', () => {
    expect(inLanguage('fr')(errorDetail('{value}', 'odd', { value: 'book' }))).toBe('book');
  });

  it.each([
    [0, 'Requête ralentie. Dans 0 seconde.'],
    [1, 'Requête ralentie. Dans 1 seconde.'],
    [1.5, 'Requête ralentie. Dans 2 secondes.'],
    [undefined, 'Requête ralentie.'],
  ])('says how long a client waits: %s seconds', (wait, text) => {
    expect(new Throttled(wait).body(inLanguage('fr'))).toEqual({ detail: text });
  });

  it('keeps an own text before how long a client waits', () => {
    expect(new Throttled(2, 'Slow down.').body(inLanguage('fr'))).toEqual({ detail: 'Slow down. Dans 2 secondes.' });
    expect(new Throttled(2, 'Slow down.').body()).toEqual({ detail: 'Slow down. Expected available in 2 seconds.' });
  });

  it('keeps codes as they are', () => {
    expect([new Throttled(2).getCodes(), new Throttled(2, undefined, 'slow').getCodes()]).toEqual(['throttled', 'slow']);
  });
});

describe('a text of the application', () => {
  it('is translated with its parameters', () => {
    const french = new Languages([{ language: 'fr', messages: { 'Hello {name}.': 'Bonjour {name}.' } }]).choose('fr');
    expect([french.translate('Hello {name}.', { name: 'Ada' }), french.translate('Bye {name}.', { name: 'Ada' })]).toEqual([
      'Bonjour Ada.',
      'Bye Ada.',
    ]);
  });
});
