import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { booleanFilter } from '../../../src/framework/filters/boolean-filter.js';
import { charFilter } from '../../../src/framework/filters/char-filter.js';
import type { FilterDeclaration, FilterSetClass } from '../../../src/framework/filters/filter-context.js';
import { boundFilters, FilterSet } from '../../../src/framework/filters/filter-set.js';
import { numberFilter } from '../../../src/framework/filters/number-filter.js';
import { camelCase, snakeCase, type Naming } from '../../../src/framework/settings/naming.js';
import { models } from '../../../src/library/generated/models.js';

const bind = (declared: FilterDeclaration, naming: Naming = snakeCase) => boundFilters(declared, models.book, 'BooksViewSet', naming);
const names = (declared: FilterDeclaration, naming?: Naming) => bind(declared, naming).map(({ name }) => name);
/** A declaration that the compiler would refuse. */
const careless = (fields: object) => fields as FilterDeclaration;

describe('boundFilters', () => {
  it('translates each part of a name but the lookup, and leaves a name of its own as it is', () => {
    class Named extends FilterSet(models.book, { inStock: ['exact'], author__createdAt: ['year__gte'], title: ['icontains'] }) {
      minPrice = numberFilter({ field: 'price', lookup: 'gte' });
      inStock__isnull = booleanFilter({ field: 'inStock', lookup: 'isnull' });
      maxPrice = numberFilter({ name: 'maxPrice', field: 'price', lookup: 'lte' });
    }
    expect(names(Named)).toEqual(['in_stock', 'author__created_at__year__gte', 'title__icontains', 'min_price', 'in_stock__isnull', 'maxPrice']);
    expect(names(Named, camelCase)).toEqual([
      'inStock',
      'author__createdAt__year__gte',
      'title__icontains',
      'minPrice',
      'inStock__isnull',
      'maxPrice',
    ]);
    expect(names(Named, (name) => name.toUpperCase())).toEqual([
      'INSTOCK',
      'AUTHOR__CREATEDAT__year__gte',
      'TITLE__icontains',
      'MINPRICE',
      'INSTOCK__isnull',
      'maxPrice',
    ]);
  });

  it('follows pk', () => {
    expect(names(['pk', 'author__pk'])).toEqual(['pk', 'author__pk']);
  });

  it.each<[string, () => FilterDeclaration, RegExp]>([
    ['a field that the model lacks', () => careless(['titel']), /^BooksViewSet.filters, field titel: Book has no titel; use one of id, title/],
    ['a field that a related model lacks', () => careless({ author__nom: ['exact'] }), /Author has no nom/],
    ['a prototype name', () => careless(['constructor']), /Book has no constructor/],
    ['another prototype name', () => careless({ author____proto__: ['exact'] }), /Author has no/],
    ['a lookup that there is none of', () => careless({ title: ['like'] }), /lookup like: there is no such lookup; use one of iexact/],
    ['a lookup of the prototype', () => careless({ title: ['toString'] }), /there is no such lookup/],
    [
      'a lookup in the path',
      () => careless({ title__icontains: ['exact'] }),
      /title__icontains ends with a lookup; write it into the list, as { title: \['icontains'\] }/,
    ],
    ['month', () => careless({ published: ['month'] }), /lookup month: Prisma cannot ask for a month; use year/],
    ['day', () => careless({ published: ['day__gte'] }), /cannot ask for a day/],
    ['regex', () => careless({ title: ['regex'] }), /regular expression; use contains/],
    ['iregex', () => careless({ title: ['iregex'] }), /regular expression; use icontains/],
    ['search', () => careless({ title: ['search'] }), /cannot search full text; use icontains/],
    [
      'text lookups of numbers',
      () => careless({ pages: ['icontains'] }),
      /a column of type Int cannot be compared by icontains; use one of exact, gt, gte, lt, lte, in, range, isnull/,
    ],
    ['text lookups of choices', () => careless({ language: ['startswith'] }), /type Enum cannot be compared by startswith/],
    ['years of numbers', () => careless({ pages: ['year'] }), /type Int cannot be compared by year/],
    ['dates of dates', () => careless({ published: ['date'] }), /type date cannot be compared by date/],
    ['comparisons of JSON', () => careless({ metadata: ['exact'] }), /type Json cannot be compared by exact; use one of isnull/],
    [
      'comparisons of relations',
      () => careless({ author: ['gt'] }),
      /author is a relation, which cannot be compared by gt; use one of exact, in, isnull, or name a field of Author/,
    ],
    ['lists of many relations', () => careless({ genres: ['in'] }), /genres is a relation, which cannot be compared by in; use one of exact, isnull/],
    ['text lookups of UUIDs', () => careless({ loans__id: ['icontains'] }), /type uuid cannot be compared by icontains/],
    [
      'a filter set of another model',
      () => class Authors extends FilterSet(models.author, ['name']) {} as unknown as FilterSetClass,
      /BooksViewSet.filters is Authors, a filter set of Author; the view's model is Book. Extend FilterSet\(models.book, …\)/,
    ],
    ['a class that is no filter set', () => class Odd {} as unknown as FilterSetClass, /BooksViewSet.filters is Odd, a filter set of no model/],
    [
      'a method that is missing',
      () =>
        class Missing extends FilterSet(models.book) {
          mine = booleanFilter({ method: 'filterMine' });
        },
      /Missing.mine: Missing has no method filterMine; write filterMine\(value\)/,
    ],
    [
      'a method and a function',
      () =>
        class Both extends FilterSet(models.book) {
          mine = booleanFilter({ method: 'filterMine', where: () => ({}) });
          filterMine() {
            return {};
          }
        },
      /Both.mine: method and where exclude each other/,
    ],
    [
      'a field that a filter leaves to its name',
      () =>
        class Nameless extends FilterSet(models.book) {
          titel = charFilter();
        },
      /Nameless.titel: Book has no titel/,
    ],
    [
      'a filter of another type than the field',
      () =>
        class Mixed extends FilterSet(models.book) {
          pages = charFilter();
        },
      /Mixed.pages: CharFilter reads what pages \(Int\) cannot be compared with by exact; use numberFilter/,
    ],
    [
      'a number for a year',
      () =>
        class Yearly extends FilterSet(models.book) {
          published = charFilter({ lookup: 'year' as 'exact' });
        },
      /use numberFilter/,
    ],
    [
      'a text for a relation',
      () =>
        class Related extends FilterSet(models.book) {
          author = charFilter();
        },
      /author is a relation, which CharFilter does not read; use modelChoiceFilter, or name a field of Author/,
    ],
    [
      'a lookup in a filter’s field',
      () =>
        class Twice extends FilterSet(models.book) {
          x = charFilter({ field: 'title__icontains' as 'title' });
        },
      /Twice.x: title__icontains ends with a lookup; give field and lookup apart/,
    ],
    [
      'two filters of one name',
      () =>
        class Twins extends FilterSet(models.book, { inStock: ['exact'] }) {
          in_stock = booleanFilter({ field: 'inStock' });
        },
      /Twins: inStock and in_stock are both the parameter in_stock/,
    ],
  ])('refuses %s at boot', (_what, declared, message) => {
    expect(() => bind(declared())).toThrow(ConfigurationError);
    expect(() => bind(declared())).toThrow(message);
  });
});

describe('FilterSet', () => {
  it('compiles with what the model has alone', () => {
    const accepted = () => [
      FilterSet(models.book, {
        author__name: ['icontains'],
        author__books__publisher: ['exact'],
        author__books__pages: ['gte', 'range'],
        createdAt: ['date__gte'],
        published: ['year__in'],
        language: ['in'],
        metadata: ['isnull'],
      }),
      FilterSet(models.book, ['title', 'genres', 'publisher__country']),
    ];
    const refused = () => [
      // @ts-expect-error an unknown field
      FilterSet(models.book, { titel: ['exact'] }),
      // @ts-expect-error an unknown field in a list
      FilterSet(models.book, ['titel']),
      // @ts-expect-error an unknown relation
      FilterSet(models.book, { autor__name: ['exact'] }),
      // @ts-expect-error an unknown field of a relation
      FilterSet(models.book, { author__nom: ['exact'] }),
      // @ts-expect-error an unknown lookup
      FilterSet(models.book, { title: ['like'] }),
      // @ts-expect-error a lookup of text on a number
      FilterSet(models.book, { pages: ['icontains'] }),
      // @ts-expect-error a lookup of text on an enum
      FilterSet(models.book, { language: ['icontains'] }),
      // @ts-expect-error a lookup of moments on a date
      FilterSet(models.book, { published: ['date'] }),
      // @ts-expect-error a comparison of a relation
      FilterSet(models.book, { author: ['gt'] }),
      // @ts-expect-error a comparison of JSON
      FilterSet(models.book, { metadata: ['exact'] }),
      // @ts-expect-error a lookup of text for a number
      numberFilter({ field: 'price', lookup: 'icontains' }),
      class extends FilterSet(models.book) {
        // @ts-expect-error a filter on a field that the model lacks
        minPrice = numberFilter({ field: 'prise', lookup: 'gte' });
        // @ts-expect-error a property that is neither a filter nor a method
        total = 3;
        genre = charFilter({ field: 'genres__slug' });
        available = booleanFilter({ where: (value) => ({ inStock: value }) });
      },
    ];
    expect([typeof accepted, typeof refused]).toEqual(['function', 'function']);
  });
});
