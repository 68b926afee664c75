import { Controller, Get, Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  arraySource,
  char,
  count,
  CurrentRequest,
  GenericViewSet,
  integer,
  MemorySource,
  method,
  ModelViewSet,
  NotFound,
  PageNumberPagination,
  Paginate,
  Permission,
  ReadOnlyModelViewSet,
  Response,
  Serializer,
  ViewSet,
  type ListSource,
  type RestRequest,
} from 'nest-rest-framework';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Country, geography, openWithoutPrisma, type CountryModel } from './geography.js';

interface Planet {
  readonly name: string;
  readonly moons: number;
}

@Injectable()
class Planets {
  rows: Planet[] = [];

  find(name: string): Planet {
    const planet = this.rows.find((one) => one.name === name);
    if (!planet) throw new NotFound();
    return planet;
  }
}

class PlanetSerializer extends Serializer {
  name = char({ maxLength: 20 });
  moons = integer({ min: 0 });
}

class NotEarth extends Permission {
  override hasObjectPermission(_request: RestRequest, planet: Planet) {
    return planet.name !== 'Earth';
  }
}

/** Every standard action, of the mixins; only where the objects come from is said. */
@ViewSet('planets', {
  serializer: PlanetSerializer,
  basename: 'planet',
  lookupUrlKwarg: 'name',
  permissions: [NotEarth],
  pagination: PageNumberPagination.with({ pageSize: 2 }),
})
class PlanetViewSet extends ModelViewSet {
  constructor(private readonly planets: Planets) {
    super();
  }

  override async list(@CurrentRequest() request: RestRequest) {
    return this.source(request, this.planets.rows);
  }

  override async getObject(request: RestRequest) {
    const planet = this.planets.find(request.params['name']!);
    await this.checkObjectPermissions(request, planet);
    return planet;
  }

  override async performCreate(_request: RestRequest, data: Record<string, unknown>) {
    this.planets.rows.push(data as never);
    return data;
  }

  override async performUpdate(_request: RestRequest, planet: object, data: Record<string, unknown>) {
    return Object.assign(planet, data);
  }

  override async performDestroy(_request: RestRequest, planet: object) {
    this.planets.rows.splice(this.planets.rows.indexOf(planet as Planet), 1);
  }
}

/** A list that is not at hand as a whole. */
const numbers: ListSource<object> = {
  count: async () => 1_000_000,
  slice: async (offset, limit = 10) => Array.from({ length: limit }, (_, at) => ({ name: `number ${offset + at}`, moons: offset + at })),
};

@ViewSet('numbers', { serializer: PlanetSerializer, basename: 'number', pagination: PageNumberPagination.with({ pageSize: 2 }) })
class NumberViewSet extends GenericViewSet {
  list(@CurrentRequest() request: RestRequest) {
    return this.source(request, numbers);
  }

  async create(@CurrentRequest() request: RestRequest) {
    return new Response(await this.validate(request), { status: 202 });
  }
}

@Controller('letters')
class LettersController {
  @Get()
  @Paginate(PageNumberPagination.with({ pageSize: 2 }))
  list() {
    return arraySource(['a', 'b', 'c']);
  }
}

/** A serializer without a model over the rows of one. */
class CountrySerializer extends Serializer {
  name = char();
  inhabitants = integer({ source: 'population' });
  cityCount = count(Country, 'cities');
  isSmall = method(Country, { reads: ['population'] }, ({ population }) => population < 1_000_000);
}

@Injectable()
class CountrySource extends MemorySource<CountryModel> {
  constructor() {
    super(Country, geography().countries);
  }
}

@ViewSet('countries', { model: Country, serializer: CountrySerializer, searchFields: ['name'] })
class CountryViewSet extends ReadOnlyModelViewSet<CountryModel> {}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await openWithoutPrisma({
    providers: [Planets, CountrySource],
    controllers: [PlanetViewSet, NumberViewSet, LettersController, CountryViewSet],
  });
});
beforeEach(() => {
  app.get(Planets).rows = [
    { name: 'Mars', moons: 2 },
    { name: 'Earth', moons: 1 },
    { name: 'Venus', moons: 0 },
  ];
});
afterAll(() => app.close());

const send = async (httpMethod: string, url: string, payload?: object) => {
  const answer = await app.inject({ method: httpMethod as 'GET', url, headers: { host: 'api.example' }, ...(payload && { payload }) });
  return [answer.statusCode, answer.body === '' ? undefined : answer.json<unknown>()];
};

describe('a viewset without a model', () => {
  it.each<[string, string, string, object | undefined, number, unknown]>([
    [
      'lists objects in pages',
      'GET',
      '/planets/?page=2',
      undefined,
      200,
      { count: 3, next: null, previous: 'http://api.example/planets/', results: [{ name: 'Venus', moons: 0 }] },
    ],
    ['shows one', 'GET', '/planets/Mars/', undefined, 200, { name: 'Mars', moons: 2 }],
    ['asks permissions about one', 'GET', '/planets/Earth/', undefined, 403, { detail: 'You do not have permission to perform this action.' }],
    ['knows no other', 'GET', '/planets/Pluto/', undefined, 404, { detail: 'Not found.' }],
    ['makes one', 'POST', '/planets/', { name: 'Neptune', moons: 14 }, 201, { name: 'Neptune', moons: 14 }],
    [
      'validates what it makes',
      'POST',
      '/planets/',
      { name: '', moons: -1 },
      400,
      { name: ['This field may not be blank.'], moons: ['Ensure this value is greater than or equal to 0.'] },
    ],
    ['changes one', 'PATCH', '/planets/Mars/', { moons: 3 }, 200, { name: 'Mars', moons: 3 }],
    ['wants all of a change that replaces', 'PUT', '/planets/Mars/', { moons: 3 }, 400, { name: ['This field is required.'] }],
    ['deletes one', 'DELETE', '/planets/Mars/', undefined, 204, undefined],
    [
      'lists what is not at hand as a whole',
      'GET',
      '/numbers/?page=400000',
      undefined,
      200,
      {
        count: 1_000_000,
        next: 'http://api.example/numbers/?page=400001',
        previous: 'http://api.example/numbers/?page=399999',
        results: [
          { name: 'number 799998', moons: 799998 },
          { name: 'number 799999', moons: 799999 },
        ],
      },
    ],
    ['validates in an action of its own', 'POST', '/numbers/', { name: 'x', moons: 1 }, 202, { name: 'x', moons: 1 }],
  ])('%s', async (_what, verb, url, payload, status, body) => expect(await send(verb, url, payload)).toEqual([status, body]));

  it('is no viewset that pages any list: a controller of Nest’s does', async () => {
    expect(await send('GET', '/letters')).toEqual([
      200,
      { count: 3, next: 'http://api.example/letters?page=2', previous: null, results: ['a', 'b'] },
    ]);
  });
});

describe('a serializer without a model', () => {
  it('reads of a model’s rows what its fields name', async () => {
    const malta = { name: 'Malta', inhabitants: 520_000, city_count: 1, is_small: true };
    expect(await send('GET', '/countries/?search=malta')).toEqual([200, { count: 1, next: null, previous: null, results: [malta] }]);
    expect(await send('GET', '/countries/mt/')).toEqual([200, malta]);
  });
});
