import { Module, type ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  AllowAny,
  Decimal,
  defineModel,
  FilterSetBackend,
  OrderingFilter,
  PageNumberPagination,
  restAdapter,
  RestModule,
  SearchFilter,
  Temporal,
  type Model,
  type RestOptions,
  type SourceRow,
} from 'nest-rest-framework';

export interface CountryRow {
  code: string;
  name: string;
  population: number;
  area: Decimal | null;
  continent: 'africa' | 'asia' | 'europe';
  independent: Temporal.PlainDate | null;
}
export interface CountryModel extends Model<CountryRow, { cities: CityModel[] }> {}

export interface CityRow {
  id: number;
  name: string;
  countryCode: string;
  capital: boolean;
}
export interface CityModel extends Model<CityRow, { country: CountryModel }> {}

export const Country: CountryModel = defineModel('Country', {
  fields: {
    code: { type: 'String', maxLength: 2 },
    name: { type: 'String', maxLength: 60, label: 'Common name' },
    population: { type: 'Int', min: 0 },
    area: { type: 'Decimal?', digits: [12, 2] },
    continent: { type: 'Enum', choices: ['africa', 'asia', ['europe', 'Europe']] },
    independent: 'Date?',
  },
  relations: { cities: { model: (): CityModel => City, many: true, inverse: 'country' } },
  primaryKey: 'code',
  uniques: ['name'],
  ordering: ['name'],
  str: 'name',
  verboseNamePlural: 'countries',
});

export const City: CityModel = defineModel('City', {
  fields: { id: { type: 'Int', generated: true }, name: 'String', countryCode: 'String', capital: { type: 'Boolean', default: false } },
  relations: { country: { model: (): CountryModel => Country, from: 'countryCode', inverse: 'cities' } },
  ordering: ['id'],
  str: 'name',
  verboseNamePlural: 'cities',
});

/** Rows that refer to each other, made anew for each application. */
export function geography() {
  const country = (
    code: string,
    name: string,
    population: number,
    area: string | null,
    continent: CountryRow['continent'],
    independent: string | null,
  ) => ({
    code,
    name,
    population,
    area: area === null ? null : new Decimal(area),
    continent,
    independent: independent === null ? null : Temporal.PlainDate.from(independent),
    cities: [] as SourceRow<CityModel>[],
  });
  const countries = [
    country('fr', 'France', 68_000_000, '543940.00', 'europe', null),
    country('ke', 'Kenya', 54_000_000, '580367.00', 'africa', '1963-12-12'),
    country('jp', 'Japan', 125_000_000, '377975.50', 'asia', null),
    country('mt', 'Malta', 520_000, '316.00', 'europe', '1964-09-21'),
    country('dz', 'Algeria', 44_000_000, '2381741.00', 'africa', '1962-07-05'),
    country('ps', 'Palestine', 5_000_000, null, 'asia', null),
  ];
  const city = (id: number, name: string, code: string, capital = false): SourceRow<CityModel> => {
    const of = countries.find((one) => one.code === code)!;
    const row = { id, name, countryCode: code, capital, country: of };
    of.cities.push(row);
    return row;
  };
  const cities = [
    city(1, 'Paris', 'fr', true),
    city(2, 'Lyon', 'fr'),
    city(3, 'Nairobi', 'ke', true),
    city(4, 'Mombasa', 'ke'),
    city(5, 'Tokyo', 'jp', true),
    city(6, 'Valletta', 'mt', true),
  ];
  return { countries, cities };
}

/** An application without a Prisma client. */
export async function openWithoutPrisma(module: ModuleMetadata, settings: Partial<RestOptions> = {}): Promise<NestFastifyApplication> {
  @Module({
    imports: [
      RestModule.forRoot({
        authentication: [],
        permissions: [AllowAny],
        pagination: PageNumberPagination.with({ pageSize: 4, pageSizeQueryParam: 'page_size', maxPageSize: 100 }),
        filterBackends: [FilterSetBackend, SearchFilter, OrderingFilter],
        ...settings,
      }),
    ],
    ...module,
  })
  class Root {}
  const testing = await Test.createTestingModule({ imports: [Root] }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(restAdapter(), { logger: ['error', 'fatal'] });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
