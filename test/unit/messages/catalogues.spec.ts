import { beforeAll, describe, expect, it } from 'vitest';
import { french, german, spanish, type Catalogue, type PluralForms } from 'nest-rest-framework';
import { placeholders } from '../../../src/framework/messages/message.js';
import { sourceTemplates, type SourceTemplates } from './source-templates.js';

const catalogues = [
  ['french', french],
  ['german', german],
  ['spanish', spanish],
] as const;

/** Texts of the sources that no client reads, by how they begin. */
const FOR_DEVELOPERS = ['Copy prisma/rest.prisma'];

let source: SourceTemplates;
let told: ReadonlyMap<string, string>;
beforeAll(() => {
  source = sourceTemplates();
  told = new Map([...source.templates].filter(([template]) => !FOR_DEVELOPERS.some((start) => template.startsWith(start))));
});

const placeholdersOf = (text: string) => [...new Set(placeholders(text))].sort().join(', ');

function formsOf(text: string | PluralForms): [string, string][] {
  if (typeof text === 'string') return [['', text]];
  const { by: _by, ...forms } = text;
  return Object.entries(forms);
}

describe.each(catalogues)('the %s catalogue', (name, catalogue: Catalogue) => {
  it('has every text that the sources tell clients', () => {
    const missing = [...told].filter(([template]) => !Object.hasOwn(catalogue.messages, template));
    const lines = missing.map(([template, place]) => `src/framework/messages/catalogues/${name}.ts lacks ${JSON.stringify(template)} of ${place}`);
    expect(lines, lines.join('\n')).toEqual([]);
  });

  it('has no text that the sources do not tell', () => {
    const lines = Object.keys(catalogue.messages)
      .filter((template) => !told.has(template))
      .map(
        (template) => `src/framework/messages/catalogues/${name}.ts: no source says ${JSON.stringify(template)} any more; remove it, or correct it`,
      );
    expect(lines, lines.join('\n')).toEqual([]);
  });

  it('has in each text the placeholders of its template', () => {
    const lines = Object.entries(catalogue.messages).flatMap(([template, text]) =>
      formsOf(text)
        .filter(([, form]) => placeholdersOf(form) !== placeholdersOf(template))
        .map(([form, written]) => `${name}: ${JSON.stringify(template)}${form && `, ${form}`}: ${placeholdersOf(written) || 'none'}`),
    );
    expect(lines, lines.join('\n')).toEqual([]);
  });

  it('has forms of numbers that the text holds and the language tells apart', () => {
    const known = new Intl.PluralRules(catalogue.language).resolvedOptions().pluralCategories;
    const lines = Object.entries(catalogue.messages).flatMap(([template, text]) => {
      if (typeof text === 'string') return [];
      const odd = formsOf(text).filter(([form]) => !known.includes(form as Intl.LDMLPluralRule));
      return odd.length === 0 && template.includes(`{${text.by}}`) ? [] : [`${name}: ${JSON.stringify(template)}: by ${text.by}, ${odd.join()}`];
    });
    expect(lines, lines.join('\n')).toEqual([]);
  });

  it('ends its texts as the template does', () => {
    const stopped = (text: string) => /[.?]$/.test(text);
    const lines = Object.entries(catalogue.messages).flatMap(([template, text]) =>
      formsOf(text).every(([, form]) => stopped(form) === stopped(template)) ? [] : [`${name}: ${JSON.stringify(template)}: ${JSON.stringify(text)}`],
    );
    expect(lines, lines.join('\n')).toEqual([]);
  });
});

describe('the sources', () => {
  it('put no text together with its values: they write a template, errorDetail(template, code, params)', () => {
    expect(source.formatted, source.formatted.join('\n')).toEqual([]);
  });

  it.each([
    ['of an exception that says nothing else', 'Not found.'],
    ['of an exception with a parameter', 'Method "{method}" not allowed.'],
    ['with forms, by the last one', '{detail} Expected available in {wait} seconds.'],
    ['of a field', 'Must be a valid UUID.'],
    ['without a stop', 'Invalid cursor'],
    ['of a validator, by default', 'Null characters are not allowed.'],
    ['of a filter', 'Enter a number.'],
    ['inside another text', 'invalid start byte'],
    ['of a condition', 'Unknown parameter. Did you mean "{nearest}"?'],
    ['written to a socket', 'The request took too long to arrive.'],
  ])('are searched for texts %s', (_which, template) => {
    expect(told.has(template)).toBe(true);
  });

  it('hold many texts', () => {
    expect(told.size).toBeGreaterThan(100);
  });
});
