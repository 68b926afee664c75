import { Controller, Get, Module, UseInterceptors, type INestApplication } from '@nestjs/common';
import { FastifyAdapter, RouteConfig, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { arraySource } from '../../../src/framework/sources/array-source.js';
import { LimitOffsetPagination } from '../../../src/framework/pagination/limit-offset-pagination.js';
import { PageNumberPagination } from '../../../src/framework/pagination/page-number-pagination.js';
import { Paginate } from '../../../src/framework/pagination/paginate.decorator.js';
import { PaginationInterceptor } from '../../../src/framework/pagination/pagination.interceptor.js';

const letters = () => arraySource(['a', 'b', 'c', 'd', 'e']);
const Threes = PageNumberPagination.with({ pageSize: 3 });

@Controller('letters')
@Paginate(Threes)
class LettersController {
  @Get()
  list() {
    return letters();
  }

  @Get('later')
  async later() {
    return letters();
  }

  @Get('two')
  @Paginate(LimitOffsetPagination.with({ defaultLimit: 2, maxLimit: 2 }))
  two() {
    return letters();
  }

  @Get('plain')
  plain() {
    return { count: 1, slice: 'no list' };
  }

  @Get('array')
  array() {
    return [1, 2];
  }
}

@Controller('views')
@UseInterceptors(PaginationInterceptor)
class ViewsController {
  @Get('paged')
  @RouteConfig({ rest: { paginator: new PageNumberPagination(), settings: { pageSize: 4, baseUrl: 'https://api.example' } } })
  paged() {
    return letters();
  }

  @Get('whole')
  @RouteConfig({ rest: { paginator: null, settings: {} } })
  whole() {
    return letters();
  }

  @Get('unmanaged')
  unmanaged() {
    return letters();
  }
}

@Module({ controllers: [LettersController, ViewsController] })
class LettersModule {}

let app: INestApplication & NestFastifyApplication;

beforeAll(async () => {
  const module = await Test.createTestingModule({ imports: [LettersModule] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());

const get = async (url: string) => {
  const response = await app.inject({ url, headers: { host: 'testserver' } });
  return response.json<unknown>();
};

describe('PaginationInterceptor', () => {
  it.each([
    [
      'the paginator of its controller',
      '/letters?page=2&x=1',
      { count: 5, next: null, previous: 'http://testserver/letters?x=1', results: ['d', 'e'] },
    ],
    [
      'the paginator of its controller, for a promise',
      '/letters/later',
      { count: 5, next: 'http://testserver/letters/later?page=2', previous: null, results: ['a', 'b', 'c'] },
    ],
    [
      'its own paginator',
      '/letters/two?offset=4',
      { count: 5, next: null, previous: 'http://testserver/letters/two?limit=2&offset=2', results: ['e'] },
    ],
    [
      "its view's paginator",
      '/views/paged',
      { count: 5, next: 'https://api.example/views/paged?page=2', previous: null, results: ['a', 'b', 'c', 'd'] },
    ],
  ])('completes a list with %s', async (_which, url, body) => {
    expect(await get(url)).toEqual(body);
  });

  it.each(['/views/whole', '/views/unmanaged'])('answers the whole list where there is no paginator: %s', async (url) => {
    expect(await get(url)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each([
    ['/letters/plain', { count: 1, slice: 'no list' }],
    ['/letters/array', [1, 2]],
  ])('passes through what is no list: %s', async (url, body) => {
    expect(await get(url)).toEqual(body);
  });

  it('wants a size of a paginator that no settings stand behind', () => {
    expect(() => Paginate(PageNumberPagination)).toThrow(ConfigurationError);
    expect(() => Paginate(LimitOffsetPagination)).toThrow(/maxLimit is not set/);
  });
});

describe('arraySource', () => {
  it.each<[number, number | undefined, string[]]>([
    [0, 2, ['a', 'b']],
    [3, 5, ['d', 'e']],
    [9, 5, []],
    [1, undefined, ['b', 'c', 'd', 'e']],
  ])('slices from %i, at most %s', async (offset, limit, expected) => {
    expect(await letters().slice(offset, limit)).toEqual(expected);
  });

  it('counts no further than it is asked to', async () => {
    expect([await letters().count(), await letters().count(3), await letters().count(9)]).toEqual([5, 3, 5]);
  });
});
