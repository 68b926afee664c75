import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { SearchFilter } from '../../../src/framework/filters/search-filter.js';
import { bookView, encoded, filtered, plain } from './filtering.js';

const search = (searchFields: readonly string[]) => new SearchFilter(bookView({ searchFields }));
const whereOf = async (searchFields: readonly string[], text: string) =>
  plain((await filtered(search(searchFields), encoded({ search: text }))).where);

describe('SearchFilter', () => {
  it('finds each term in any of the fields', async () => {
    const either = (term: string) => ({
      OR: [
        { title: { contains: term, mode: 'insensitive' } },
        { isbn: { startsWith: term, mode: 'insensitive' } },
        { author: { is: { name: { contains: term, mode: 'insensitive' } } } },
      ],
    });
    expect(await whereOf(['title', '^isbn', 'author__name'], 'the 978')).toEqual({ AND: [either('the'), either('978')] });
  });

  it.each([
    ['=title', 'x', { title: { equals: 'x', mode: 'insensitive' } }],
    ['title__exact', 'x', { title: { equals: 'x' } }],
    ['title__endswith', '%', { title: { endsWith: '%' } }],
    ['genres__slug', 'x', { genres: { some: { slug: { contains: 'x', mode: 'insensitive' } } } }],
    ['id__exact', '7', { id: { equals: 7 } }],
    ['id__exact', 'seven', { OR: [] }],
    ['pk__exact', '9'.repeat(40), { OR: [] }],
    ['language__exact', 'fr', { language: { equals: 'fr' } }],
    ['language__exact', 'xx', { OR: [] }],
    ['loans__id__exact', 'nouuid', { OR: [] }],
    ['^author__publishers', '', undefined],
  ])('searches %s for %s by %o', async (field, term, expected) => {
    if (expected) expect(await whereOf([field], term)).toEqual({ OR: [expected] });
    else expect(() => search([field])).toThrow(ConfigurationError);
  });

  it.each(['', 'search=', 'search=%20', 'search=,', 'search=a&search=', 'Search=x'])('leaves everything in for ?%s', async (query) => {
    expect((await filtered(search(['title']), query)).where).toEqual({});
  });

  it('searches nothing where the view names no fields', async () => {
    expect((await filtered(new SearchFilter(bookView()), 'search=%00')).where).toEqual({});
    expect(new SearchFilter(bookView()).parameters()).toEqual([]);
  });

  it('answers a NUL with a list of messages', async () => {
    await expect(filtered(search(['title']), 'search=%00')).rejects.toMatchObject({
      status: 400,
      detail: [{ message: 'Null characters are not allowed.' }],
    });
  });

  it('counts the last of several parameters, and keeps long ones whole', async () => {
    expect(await whereOf(['title'], 'x'.repeat(5000))).toEqual({ OR: [{ title: { contains: 'x'.repeat(5000), mode: 'insensitive' } }] });
    expect(plain((await filtered(search(['title']), 'search=a&search=b')).where)).toEqual({
      OR: [{ title: { contains: 'b', mode: 'insensitive' } }],
    });
  });

  it.each([
    ['$title', /BooksViewSet.searchFields, '\$title': \$ searches by a regular expression.*use \^/],
    ['@title', /@ searches by full text/],
    ['titel', /Book has no titel; use one of id, title/],
    ['author', /author is a relation; name a field of Author/],
    ['author__nom', /Author has no nom/],
    ['pages', /Int cannot be compared by icontains/],
    ['language', /Enum cannot be compared by icontains/],
    ['=title__exact', /= and exact exclude each other/],
    ['title__in', /cannot be searched by in/],
    ['title__isnull', /cannot be searched by isnull/],
    ['title__regex', /Prisma cannot match a regular expression; use contains/],
    ['__proto__', /Book has no/],
    ['constructor', /Book has no constructor/],
    ['', /Book has no field without a name/],
  ])('refuses the field %s at boot', (field, message) => {
    expect(() => search([field])).toThrow(ConfigurationError);
    expect(() => search([field])).toThrow(message);
  });
});
