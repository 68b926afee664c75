import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { booleanFilter } from '../../../src/framework/filters/boolean-filter.js';
import { charFilter } from '../../../src/framework/filters/char-filter.js';
import { choiceFilter, multipleChoiceFilter } from '../../../src/framework/filters/choice-filter.js';
import type { FilterDeclaration } from '../../../src/framework/filters/filter-context.js';
import { Filter } from '../../../src/framework/filters/filter.js';
import { FilterSet } from '../../../src/framework/filters/filter-set.js';
import { FilterSetBackend } from '../../../src/framework/filters/filter-set-backend.js';
import { modelChoiceFilter, modelMultipleChoiceFilter } from '../../../src/framework/filters/model-choice-filter.js';
import { numberFilter } from '../../../src/framework/filters/number-filter.js';
import type { Where } from '../../../src/framework/plan/where.js';
import { type BookModel, models } from '../../../src/library/generated/models.js';
import { bookView, encoded, filtered, plain } from './filtering.js';

class BookFilters extends FilterSet(models.book, {
  title: ['exact', 'icontains', 'istartswith'],
  author: ['exact', 'in', 'isnull'],
  author__name: ['icontains', 'iexact'],
  publisher__country: ['exact'],
  publisher__founded: ['isnull'],
  publisher: ['isnull'],
  price: ['exact', 'lt', 'gt', 'range'],
  pages: ['exact', 'gt', 'gte', 'lt', 'lte', 'in'],
  published: ['exact', 'year', 'year__gte', 'year__lt', 'year__in', 'year__range', 'isnull'],
  createdAt: ['gte', 'date', 'date__lte', 'year__gt'],
  language: ['exact', 'in'],
  inStock: ['exact'],
  rating: ['gte', 'isnull'],
  genres: ['exact', 'isnull'],
  reviews__rating: ['gt'],
}) {
  minPrice = numberFilter({ field: 'price', lookup: 'gte' });
  genre = charFilter({ field: 'genres__slug' });
  notBy = charFilter({ field: 'author__name', exclude: true });
  unpublishedBy = charFilter({ field: 'publisher__name', exclude: true });
  available = booleanFilter({ method: 'filterAvailable' });
  long = booleanFilter({ where: (value) => (value ? { pages: { gte: 500 } } : {}) });
  writer = modelChoiceFilter(models.author, { field: 'author', queryset: { bio: { not: '' } } });
  slug = modelMultipleChoiceFilter(models.genre, { field: 'genres', toField: 'slug' });
  languages = multipleChoiceFilter({ field: 'language', choices: ['en', 'fr'] });
  maxPrice = numberFilter({ name: 'maxPrice', field: 'price', lookup: 'lte' });

  filterAvailable(value: boolean): Where<BookModel> {
    return this.#stocked(value);
  }

  #stocked(value: boolean): Where<BookModel> {
    return { inStock: value, loans: { none: { returnedAt: null } } };
  }
}

const backend = (filters: FilterDeclaration = BookFilters) => new FilterSetBackend(bookView({ filters }));
const whereOf = async (query: string) => plain((await filtered(backend(), query)).where);
const nothing = { OR: [] };

describe('FilterSetBackend', () => {
  it.each<[string, unknown]>([
    ['title=x', { title: { equals: 'x' } }],
    ['title__icontains=GARDEN', { title: { contains: 'GARDEN', mode: 'insensitive' } }],
    ['title__istartswith=the l', { title: { startsWith: 'the l', mode: 'insensitive' } }],
    ['author=3', { authorId: { equals: 3 } }],
    ['author__in=1,2', { authorId: { in: [1, 2] } }],
    ['author__in=1,,', { authorId: { in: [1] } }],
    ['author__in=,', nothing],
    ['author__isnull=true', nothing],
    ['publisher__isnull=true', { publisher: { is: null } }],
    ['publisher__isnull=false', { publisher: { isNot: null } }],
    ['author__name__icontains=mori', { author: { is: { name: { contains: 'mori', mode: 'insensitive' } } } }],
    ['author__name__iexact=a_%25', { author: { is: { name: { equals: 'a_%', mode: 'insensitive' } } } }],
    ['publisher__country=JP', { publisher: { is: { country: { equals: 'JP' } } } }],
    ['publisher__founded__isnull=true', { OR: [{ publisher: { is: null } }, { publisher: { is: { founded: { equals: null } } } }] }],
    ['publisher__founded__isnull=0', { publisher: { is: { founded: { not: null } } } }],
    ['price=24.50', { price: { equals: '24.5' } }],
    ['price=24.505', nothing],
    ['price__gt=24.505', { price: { gt: '24.5' } }],
    ['price__lt=24.505', { price: { lte: '24.5' } }],
    ['price__range=10,20', { AND: [{ price: { gte: '10' } }, { price: { lte: '20' } }] }],
    ['price__range=10,', nothing],
    ['pages=95.5', nothing],
    ['pages=95.0', { pages: { equals: 95 } }],
    ['pages__gte=95.5', { pages: { gt: 95 } }],
    ['pages__gt=-95.5', { pages: { gt: -96 } }],
    ['pages__lte=-95.5', { pages: { lte: -96 } }],
    ['pages__lt=0.99999999999999999999', { pages: { lte: 0 } }],
    ['pages__in=1,1.5,,3', { pages: { in: [1, 3] } }],
    ['published=1999-06-17', { published: { equals: '1999-06-17' } }],
    ['published__year=2020', { AND: [{ published: { gte: '2020-01-01' } }, { published: { lt: '2021-01-01' } }] }],
    ['published__year=2020.5', nothing],
    ['published__year__gte=2020', { published: { gte: '2020-01-01' } }],
    ['published__year__gte=2020.5', { published: { gte: '2021-01-01' } }],
    ['published__year__lt=2020', { published: { lt: '2020-01-01' } }],
    ['published__year__in=1999,', { OR: [{ AND: [{ published: { gte: '1999-01-01' } }, { published: { lt: '2000-01-01' } }] }] }],
    ['published__year__range=1999,2001', { AND: [{ published: { gte: '1999-01-01' } }, { published: { lt: '2002-01-01' } }] }],
    ['published__isnull=true', { published: { equals: null } }],
    ['published__isnull=false', { published: { not: null } }],
    ['created_at__gte=2025-06-10T14:00:00%2B02:00', { createdAt: { gte: '2025-06-10T12:00:00Z' } }],
    ['created_at__date=2025-06-10', { AND: [{ createdAt: { gte: '2025-06-10T00:00:00Z' } }, { createdAt: { lt: '2025-06-11T00:00:00Z' } }] }],
    ['created_at__date__lte=2025-12-31', { createdAt: { lt: '2026-01-01T00:00:00Z' } }],
    ['created_at__year__gt=2024', { createdAt: { gte: '2025-01-01T00:00:00Z' } }],
    ['language=fr', { language: { equals: 'fr' } }],
    ['language__in=fr,xx', { language: { in: ['fr'] } }],
    ['language__in=xx', nothing],
    ['in_stock=false', { inStock: { equals: false } }],
    ['rating__gte=4.8', { rating: { gte: 4.8 } }],
    ['genres=1&genres=2', { genres: { some: { id: { in: [1, 2] } } } }],
    ['genres__isnull=true', { genres: { none: {} } }],
    ['genres__isnull=false', { genres: { some: {} } }],
    ['reviews__rating__gt=3', { reviews: { some: { rating: { gt: 3 } } } }],
    ['min_price=50', { price: { gte: '50' } }],
    ['maxPrice=50', { price: { lte: '50' } }],
    ['genre=poetry', { genres: { some: { slug: { equals: 'poetry' } } } }],
    ['not_by=x', { NOT: { author: { is: { name: { equals: 'x' } } } } }],
    ['unpublished_by=x', { OR: [{ NOT: { publisher: { is: { name: { equals: 'x' } } } } }, { publisher: { is: null } }] }],
    ['available=true', { AND: [{ inStock: { equals: true } }, { loans: { none: { returnedAt: { equals: null } } } }] }],
    ['long=true', { pages: { gte: 500 } }],
    ['writer=2', { authorId: { equals: 2 } }],
    ['slug=poetry', { genres: { some: { slug: { in: ['poetry'] } } } }],
    ['languages=en&languages=fr', { language: { in: ['en', 'fr'] } }],
    ['language=fr&language=de', { language: { equals: 'de' } }],
    ['min_price=10&title=x', { AND: [{ title: { equals: 'x' } }, { price: { gte: '10' } }] }],
  ])('makes of ?%s its condition', async (query, where) => {
    expect(await whereOf(query)).toEqual(where);
  });

  it.each([
    '',
    'unknown=1',
    'title=',
    'title=%20',
    'language__in=',
    'language=',
    'author=',
    'in_stock=maybe',
    'price__range=',
    'published=',
    'max_price=1',
    'filterAvailable=1',
    'long=false',
    'language=xx&language=',
    '__proto__=1',
    'constructor=1',
    'toString=1',
    'inStock=true',
    'hasOwnProperty=1&valueOf=2',
  ])('filters nothing for ?%s', async (query) => {
    expect(await whereOf(query)).toEqual({});
  });

  it.each<[string, unknown]>([
    [`pages=1${'0'.repeat(40)}`, nothing],
    [`pages__lt=1${'0'.repeat(40)}`, {}],
    [`pages__gte=-1${'0'.repeat(400)}`, {}],
    [`pages__lte=-1${'0'.repeat(400)}`, nothing],
    ['pages__gt=2147483647.5', { pages: { gt: 2147483647 } }],
    ['pages__gt=2147483648', nothing],
    ['rating__gte=1e49', { rating: { gte: 1e49 } }],
    ['rating__gte=-1e400', { rating: { not: null } }],
    ['price__gt=-1e400', {}],
    [`price__gt=0.${'0'.repeat(4900)}1`, { price: { gt: '0' } }],
    [`price=0.${'0'.repeat(4900)}1`, nothing],
    ['price=999999.99', { price: { equals: '999999.99' } }],
    ['price=1000000', nothing],
    ['price__lt=1000000', {}],
    ['price__gt=999999.999', { price: { gt: '999999.99' } }],
    ['price__lt=-1000000', nothing],
    ['price__range=-1e400,1e49', { AND: [{}, {}] }],
    ['published__year=0', { AND: [{ published: { not: null } }, { published: { lt: '0001-01-01' } }] }],
    ['published__year=1e40', { AND: [nothing, { published: { not: null } }] }],
    ['published__year__gte=10000', nothing],
    ['published__year__gte=-1e400', { published: { not: null } }],
    ['published__year__lt=10000', { published: { not: null } }],
    ['created_at__date=9999-12-31', { AND: [{ createdAt: { gte: '9999-12-31T00:00:00Z' } }, {}] }],
    ['title=\ud800', { title: { equals: '\ufffd' } }],
    [`title=${'x'.repeat(5000)}`, { title: { equals: 'x'.repeat(5000) } }],
  ])('takes ?%s for what it means mathematically, and asks the database for nothing out of range', async (query, where) => {
    expect(await whereOf(query)).toEqual(where);
  });

  it.each<[string, unknown]>([
    ['language=xx', { language: ['Select a valid choice. xx is not one of the available choices.'] }],
    ['author=999', { author: ['Select a valid choice. That choice is not one of the available choices.'] }],
    ['author=x', { author: ['Select a valid choice. That choice is not one of the available choices.'] }],
    ['author__in=1,999', { author__in: ['Select a valid choice. That choice is not one of the available choices.'] }],
    ['genres=1&genres=999', { genres: ['Select a valid choice. 999 is not one of the available choices.'] }],
    ['price=abc', { price: ['Enter a number.'] }],
    ['price=1e400', { price: ['Ensure this value is less than or equal to 1e+50.'] }],
    ['published=notadate', { published: ['Enter a valid date.'] }],
    ['created_at__gte=x', { created_at__gte: ['Enter a valid date/time.'] }],
    ['title=%00', { title: ['Null characters are not allowed.'] }],
    ['price__range=1', { price__range: ['Range query expects two values.'] }],
    [encoded({ author__in: '1,'.repeat(200) }), { author__in: ['At most 100 values are allowed.'] }],
    [
      'published=x&price=x&author=999&title=x',
      {
        author: ['Select a valid choice. That choice is not one of the available choices.'],
        price: ['Enter a number.'],
        published: ['Enter a valid date.'],
      },
    ],
  ])('answers 400 to ?%s with every message by parameter', async (query, body) => {
    const error = await filtered(backend(), query).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).body()).toEqual(body);
  });

  it('asks for all the rows of a request in one go, and for nothing where none are named', async () => {
    const view = bookView({ filters: BookFilters });
    const made = new FilterSetBackend(view);
    await filtered(made, 'author=1&author__in=1,2,2&genres=3&writer=2&title=x');
    expect(view.asked).toHaveLength(1);
    expect(view.asked[0]!.map((lookup) => lookup.kind === 'rows' && [lookup.model.name, lookup.field, lookup.values, lookup.scope])).toEqual([
      ['Author', 'id', [1], undefined],
      ['Author', 'id', [1, 2], undefined],
      ['Genre', 'id', [3], undefined],
      ['Author', 'id', [2], { bio: { not: '' } }],
    ]);
    await filtered(made, 'title=x&author=');
    expect(view.asked).toHaveLength(1);
  });

  it('filters a bare list of fields exactly, and a record by its lookups', async () => {
    expect(plain((await filtered(backend(['language', 'inStock']), 'language=fr&in_stock=1&title=x')).where)).toEqual({
      AND: [{ language: { equals: 'fr' } }, { inStock: { equals: true } }],
    });
    expect(plain((await filtered(backend({ updatedAt: ['isnull'] }), 'updated_at__isnull=false&updated_at=x')).where)).toEqual({});
    expect(plain((await filtered(new FilterSetBackend(bookView()), 'title=x')).where)).toEqual({});
  });

  it('gives methods and functions the value and the request', async () => {
    const seen: unknown[] = [];
    class Spying extends FilterSet(models.book) {
      mine = booleanFilter({ method: 'see' });
      price = numberFilter({ where: (value, request) => (seen.push([String(value), request.query.get('mine')]), {}) });
      see(value: boolean) {
        seen.push(value);
        return {};
      }
    }
    await filtered(backend(Spying), 'mine=true&price=1.50');
    expect(seen).toEqual([true, ['1.5', 'true']]);
  });

  it('lets a filter under the name of another replace it, and wants what is required', async () => {
    class Stricter extends FilterSet(models.book, { title: ['exact'] }) {
      title = charFilter({ lookup: 'startswith', required: true });
    }
    expect(plain((await filtered(backend(Stricter), 'title=x')).where)).toEqual({ title: { startsWith: 'x' } });
    for (const query of ['', 'title=', 'title=%20']) {
      await expect(filtered(backend(Stricter), query)).rejects.toMatchObject({ detail: { title: [{ message: 'This field is required.' }] } });
    }
  });

  it('takes filters of an application’s own kind', async () => {
    class InitialFilter extends Filter<string> {
      clean(text: string) {
        return text.slice(0, 1).toUpperCase();
      }
      schema() {
        return { type: 'string' };
      }
    }
    class Initials extends FilterSet(models.book) {
      initial = new InitialFilter({ field: 'author__name', lookup: 'startswith' });
    }
    expect(plain((await filtered(backend(Initials), 'initial=zed')).where)).toEqual({ author: { is: { name: { startsWith: 'Z' } } } });
  });

  it('describes its parameters', () => {
    class Documented extends FilterSet(models.book, { author: ['exact', 'in'], price: ['range'], language: ['exact'] }) {
      shelf = choiceFilter({ choices: ['a'], helpText: 'Where it stands.', where: () => ({}) });
    }
    expect(backend(Documented).parameters()).toEqual([
      { name: 'author', description: '', schema: { type: 'integer' } },
      { name: 'author__in', description: '', commas: true, schema: { type: 'array', items: { type: 'integer' } } },
      { name: 'price__range', description: '', commas: true, schema: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 } },
      { name: 'language', description: '', schema: { type: 'string', enum: ['de', 'en', 'es', 'fr', 'ja'] } },
      { name: 'shelf', description: 'Where it stands.', schema: { type: 'string', enum: ['a'] } },
    ]);
  });
});
