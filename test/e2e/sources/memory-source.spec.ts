import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  count,
  CursorPagination,
  FilterSet,
  LimitOffsetPagination,
  MemorySource,
  modelChoiceFilter,
  ModelSerializer,
  nested,
  Permission,
  readOnly,
  ReadOnlyModelViewSet,
  stringRelated,
  ViewSet,
  type RestRequest,
  type SourceRow,
  type Where,
} from 'nest-rest-framework';
import { openApiDocument } from 'nest-rest-framework/openapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { City, Country, geography, openWithoutPrisma, type CityModel, type CountryModel } from './geography.js';

const { countries, cities } = geography();

@Injectable()
class CountrySource extends MemorySource<CountryModel> {
  constructor() {
    super(Country, countries);
  }
}

@Injectable()
class CitySource extends MemorySource<CityModel> {
  constructor() {
    super(City);
  }

  protected override async all(): Promise<readonly SourceRow<CityModel>[]> {
    return cities;
  }
}

class CitySerializer extends ModelSerializer(City, { fields: ['id', 'name', 'country', 'capital'] }) {}
class CountrySerializer extends ModelSerializer(Country, { fields: ['code', 'name', 'population', 'area', 'continent', 'independent'] }) {
  cityCount = count(Country, 'cities');
}
class CountryDetailSerializer extends ModelSerializer(Country, { fields: ['code', 'name'] }) {
  cities = nested(() => CitySerializer, { many: true, readOnly: true });
}

class NotTheLargest extends Permission {
  override hasObjectPermission(_request: RestRequest, country: { population: number }) {
    return country.population < 100_000_000;
  }
}

@ViewSet('countries', {
  model: Country,
  serializer: CountrySerializer,
  actions: { retrieve: { serializer: CountryDetailSerializer } },
  permissions: [NotTheLargest],
  filters: {
    continent: ['exact', 'in'],
    population: ['gte', 'lt'],
    independent: ['year', 'isnull'],
    cities: ['isnull'],
    cities__name: ['icontains'],
  },
  searchFields: ['name', '^code', 'cities__name'],
  orderingFields: ['name', 'population', 'area', 'independent', 'cities__count'],
})
class CountryViewSet extends ReadOnlyModelViewSet<CountryModel> {
  override getQueryset({ headers }: RestRequest): Where<CountryModel> {
    return headers['x-tiny'] ? { population: { lt: 1_000_000 } } : {};
  }
}

class CityFilters extends FilterSet(City, { capital: ['exact'], country__continent: ['exact'] }) {
  country = modelChoiceFilter(Country, { queryset: { continent: { in: ['europe', 'africa'] } } });
}

class CityRowSerializer extends ModelSerializer(City, { fields: ['id', 'name'] }) {
  country = stringRelated();
  continent = readOnly({ source: 'country.continent' });
}

@ViewSet('cities', {
  model: City,
  serializer: CityRowSerializer,
  filters: CityFilters,
  orderingFields: ['name', 'country__population'],
  pagination: CursorPagination.with({ pageSize: 2, ordering: 'country__name' }),
})
class CityViewSet extends ReadOnlyModelViewSet<CityModel> {}

@ViewSet('countries/:country/cities', {
  model: City,
  serializer: CitySerializer,
  parents: { country: Country },
  basename: 'country-city',
  pagination: LimitOffsetPagination.with({ defaultLimit: 1, maxLimit: 10 }),
})
class CountryCityViewSet extends ReadOnlyModelViewSet<CityModel> {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const controllers = [CountryViewSet, CityViewSet, CountryCityViewSet];
  app = await openWithoutPrisma({ providers: [CountrySource, CitySource], controllers }, { strictQuery: true });
});
afterAll(() => app.close());

interface Page {
  readonly count?: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly { readonly code?: string; readonly id?: number }[];
}
const get = async <Body = unknown>(url: string, headers: Record<string, string> = {}) => {
  const answer = await app.inject({ url, headers: { host: 'api.example', ...headers } });
  return { status: answer.statusCode, body: answer.json<Body>() };
};
const keys = async (url: string, headers?: Record<string, string>) => (await get<Page>(url, headers)).body.results.map(({ code, id }) => code ?? id);

describe('a viewset over an array, in an application without a Prisma client', () => {
  it('shows its rows through the serializer, in the model’s order, in pages', async () => {
    expect(await get('/countries/?page_size=2')).toEqual({
      status: 200,
      body: {
        count: 6,
        next: 'http://api.example/countries/?page=2&page_size=2',
        previous: null,
        results: [
          { code: 'dz', name: 'Algeria', population: 44_000_000, area: '2381741.00', continent: 'africa', independent: '1962-07-05', city_count: 0 },
          { code: 'fr', name: 'France', population: 68_000_000, area: '543940.00', continent: 'europe', independent: null, city_count: 2 },
        ],
      },
    });
  });

  it.each([
    ['a filter', '?continent=africa', ['dz', 'ke']],
    ['a list of values', '?continent__in=europe,asia', ['fr', 'jp', 'mt', 'ps']],
    ['bounds', '?population__gte=5000000&population__lt=60000000', ['dz', 'ke', 'ps']],
    ['a bound past every value', '?population__lt=1e30&page_size=9', ['dz', 'fr', 'jp', 'ke', 'mt', 'ps']],
    ['a year', '?independent__year=1963', ['ke']],
    ['null', '?independent__isnull=true', ['fr', 'jp', 'ps']],
    ['no related row', '?cities__isnull=true', ['dz', 'ps']],
    ['a related column', '?cities__name__icontains=LY', ['fr']],
    ['a search', '?search=al', ['dz', 'mt', 'ps']],
    ['a search among related rows', '?search=tokyo', ['jp']],
    ['two terms', '?search=ke%20mombasa', ['ke']],
    ['an order', '?ordering=-population&page_size=9', ['jp', 'fr', 'ke', 'dz', 'ps', 'mt']],
    ['an order, nulls last', '?ordering=area&page_size=9', ['mt', 'jp', 'fr', 'ke', 'dz', 'ps']],
    ['an order, nulls first', '?ordering=-independent,name&page_size=9', ['fr', 'jp', 'ps', 'mt', 'ke', 'dz']],
    ['a count', '?ordering=-cities__count,name&page_size=9', ['fr', 'ke', 'jp', 'mt', 'dz', 'ps']],
  ])('is narrowed and ordered by %s', async (_what, query, expected) => expect(await keys(`/countries/${query}`)).toEqual(expected));

  it('has the rows of getQueryset alone', async () => {
    expect(await keys('/countries/', { 'x-tiny': '1' })).toEqual(['mt']);
    expect((await get('/countries/fr/', { 'x-tiny': '1' })).status).toBe(404);
  });

  it.each<[string, string, number, unknown]>([
    [
      'a detail with its related rows',
      '/countries/ke/',
      200,
      {
        code: 'ke',
        name: 'Kenya',
        cities: [
          { id: 3, name: 'Nairobi', country: 'ke', capital: true },
          { id: 4, name: 'Mombasa', country: 'ke', capital: false },
        ],
      },
    ],
    ['one that is not there', '/countries/xx/', 404, { detail: 'No Country matches the given query.' }],
    ['a key that no row can have', '/cities/1.5/', 404, { detail: 'Not found.' }],
    ['one that the client may not see', '/countries/jp/', 403, { detail: 'You do not have permission to perform this action.' }],
    ['a page past the last', '/countries/?page=9', 404, { detail: 'Invalid page.' }],
    ['a wrong value', '/countries/?continent=mars', 400, { continent: ['Select a valid choice. mars is not one of the available choices.'] }],
    ['an unknown parameter', '/countries/?continnt=asia', 400, { continnt: ['Unknown parameter. Did you mean "continent"?'] }],
    ['a write', '/countries/', 405, { detail: 'Method "POST" not allowed.' }],
  ])('answers %s', async (what, url, status, body) => {
    const answer = await app.inject({ url, method: what === 'a write' ? 'POST' : 'GET' });
    expect([answer.statusCode, answer.json()]).toEqual([status, body]);
  });

  it('pages by cursor over an order of related rows, there and back', async () => {
    const seen: unknown[] = [];
    const pages: string[] = [];
    for (let url: string | null = '/cities/'; url !== null;) {
      const { body }: { body: Page } = await get<Page>(url);
      seen.push(...body.results.map(({ id }) => id));
      pages.push(url);
      if (body.next === null) url = body.previous;
      else url = body.next;
      if (pages.length === 3) break;
    }
    expect(seen).toEqual([1, 2, 5, 3, 4, 6]);
    const { body: last } = await get<Page>(pages[2]!);
    expect(await keys(last.previous!)).toEqual([5, 3]);
    expect(await get('/cities/?cursor=xx')).toEqual({ status: 404, body: { detail: 'Invalid cursor' } });
  });

  it('shows what its relations lead to', async () => {
    expect(await get('/cities/5/')).toEqual({ status: 200, body: { id: 5, name: 'Tokyo', country: 'Japan', continent: 'asia' } });
  });

  it.each<[string, string, number, unknown]>([
    ['a row there is', '?country=ke&capital=true', 200, [3]],
    ['a row there is not', '?country=xx', 400, { country: ['Select a valid choice. That choice is not one of the available choices.'] }],
    [
      'a row that is none of the choices',
      '?country=jp',
      400,
      { country: ['Select a valid choice. That choice is not one of the available choices.'] },
    ],
  ])('looks up by the related model’s source %s', async (_what, query, status, expected) => {
    const { status: answered, body } = await get<Page>(`/cities/${query}`);
    expect([answered, answered === 200 ? body.results.map(({ id }) => id) : body]).toEqual([status, expected]);
  });

  it('stands under a row of another source', async () => {
    expect(await get('/countries/fr/cities/?offset=1')).toEqual({
      status: 200,
      body: {
        count: 2,
        next: null,
        previous: 'http://api.example/countries/fr/cities/?limit=1',
        results: [{ id: 2, name: 'Lyon', country: 'fr', capital: false }],
      },
    });
    expect((await get('/countries/ke/cities/1/')).status).toBe(404);
    expect(await get('/countries/xx/cities/')).toEqual({ status: 404, body: { detail: 'No Country matches the given query.' } });
  });

  it('is in the OpenAPI document, and described by OPTIONS', async () => {
    const document = await openApiDocument(app, { title: 'Geography', version: '1' });
    const list = document.paths['/countries/']!.get!;
    expect(list.operationId).toBe('listCountries');
    expect(list.parameters!.map((parameter) => (parameter as { name: string }).name)).toEqual(
      expect.arrayContaining(['continent', 'continent__in', 'population__gte', 'independent__year', 'search', 'ordering', 'page', 'page_size']),
    );
    expect(document.components!.schemas!['Country']).toMatchObject({
      properties: { code: { type: 'string' }, area: { type: ['string', 'null'] }, continent: { enum: ['africa', 'asia', 'europe'] } },
    });
    const options = await app.inject({ method: 'OPTIONS', url: '/countries/' });
    expect(options.json()).toMatchObject({ name: 'Country List' });
  });
});
