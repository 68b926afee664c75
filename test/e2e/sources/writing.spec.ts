import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  MemorySource,
  ModelSerializer,
  ModelService,
  ModelViewSet,
  NotFound,
  nested,
  primaryKeyRelated,
  Temporal,
  ViewSet,
  type DataOf,
  type RestRequest,
  type SourceRow,
} from 'nest-rest-framework';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { City, Country, geography, openWithoutPrisma, type CityModel, type CountryModel } from './geography.js';

let rows = geography();

@Injectable()
class CountrySource extends MemorySource<CountryModel> {
  constructor() {
    super(Country);
  }

  protected override all() {
    return rows.countries;
  }
}

/** Keeps its rows in an array; a real one would ask its service. */
@Injectable()
class CitySource extends MemorySource<CityModel> {
  constructor() {
    super(City);
  }

  protected override all() {
    return rows.cities;
  }

  override async create(data: DataOf<CityModel>) {
    const row = {
      id: Math.max(...rows.cities.map(({ id }) => id)) + 1,
      capital: false,
      ...data,
      country: this.#country(data),
    } as SourceRow<CityModel>;
    rows.cities.push(row);
    return row;
  }

  override async update(key: number, data: DataOf<CityModel>) {
    const row = this.#row(key);
    return Object.assign(row, data, data.countryCode !== undefined && { country: this.#country(data) });
  }

  override async destroy(key: number) {
    rows.cities.splice(rows.cities.indexOf(this.#row(key)), 1);
  }

  #row(key: number) {
    const row = rows.cities.find(({ id }) => id === key);
    if (!row) throw new NotFound();
    return row;
  }

  #country({ countryCode }: DataOf<CityModel>) {
    return rows.countries.find(({ code }) => code === countryCode)!;
  }
}

class CountryName extends ModelSerializer(Country, { fields: ['code', 'name'] }) {}
class CitySerializer extends ModelSerializer(City, { fields: ['id', 'name', 'capital'] }) {
  country = primaryKeyRelated(Country, { queryset: { population: { gt: 1_000_000 } } });
  of = nested(() => CountryName, { source: 'country', readOnly: true });

  validateName(name: string) {
    return name.trim();
  }
}

@Injectable()
class Cities extends ModelService<CityModel> {
  constructor() {
    super(City);
  }
}

@ViewSet('cities', { model: City, serializer: CitySerializer, service: Cities })
class CityViewSet extends ModelViewSet<CityModel> {
  override performCreate(request: RestRequest, data: Record<string, unknown>) {
    return super.performCreate(request, { ...data, capital: data['capital'] ?? request.headers['x-capital'] !== undefined });
  }
}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await openWithoutPrisma({ providers: [CountrySource, CitySource, Cities], controllers: [CityViewSet] });
});
beforeEach(() => {
  rows = geography();
});
afterAll(() => app.close());

const send = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object, headers: Record<string, string> = {}) => {
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
  return [answer.statusCode, answer.body === '' ? undefined : answer.json<unknown>()] as const;
};

describe('a ModelViewSet over a source that can be written to', () => {
  it('creates a row, shown with what its relations lead to', async () => {
    const shown = { id: 7, name: 'Oran', capital: false, country: 'dz', of: { code: 'dz', name: 'Algeria' } };
    expect(await send('POST', '/cities/', { name: ' Oran ', country: 'dz' })).toEqual([201, shown]);
    expect(await send('GET', '/cities/7/')).toEqual([200, shown]);
  });

  it('adds what a hook adds', async () => {
    const [, body] = await send('POST', '/cities/', { name: 'Algiers', country: 'dz' }, { 'x-capital': 'yes' });
    expect(body).toMatchObject({ capital: true });
  });

  it.each<[string, object, unknown]>([
    ['a relation to no row', { name: 'x', country: 'xx' }, { country: ['Invalid pk "xx" - object does not exist.'] }],
    ['a relation to a row that may not be chosen', { name: 'x', country: 'mt' }, { country: ['Invalid pk "mt" - object does not exist.'] }],
    ['what is missing', {}, { name: ['This field is required.'], country: ['This field is required.'] }],
  ])('refuses %s', async (_what, payload, errors) => expect(await send('POST', '/cities/', payload)).toEqual([400, errors]));

  it('changes what is sent and nothing else', async () => {
    const [status, body] = await send('PATCH', '/cities/2/', { country: 'ke' });
    expect([status, body]).toEqual([200, { id: 2, name: 'Lyon', capital: false, country: 'ke', of: { code: 'ke', name: 'Kenya' } }]);
    expect(await send('PUT', '/cities/2/', { name: 'Kisumu' })).toEqual([400, { country: ['This field is required.'] }]);
    expect((await send('PATCH', '/cities/99/', {}))[0]).toBe(404);
  });

  it('deletes a row', async () => {
    expect(await send('DELETE', '/cities/2/')).toEqual([204, undefined]);
    expect((await send('GET', '/cities/2/'))[0]).toBe(404);
    expect((await send('DELETE', '/cities/2/'))[0]).toBe(404);
  });

  it('writes by the service as any provider does', async () => {
    const cities = app.get(Cities, { strict: false });
    const made = await cities.create({ name: 'Oran', country: 'dz' });
    expect(made).toMatchObject({ id: 7, countryCode: 'dz' });
    expect(await cities.update(made, { capital: true })).toMatchObject({ id: 7, capital: true });
    expect(await cities.count({ country: { continent: 'africa' } })).toBe(3);
    await cities.destroy(7);
    await expect(cities.destroy(7)).rejects.toThrow(NotFound);
  });
});

describe('a unique field of a source', () => {
  class CountrySerializer extends ModelSerializer(Country, { fields: ['code', 'name', 'population', 'continent', 'independent'] }) {}

  @Injectable()
  class WritableCountrySource extends CountrySource {
    override async create(data: DataOf<CountryModel>) {
      return { area: null, independent: null, ...data };
    }

    override async update(key: string, data: DataOf<CountryModel>) {
      const row = rows.countries.find(({ code }) => code === key)!;
      return Object.assign(row, data);
    }

    override async destroy() {}
  }

  @ViewSet('countries', { model: Country, serializer: CountrySerializer })
  class CountryViewSet extends ModelViewSet<CountryModel> {}

  let countries: NestFastifyApplication;
  beforeAll(async () => {
    countries = await openWithoutPrisma({ providers: [WritableCountrySource], controllers: [CountryViewSet] });
  });
  afterAll(() => countries.close());

  it.each<[string, 'POST' | 'PATCH', string, object, number, unknown]>([
    [
      'that another row has is refused',
      'POST',
      '',
      { code: 'xx', name: 'Japan', population: 1, continent: 'asia' },
      400,
      { name: ['country with this Common name already exists.'] },
    ],
    [
      'that another row has is refused as a key',
      'POST',
      '',
      { code: 'jp', name: 'x', population: 1, continent: 'asia' },
      400,
      { code: ['country with this code already exists.'] },
    ],
    [
      'that another row has is refused in a change',
      'PATCH',
      'fr/',
      { name: 'Japan' },
      400,
      { name: ['country with this Common name already exists.'] },
    ],
    [
      'of the row itself may stay',
      'PATCH',
      'fr/',
      { name: 'France', independent: '0843-08-10' },
      200,
      { code: 'fr', name: 'France', population: 68_000_000, continent: 'europe', independent: '0843-08-10' },
    ],
    [
      'that no row has is taken',
      'POST',
      '',
      { code: 'xx', name: 'Xanadu', population: 1, continent: 'asia', independent: '2000-01-01' },
      201,
      { code: 'xx', name: 'Xanadu', population: 1, continent: 'asia', independent: '2000-01-01' },
    ],
  ])('%s', async (_what, method, path, payload, status, body) => {
    const answer = await countries.inject({ method, url: `/countries/${path}`, payload });
    expect([answer.statusCode, answer.json()]).toEqual([status, body]);
  });

  it('is a date, as the source gets it', async () => {
    const source = countries.get(WritableCountrySource, { strict: false });
    await countries.inject({ method: 'PATCH', url: '/countries/fr/', payload: { independent: '0843-08-10' } });
    expect((await source.objects.filter({ code: 'fr' }).first())!.independent).toEqual(Temporal.PlainDate.from('0843-08-10'));
  });
});
