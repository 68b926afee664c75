import { Injectable } from '@nestjs/common';
import {
  char,
  charFilter,
  ConfigurationError,
  CreateModelMixin,
  CurrentRequest,
  CursorPagination,
  FilterSet,
  GenericViewSet,
  modelChoiceFilter,
  MemorySource,
  ModelSerializer,
  ModelService,
  ModelViewSet,
  ReadOnlyModelViewSet,
  Response,
  Serializer,
  ViewSet,
  type DataOf,
  type ReadQuestion,
  type RestRequest,
} from 'nest-rest-framework';
import { describe, expect, it } from 'vitest';
import { models, type BookModel } from '#library/generated/models.js';
import { City, Country, geography, openWithoutPrisma, type CityModel, type CountryModel } from './geography.js';

@Injectable()
class CountrySource extends MemorySource<CountryModel> {
  constructor() {
    super(Country, geography().countries);
  }
}

class CountrySerializer extends ModelSerializer(Country, { fields: ['code', 'name'] }) {}
class BookSerializer extends ModelSerializer(models.book, { fields: ['id', 'title'] }) {}
class OddSerializer extends Serializer {
  name = char();
  capital = char();
}

@ViewSet('countries', { model: Country, serializer: CountrySerializer })
class WritingViewSet extends ModelViewSet<CountryModel> {}

@ViewSet('countries', { model: Country, serializer: CountrySerializer })
class PartlyWritingViewSet extends ModelViewSet<CountryModel> {
  override async performCreate() {
    return { code: 'xx', name: 'x' };
  }
  override async performUpdate() {
    return { code: 'xx', name: 'x' };
  }
}

@ViewSet('countries', { model: Country, serializer: CountrySerializer })
class ElsewhereViewSet extends PartlyWritingViewSet {
  override async destroy(@CurrentRequest() request: RestRequest) {
    return new Response({ gone: request.params['pk'] }, { status: 202 });
  }
}

@Injectable()
class CountryService extends ModelService<CountryModel> {
  constructor() {
    super(Country);
  }
  override async createAs() {
    return { code: 'xx', name: 'x' };
  }
  override async updateAs() {
    return { code: 'xx', name: 'x' };
  }
  override async destroy() {}
}

@ViewSet('countries', { model: Country, serializer: CountrySerializer, service: CountryService })
class ServiceViewSet extends ModelViewSet<CountryModel> {}

@ViewSet('books', { model: models.book, serializer: BookSerializer })
class BookViewSet extends ReadOnlyModelViewSet<BookModel> {}

@ViewSet('countries', { model: Country, serializer: OddSerializer })
class OddViewSet extends ReadOnlyModelViewSet<CountryModel> {}

describe('boot refuses', () => {
  it.each<[string, Function[], Function[], string]>([
    [
      'a viewset that writes where nothing can be written',
      [WritingViewSet],
      [CountrySource],
      'WritingViewSet: create would write to CountrySource, which has no create(data). Extend ReadOnlyModelViewSet, override performCreate, or give CountrySource create(data).',
    ],
    [
      'one that overrides a part of its writes',
      [PartlyWritingViewSet],
      [CountrySource],
      'PartlyWritingViewSet: destroy would write to CountrySource, which has no destroy(key).',
    ],
    ['a viewset whose rows nothing has', [WritingViewSet], [], 'Country is made by defineModel, and nothing has its rows'],
    ['a viewset of the database where there is none', [BookViewSet], [], 'BookViewSet: the rows of Book are in the database, and there is none.'],
    ['a list of rows that its serializer does not fit', [OddViewSet], [CountrySource], 'OddSerializer: Country has no field capital.'],
  ])('%s', async (_what, controllers, providers, message) => {
    const booted = openWithoutPrisma({ controllers: controllers as never, providers: providers as never });
    await expect(booted).rejects.toThrow(ConfigurationError);
    await expect(booted).rejects.toThrow(message);
  });

  it.each<[string, Function, Function[]]>([
    ['writes elsewhere in its hooks and actions', ElsewhereViewSet, [CountrySource]],
    ['writes by a service of its own', ServiceViewSet, [CountrySource, CountryService]],
  ])('no viewset that %s', async (_what, controller, providers) => {
    const app = await openWithoutPrisma({ controllers: [controller] as never, providers: providers as never });
    const answer = await app.inject({ method: 'DELETE', url: '/countries/fr/' });
    expect([202, 204]).toContain(answer.statusCode);
    expect((await app.inject({ method: 'POST', url: '/countries/', payload: { code: 'xx', name: 'x' } })).statusCode).toBe(201);
    await app.close();
  });
});

describe('boot refuses what a source says that it cannot answer:', () => {
  let refused: (question: ReadQuestion) => boolean;

  @Injectable()
  class ChoosyCountrySource extends CountrySource {
    override refusal(question: ReadQuestion) {
      return refused(question) ? 'it is not able to' : undefined;
    }
  }

  @Injectable()
  class CitySource extends MemorySource<CityModel> {
    constructor() {
      super(City, geography().cities);
    }
    override async create(data: DataOf<CityModel>) {
      return data;
    }
  }

  class CityFilters extends FilterSet(City, {}) {
    in = modelChoiceFilter(Country, { field: 'country' });
    size = charFilter({ where: () => ({ capital: true }) });
  }

  class CitySerializer extends ModelSerializer(City, { fields: ['id', 'name', 'country'] }) {}

  @ViewSet('countries', {
    model: Country,
    serializer: CountrySerializer,
    filters: { population: ['gte', 'range'], continent: ['exact'], independent: ['year', 'isnull'], name: ['in'] },
    searchFields: ['name', '^code'],
    orderingFields: ['population'],
  })
  class CountryViewSet extends ReadOnlyModelViewSet<CountryModel> {}

  @ViewSet('countries', { model: Country, serializer: CountrySerializer, pagination: null })
  class WholeViewSet extends ReadOnlyModelViewSet<CountryModel> {}

  @ViewSet('countries', { model: Country, serializer: CountrySerializer, pagination: CursorPagination.with({ pageSize: 3, ordering: '-area' }) })
  class CursorViewSet extends ReadOnlyModelViewSet<CountryModel> {}

  @ViewSet('cities', { model: City, serializer: CitySerializer, filters: CityFilters })
  class CityViewSet extends ReadOnlyModelViewSet<CityModel> {}

  @ViewSet('countries/:country/cities', { model: City, serializer: CitySerializer, parents: { country: Country } })
  class CountryCityViewSet extends ReadOnlyModelViewSet<CityModel> {}

  @ViewSet('cities', { model: City, serializer: CitySerializer })
  class NewCityViewSet extends CreateModelMixin(GenericViewSet<CityModel>) {}

  const text = (question: ReadQuestion) => JSON.stringify(question);
  const asks = (part: string) => (question: ReadQuestion) => text(question).includes(part);

  it.each<[string, (question: ReadQuestion) => boolean, Function, string]>([
    ['the order of its list', ({ ordering }) => ordering[0]?.path[0] === 'name', CountryViewSet, 'CountryViewSet, its list'],
    ['a list without pages', ({ limit }) => limit === undefined, WholeViewSet, 'WholeViewSet, its list, which has no pages'],
    [
      'an order that clients may ask for',
      ({ ordering }) => ordering[0]?.path[0] === 'population',
      CountryViewSet,
      'CountryViewSet, orderingFields, population',
    ],
    ['a search', asks('contains'), CountryViewSet, 'CountryViewSet, searchFields'],
    ['a filter', asks('"population":{"gte":1}'), CountryViewSet, 'CountryViewSet, filters, population__gte'],
    ['a choice', asks('"continent":{"equals":"africa"}'), CountryViewSet, 'CountryViewSet, filters, continent'],
    ['null', asks('"independent":{"equals":null}'), CountryViewSet, 'CountryViewSet, filters, independent__isnull'],
    ['a year', asks('"independent":{"gte":"0001-01-01"}'), CountryViewSet, 'CountryViewSet, filters, independent__year'],
    ['a list of values', asks('"name":{"in":["x"]}'), CountryViewSet, 'CountryViewSet, filters, name__in'],
    ['a row', asks('"code":{"equals":"x"}'), CountryViewSet, 'CountryViewSet, the address of a row'],
    ['pages by cursor', asks('"area":{"lt":"1"}'), CursorViewSet, 'CursorViewSet, its pages by cursor'],
    ['a filter’s choice of rows', asks('"code":{"in":["x"]}'), CityViewSet, 'CityViewSet, filters, in'],
    ['a parent', asks('"code":{"equals":"x"}'), CountryCityViewSet, 'CountryCityViewSet, parents, country'],
    ['a related row that is written', asks('"code":{"in":["x"]}'), NewCityViewSet, 'NewCityViewSet, CitySerializer.country'],
  ])('%s', async (_what, cannot, controller, asker) => {
    refused = cannot;
    const booted = openWithoutPrisma({ controllers: [controller] as never, providers: [ChoosyCountrySource, CitySource] });
    await expect(booted).rejects.toThrow(ConfigurationError);
    await expect(booted).rejects.toThrow(`${asker}: ChoosyCountrySource cannot answer: it is not able to.`);
  });

  it.each([CountryViewSet, WholeViewSet, CursorViewSet, CityViewSet, CountryCityViewSet, NewCityViewSet])(
    'nothing of %o where it can',
    async (controller) => {
      let asked = 0;
      refused = () => ++asked < 0;
      const app = await openWithoutPrisma({ controllers: [controller], providers: [ChoosyCountrySource, CitySource] });
      expect(asked).toBeGreaterThan(0);
      await app.close();
    },
  );
});
