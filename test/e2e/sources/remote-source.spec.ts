import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { defineModel, fetchJson, ModelSerializer, ReadOnlyModelViewSet, RemoteSource, ViewSet, type RemoteRead } from 'nest-rest-framework';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWithoutPrisma } from './geography.js';

/** A service of stars: it filters, orders and pages, gives one by its name, and can be told to fail. */
const STARS = Array.from({ length: 25 }, (_, at) => ({
  name: `star ${String(at).padStart(2, '0')}`,
  magnitude: String(at % 7) + '.50',
  seen: at % 3 === 0 ? null : `18${50 + at}-01-01`,
  kind: at % 2 ? 'dwarf' : 'giant',
}));
let service: Server;
let origin = '';
let mode: 'well' | 'silent' | 'error' | 'nonsense' | 'unfit' | 'huge' = 'well';
const asked: string[] = [];

beforeAll(async () => {
  service = createServer((request, response) => {
    asked.push(request.url!);
    const { pathname, searchParams } = new URL(request.url!, 'http://service');
    const answer = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (mode === 'silent') return;
    if (mode === 'error') return answer(500, { secret: 'internal' });
    if (mode === 'nonsense') return void response.end('<html>');
    if (mode === 'unfit') return answer(200, { items: [{ name: 'x', magnitude: 'bright', kind: 'giant' }], total: 1 });
    if (mode === 'huge') return answer(200, 'x'.repeat(200_000));
    const name = decodeURIComponent(pathname.slice('/stars/'.length));
    if (name) return answer(STARS.some((star) => star.name === name) ? 200 : 404, STARS.find((star) => star.name === name) ?? {});
    const order = searchParams.get('sort') ?? '';
    const found = STARS.filter(({ kind, name: of }) => kind === (searchParams.get('kind') ?? kind) && of.includes(searchParams.get('q') ?? '')).sort(
      (a, b) =>
        (order.endsWith('magnitude') ? (Number(a.magnitude) - Number(b.magnitude)) * (order.startsWith('-') ? -1 : 1) : 0) ||
        (a.name < b.name ? -1 : 1),
    );
    const [offset, limit] = [Number(searchParams.get('offset')), Math.min(Number(searchParams.get('limit')), 10)];
    answer(200, { items: found.slice(offset, offset + limit), total: found.length });
  });
  await new Promise<void>((resolve) => void service.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
});
beforeEach(() => {
  mode = 'well';
  asked.length = 0;
});

const Star = defineModel('Star', {
  fields: { name: 'String', magnitude: { type: 'Decimal', digits: [4, 2] }, seen: 'Date?', kind: { type: 'Enum', choices: ['dwarf', 'giant'] } },
  primaryKey: 'name',
  ordering: ['name'],
});

interface Answer {
  readonly items: readonly unknown[];
  readonly total: number;
}

/** The service can filter by kind and search names, order by name and magnitude. */
@Injectable()
class StarSource extends RemoteSource<typeof Star> {
  override readonly filters = { kind: ['exact'], name: ['icontains'] } as const;
  override readonly orderings = ['name', 'magnitude'];
  override readonly pageSize = 10;
  override readonly maxRows = 50;
  override readonly timeout: number = 400;

  constructor() {
    super(Star);
  }

  protected async fetchPage({ comparisons, ordering, offset, limit, signal }: RemoteRead) {
    const query = new URLSearchParams({ offset: String(offset), limit: String(limit) });
    for (const { path, value } of comparisons) query.set(path === 'name' ? 'q' : path, String(value));
    const [first] = ordering;
    if (first) query.set('sort', `${first.descending ? '-' : ''}${first.path}`);
    const { items, total } = (await fetchJson(`${origin}/stars/?${query}`, { signal, maxBytes: 100_000 })) as Answer;
    return { rows: items, total };
  }

  protected override fetchOne(name: unknown, signal: AbortSignal) {
    return fetchJson(`${origin}/stars/${encodeURIComponent(String(name))}`, { signal, maxBytes: 100_000 });
  }
}

/** The same service for one that knows of no more than its pages. */
@Injectable()
class PagedStarSource extends RemoteSource<typeof Star> {
  override readonly pageSize = 10;
  override readonly maxRows: number = 30;

  constructor() {
    super(Star);
  }

  protected async fetchPage({ offset, limit, signal }: RemoteRead) {
    const { items } = (await fetchJson(`${origin}/stars/?offset=${offset}&limit=${limit}`, { signal })) as Answer;
    return { rows: items };
  }
}

class StarSerializer extends ModelSerializer(Star, { fields: ['name', 'magnitude', 'seen', 'kind'] }) {}

@ViewSet('stars', { model: Star, serializer: StarSerializer, filters: { kind: ['exact'] }, searchFields: ['name'], orderingFields: ['magnitude'] })
class StarViewSet extends ReadOnlyModelViewSet<typeof Star> {}

@ViewSet('stars', {
  model: Star,
  serializer: StarSerializer,
  filters: { kind: ['exact'], seen: ['isnull', 'year__lt'] },
  searchFields: ['name', '=name'],
  orderingFields: ['magnitude', 'seen'],
})
class PagedStarViewSet extends ReadOnlyModelViewSet<typeof Star> {}

@ViewSet('stars', { model: Star, serializer: StarSerializer })
class PlainStarViewSet extends ReadOnlyModelViewSet<typeof Star> {}

const open = (source: Function, viewset: Function) => openWithoutPrisma({ providers: [source] as never, controllers: [viewset] as never });
const names = async (app: NestFastifyApplication, query: string) => {
  const { count, results } = (await app.inject(`/stars/${query}`)).json<{ count: number; results: { name: string }[] }>();
  return [count, ...results.map(({ name }) => Number(name.slice(5)))];
};

describe('a viewset over a service that filters, orders and pages', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => void (app = await open(StarSource, StarViewSet)));
  afterAll(() => app.close());

  it('asks it for the page and the count, and for nothing else', async () => {
    expect(await names(app, '?page=2')).toEqual([25, 4, 5, 6, 7]);
    expect(asked.sort()).toEqual(['/stars/?offset=0&limit=1', '/stars/?offset=4&limit=4&sort=name']);
  });

  it.each([
    ['filters', '?kind=dwarf', [12, 1, 3, 5, 7]],
    ['searches', '?search=2', [7, 2, 12, 20, 21]],
    ['searches for the first of several terms, and the others here', '?search=1%202', [2, 12, 21]],
    ['orders', '?ordering=-magnitude', [25, 6, 13, 20, 5]],
    ['reads pages that are larger than the service’s', '?page_size=12&page=2', [25, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]],
  ])('%s there', async (_what, query, expected) => expect(await names(app, query)).toEqual(expected));

  it('gets one by its key', async () => {
    const answer = await app.inject('/stars/star%2004/');
    expect([answer.statusCode, answer.json()]).toEqual([200, { name: 'star 04', magnitude: '4.50', seen: '1854-01-01', kind: 'giant' }]);
    expect((await app.inject('/stars/none/')).statusCode).toBe(404);
    expect(asked).toEqual(['/stars/star%2004', '/stars/none']);
  });

  it.each([
    ['is silent', 'silent', 503, 'The service is temporarily unavailable.'],
    ['fails', 'error', 502, 'A service behind this one gave no usable answer.'],
    ['answers no JSON', 'nonsense', 502, 'A service behind this one gave no usable answer.'],
    ['answers rows that are none', 'unfit', 502, 'A service behind this one gave no usable answer.'],
    ['answers more than is read', 'huge', 502, 'A service behind this one gave no usable answer.'],
  ] as const)('tells nothing of the inside where it %s', async (_what, how, status, detail) => {
    mode = how;
    for (const url of ['/stars/', '/stars/star%2004/'].slice(0, how === 'huge' || how === 'unfit' ? 1 : 2)) {
      const answer = await app.inject(url);
      expect([answer.statusCode, answer.json()]).toEqual([status, { detail }]);
    }
  });
});

describe('a viewset over a service that pages, and no more', () => {
  it('filters, searches and orders here', async () => {
    const app = await open(PagedStarSource, PagedStarViewSet);
    expect(await names(app, '?kind=dwarf&ordering=-magnitude')).toEqual([12, 13, 19, 5, 11]);
    expect(await names(app, '?seen__isnull=true&search=star%201')).toEqual([4, 12, 15, 18, 21]);
    expect(await names(app, '?seen__year__lt=1853')).toEqual([2, 1, 2]);
    expect((await app.inject('/stars/star%2004/')).statusCode).toBe(200);
    await app.close();
  });

  it('is a 503 where that were more rows than it may fetch', async () => {
    class FewStarSource extends PagedStarSource {
      override readonly maxRows = 20;
    }
    const app = await open(FewStarSource, PagedStarViewSet);
    expect((await app.inject('/stars/')).statusCode).toBe(503);
    expect(asked.length).toBeLessThanOrEqual(6);
    await app.close();
  });

  it('is refused at boot where nothing may be done here', async () => {
    class StrictStarSource extends PagedStarSource {
      override readonly maxRows = 0;
    }
    await expect(open(StrictStarSource, PagedStarViewSet)).rejects.toThrow('StrictStarSource cannot answer: its service does not answer');
    class KeyedStarSource extends StrictStarSource {
      protected override fetchOne(name: unknown, signal: AbortSignal) {
        return fetchJson(`${origin}/stars/${String(name)}`, { signal });
      }
    }
    await expect(open(KeyedStarSource, PlainStarViewSet)).rejects.toThrow(
      'PlainStarViewSet, its list: KeyedStarSource cannot answer: its service does not order by name; let it, by orderings,',
    );
  });
});
