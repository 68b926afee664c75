import { Body, Controller, Delete, Get, Module, Post, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import {
  Action,
  APIView,
  file,
  FileUploadParser,
  GenericViewSet,
  image,
  IsAdminUser,
  IsAuthenticated,
  JSONParser,
  list,
  ModelViewSet,
  MultiPartParser,
  ModelSerializer,
  or,
  or404,
  restAdapter,
  Serializer,
  View,
  ViewSet,
} from 'nest-rest-framework';
import { MemoryStorage } from 'nest-rest-framework/testing';
import { Answers, openApiDocument, serveOpenApi } from 'nest-rest-framework/openapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { AppModule } from '#library/app.module.js';
import { PrismaClient } from '#library/generated/client/client.js';
import { models } from '#library/generated/models.js';
import { RegisteredViews } from '../../src/framework/viewsets/registered-views.js';
import { ApiRoot } from '../../src/framework/routers/api-root.js';
import { openLibrary, type Library } from './library.js';

class Book {
  @ApiProperty()
  shelf!: string;
}

@Controller('shelves')
class ShelvesController {
  @Get(':shelf')
  @ApiOkResponse({ type: Book })
  books(): Book {
    return { shelf: 'A' };
  }

  @Post()
  add(@Body() _book: Book): void {}

  @Delete()
  @ApiOperation({ operationId: 'listBooks' })
  clear(): void {}
}

class ShelfSerializer extends ModelSerializer(models.genre, { fields: ['slug'] }) {}

@ViewSet('cupboards', { model: models.genre, basename: 'cupboard', serializer: ShelfSerializer })
class CupboardViewSet extends GenericViewSet {
  @Action({ detail: false })
  @Answers(ShelfSerializer, { many: true })
  shelves(): void {}

  @Action({ detail: true, methods: ['POST'] })
  @ApiNoContentResponse({ description: 'The doors are shut.' })
  @ApiOperation({ operationId: 'shut', summary: 'Shut its doors' })
  @ApiTags('doors')
  shut(): void {}

  @Action({ detail: true, methods: ['POST'] })
  @Answers(ShelfSerializer, { status: 202 })
  empty(): void {}

  @Action({ detail: false })
  size(): void {}
}

@View('secret', { permissions: [or(IsAuthenticated, or404(IsAdminUser))] })
class SecretView extends APIView {
  get(): object {
    return {};
  }
}

@View('health')
class HealthView extends APIView {
  get(): object {
    return {};
  }
}

class CoverSerializer extends ModelSerializer(models.publisher, { fields: ['id', 'name'] }) {
  cover = file({ source: 'website', maxLength: 80, helpText: 'Its first page.', useUrl: true });
}
class PhotoSerializer extends ModelSerializer(models.publisher, { fields: ['name'] }) {
  photo = image({ source: 'website', allowNull: true });
  more = list({ child: file(), required: false, writeOnly: true });
}

@ViewSet('covers', { model: models.publisher, basename: 'cover', serializer: CoverSerializer })
class CoverViewSet extends ModelViewSet {}

@ViewSet('photos', { model: models.publisher, basename: 'photo', serializer: PhotoSerializer, parsers: [JSONParser, MultiPartParser] })
class PhotoViewSet extends ModelViewSet {
  @Action({ detail: false, methods: ['PUT'], serializer: PhotoSerializer, parsers: [FileUploadParser] })
  raw(): void {}
}

// The document is made of declarations: nothing of this test asks a database.
const unreachable = { provider: 'postgres', adapterName: 'none', connect: () => Promise.reject(new Error('The document asked the database.')) };

@Module({
  imports: [AppModule.on(new PrismaClient({ adapter: unreachable as never }), { storage: new MemoryStorage() })],
  controllers: [ShelvesController, CupboardViewSet, HealthView, SecretView, CoverViewSet, PhotoViewSet],
})
class TestModule {}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object; readonly explode?: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
  readonly security?: readonly object[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly securitySchemes: object };
}

async function start(paths: { documentPath?: string; uiPath?: string | null } = {}): Promise<[app: INestApplication, server: FastifyInstance]> {
  const app = await NestFactory.create(TestModule, restAdapter(), { logger: ['error', 'warn'], abortOnError: false });
  serveOpenApi(app, { title: 'Library', version: '1.0.0', ...paths });
  await app.init();
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  await server.ready();
  return [app, server];
}

let app: INestApplication;
let server: FastifyInstance;
let document: Document;

beforeAll(async () => {
  [app, server] = await start();
  document = (await server.inject('/schema/')).json<Document>();
});

afterAll(() => app?.close());

const all = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })),
  );
const at = (method: string, path: string) => document.paths[path]?.[method.toLowerCase()] as Operation;
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const answer = (operation: Operation, status: string) => operation.responses[status]?.content?.['application/json']?.schema;

describe('the document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(structuredClone(document) as never)).toMatchObject({ valid: true });
  });

  it('has every route of the framework but the root of the API, and besides those only hand-written ones', () => {
    const routes = app
      .get(RegisteredViews)
      .routes.filter(
        ({ handler, method }) => method !== 'HEAD' && handler.action !== null && handler.action !== 'metadata' && !(handler.view instanceof ApiRoot),
      )
      .map(({ method, url }) => `${method} ${`${url}/`.replace(/\/+$/, '/').replace(/:(\w+)/g, '{$1}')}`);
    expect(routes.length).toBeGreaterThan(50);
    const written = ['DELETE /shelves', 'GET /shelves/{shelf}', 'POST /shelves'];
    expect(
      all()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual([...routes, ...written].sort());
  });

  it('names every operation once', () => {
    const names = all().map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['POST', '/library/books/', 'createBook'],
    ['GET', '/library/books/{pk}/', 'retrieveBook'],
    ['PUT', '/library/books/{pk}/', 'updateBook'],
    ['PATCH', '/library/books/{pk}/', 'partialUpdateBook'],
    ['DELETE', '/library/books/{pk}/', 'destroyBook'],
    ['POST', '/library/books/{pk}/borrow/', 'borrowBook'],
    ['GET', '/library/reading-lists/', 'listReadingLists'],
    ['GET', '/library/books/{book}/reviews/', 'listBookReviews'],
    ['GET', '/library/me/', 'retrieveMe'],
    ['GET', '/library/books/', 'listBooksGet'],
  ])('names %s %s %s', (method, path, name) => {
    expect(at(method, path).operationId).toBe(name);
  });

  it.each([
    ['GET', '/library/books/', '200', 'PaginatedBookList'],
    ['POST', '/library/books/', '201', 'Book2'],
    ['GET', '/library/books/{pk}/', '200', 'BookDetail'],
    ['PATCH', '/library/me/', '200', 'User'],
    ['POST', '/library/books/{pk}/borrow/', '201', 'Loan'],
    ['POST', '/library/token/', '200', 'AuthToken'],
  ])('answers %s %s with %s %s', (method, path, status, component) => {
    expect(answer(at(method, path), status)).toEqual(reference(component));
  });

  it.each([
    ['POST', '/library/books/', 'BookRequest'],
    ['PUT', '/library/books/{pk}/', 'BookRequest'],
    ['PATCH', '/library/books/{pk}/', 'PatchedBook'],
    ['POST', '/library/books/{pk}/borrow/', 'LoanRequest'],
    ['POST', '/library/token/', 'AuthTokenRequest'],
  ])('takes with %s %s a %s in every media type that is parsed', (method, path, component) => {
    const { content = {} } = at(method, path).requestBody ?? {};
    expect(Object.keys(content)).toEqual(['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']);
    expect(Object.values(content).map(({ schema }) => schema)).toEqual(Array.from({ length: 3 }, () => reference(component)));
  });

  it('asks for no body that nothing reads', () => {
    expect(all().filter(({ method, requestBody }) => requestBody && !['POST', 'PUT', 'PATCH'].includes(method))).toEqual([]);
    expect(at('POST', '/library/books/{pk}/favourite/').requestBody).toBeUndefined();
  });

  it.each([
    ['GET', '/library/books/', ['200', '400', '401', '404', '406']],
    ['POST', '/library/books/', ['201', '400', '401', '403', '406', '413', '415']],
    ['GET', '/library/genres/{slug}/', ['200', '401', '404', '406']],
    ['DELETE', '/library/authors/{pk}/', ['204', '401', '403', '404', '406', '409']],
    ['DELETE', '/library/reviews/{pk}/', ['204', '401', '403', '404', '406']],
    ['POST', '/library/token/', ['200', '400', '406', '413', '415']],
    ['GET', '/secret/', ['200', '401', '403', '404', '406']],
  ])('tells of %s %s the errors that it can answer', (method, path, statuses) => {
    expect(Object.keys(at(method, path).responses)).toEqual(statuses);
  });

  it.each([
    ['/library/books/{pk}/', 'pk', { type: 'integer' }],
    ['/library/genres/{slug}/', 'slug', { type: 'string' }],
    ['/library/loans/{pk}/', 'pk', { type: 'string', format: 'uuid' }],
    ['/library/books/{book}/reviews/', 'book', { type: 'integer' }],
  ])('types the parameter in %s by the column that it finds', (path, name, schema) => {
    expect(at('GET', path).parameters.find((parameter) => parameter.in === 'path')).toMatchObject({ name, required: true, schema });
  });

  it('gives lists the parameters of their filters, search, ordering and pages', () => {
    const names = at('GET', '/library/books/').parameters.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['title__icontains', 'min_price', 'genre', 'search', 'ordering', 'page', 'page_size']));
    expect(at('POST', '/library/books/').parameters).toEqual([]);
  });

  it('says that the values of one parameter stand between commas', () => {
    expect(at('GET', '/library/books/').parameters.find(({ name }) => name === 'language__in')).toMatchObject({
      explode: false,
      schema: { type: 'array' },
    });
  });

  it('offers the schemes of a view, or none where anyone may', () => {
    expect(document.components.securitySchemes).toMatchObject({
      tokenAuth: { type: 'apiKey', in: 'header', name: 'Authorization' },
      basicAuth: { type: 'http', scheme: 'basic' },
    });
    expect(at('POST', '/library/books/').security).toEqual([{ tokenAuth: [] }, { basicAuth: [] }]);
    expect(at('GET', '/library/books/').security).toEqual([{ tokenAuth: [] }, { basicAuth: [] }, {}]);
    expect(at('POST', '/library/token/').security).toEqual([]);
  });

  it("tags operations with the first part of their view's address", () => {
    expect(at('GET', '/library/books/{book}/reviews/').tags).toEqual(['books']);
    expect(at('GET', '/library/me/').tags).toEqual(['me']);
  });
});

describe('decorators', () => {
  it('of Swagger on a handler of the framework win', () => {
    const shut = at('POST', '/cupboards/{pk}/shut/');
    expect(shut).toMatchObject({ operationId: 'shut', summary: 'Shut its doors', tags: ['doors'] });
    expect(Object.keys(shut.responses)).toEqual(['204', '401', '404', '406']);
    expect(shut.responses['204']?.description).toBe('The doors are shut.');
  });

  it('of Swagger on a controller make its operations, and its classes keep their names', () => {
    expect(answer(at('GET', '/shelves/{shelf}'), '200')).toEqual(reference('Book'));
    expect(document.components.schemas['Book']).toMatchObject({ properties: { shelf: { type: 'string' } } });
  });

  it('say what an extra action answers', () => {
    expect(answer(at('GET', '/cupboards/shelves/'), '200')).toEqual(reference('PaginatedShelfList'));
    expect(at('GET', '/cupboards/shelves/').parameters.map(({ name }) => name)).toContain('page');
    expect(answer(at('POST', '/cupboards/{pk}/empty/'), '202')).toEqual(reference('Shelf'));
  });

  it('are what an answer is known by: without them the document claims nothing', () => {
    expect(at('GET', '/cupboards/size/').responses['2XX']).toEqual({ description: 'Success' });
    expect(at('POST', '/library/books/{pk}/favourite/').responses['2XX']).toEqual({ description: 'Success' });
  });
});

describe('GET /schema/', () => {
  it.each([
    [undefined, 'application/vnd.oai.openapi+json'],
    ['*/*', 'application/vnd.oai.openapi+json'],
    ['application/json', 'application/json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
    ['image/png', 'application/vnd.oai.openapi+json'],
  ])('with Accept %s answers JSON as %s', async (accept, mediaType) => {
    const response = await server.inject({ url: '/schema/', headers: accept ? { accept } : {} });
    expect(response.headers['content-type']).toBe(mediaType);
    expect(response.headers['vary']).toBe('Accept');
    expect(response.json()).toEqual(document);
  });

  it.each([
    ['/schema/?format=yaml', undefined, 'application/vnd.oai.openapi'],
    ['/schema/', 'application/vnd.oai.openapi', 'application/vnd.oai.openapi'],
    ['/schema', 'application/yaml', 'application/yaml'],
  ])('%s with Accept %s answers the same document as YAML', async (url, accept, mediaType) => {
    const response = await server.inject({ url, headers: accept ? { accept } : {} });
    expect(response.headers['content-type']).toBe(mediaType);
    expect(response.body.startsWith('openapi: 3.1.0\n')).toBe(true);
    expect(parse(response.body)).toEqual(document);
  });

  it('answers 404 for a format that there is not', async () => {
    expect((await server.inject('/schema/?format=__proto__')).statusCode).toBe(404);
    expect((await server.inject('/schema/?format=xml')).json()).toEqual({ detail: 'Not found.' });
  });
});

describe('Swagger UI', () => {
  const assetsOf = async (on: FastifyInstance, url: string) => {
    const page = await on.inject({ url, headers: { accept: 'text/html' } });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
    const links = [...page.body.matchAll(/(?:src|href)=["']([^"']+)["']/g)].map(([, link = '']) => new URL(link, `http://localhost${url}`));
    return Promise.all(links.map(async ({ host, pathname }) => [host, pathname, (await on.inject(pathname)).statusCode]));
  };

  it.each(['/docs', '/docs/'])('loads from %s with every asset, none from elsewhere', async (url) => {
    const assets = await assetsOf(server, url);
    expect(assets.length).toBeGreaterThan(3);
    expect(assets).toEqual(assets.map(([, path]) => ['localhost', path, 200]));
  });

  it('shows the document', async () => {
    const script = await server.inject('/docs/swagger-ui-init.js');
    expect(script.body).toContain('"partialUpdateBook"');
  });

  it('is served elsewhere, or not at all, where that is said', async () => {
    const [other, elsewhere] = await start({ documentPath: '/api/schema/', uiPath: 'api/docs/' });
    for (const url of ['/api/docs', '/api/docs/']) expect((await assetsOf(elsewhere, url)).map(([, , status]) => status)).not.toContain(404);
    expect((await elsewhere.inject('/api/schema/')).json()).toEqual(document);
    await other.close();
    const [bare, without] = await start({ uiPath: null });
    expect((await without.inject('/docs/')).statusCode).toBe(404);
    await bare.close();
  });
});

describe('serveOpenApi', () => {
  it('refuses one path for both', async () => {
    const fresh = await NestFactory.create(TestModule, restAdapter(), { logger: false, abortOnError: false });
    expect(() => serveOpenApi(fresh, { title: 'x', version: '1', documentPath: '/docs/' })).toThrow('both /docs');
    await fresh.close();
  });

  it('stops the start where a serializer that is only described cannot be made', async () => {
    class BrokenSerializer extends Serializer {
      constructor() {
        super();
        throw new Error('It needs more.');
      }
    }
    @ViewSet('broken')
    class BrokenViewSet extends GenericViewSet {
      @Action({ detail: false })
      @Answers(BrokenSerializer)
      show(): void {}
    }
    @Module({ imports: [TestModule], controllers: [BrokenViewSet] })
    class BrokenModule {}
    const fresh = await NestFactory.create(BrokenModule, restAdapter(), { logger: false, abortOnError: false });
    serveOpenApi(fresh, { title: 'x', version: '1' });
    await expect(fresh.listen(0, '127.0.0.1')).rejects.toThrow('It needs more.');
  });

  it('refuses an application that has started', () => {
    expect(() => serveOpenApi(app, { title: 'x', version: '1', documentPath: 'late', uiPath: null })).toThrow('started already');
  });
});

describe('what the library answers', () => {
  let library: Library;
  let ajv: Ajv2020;
  let described: Document;

  beforeAll(async () => {
    library = await openLibrary();
    described = closed(await openApiDocument(library.app, { title: 'Library', version: '1.0.0' })) as Document;
    ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addFormat('decimal', /^-?\d+(\.\d+)?$/);
    ajv.addSchema({ ...described, $id: 'document' }, 'document');
  });

  afterAll(() => library?.close());

  /** No property beside those that are described. */
  function closed(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(closed);
    if (typeof value !== 'object' || value === null) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one)]));
    return 'properties' in copy && copy['type'] === 'object' ? { ...copy, additionalProperties: false } : copy;
  }

  it.each([
    ['GET', '/library/books/', '/library/books/?page_size=50', 'alice', 200],
    ['GET', '/library/books/{pk}/', '/library/books/1/', 'alice', 200],
    ['GET', '/library/books/{pk}/', '/library/books/99999/', 'alice', 404],
    ['GET', '/library/books/', '/library/books/?author=x', 'alice', 400],
    ['POST', '/library/books/', '/library/books/', 'alice', 400],
    ['POST', '/library/books/', '/library/books/', undefined, 401],
    ['GET', '/library/authors/', '/library/authors/', 'alice', 200],
    ['GET', '/library/publishers/', '/library/publishers/', 'alice', 200],
    ['GET', '/library/genres/', '/library/genres/', 'alice', 200],
    ['GET', '/library/reviews/', '/library/reviews/', 'alice', 200],
    ['GET', '/library/books/{book}/reviews/', '/library/books/1/reviews/', 'alice', 200],
    ['GET', '/library/loans/', '/library/loans/', 'admin', 200],
    ['GET', '/library/reading-lists/', '/library/reading-lists/', 'alice', 200],
    ['GET', '/library/users/', '/library/users/', 'admin', 200],
    ['GET', '/library/users/', '/library/users/', 'alice', 403],
    ['GET', '/library/me/', '/library/me/', 'alice', 200],
  ] as const)('to %s %s (%s as %s: %s) is as the document says', async (method, path, url, as, status) => {
    const response = await library.send(method, url, { ...(as && { as }), ...(method === 'POST' && { json: { title: '' } }) });
    expect(response.statusCode).toBe(status);
    const escaped = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
    const said = described.paths[path]?.[method.toLowerCase()]?.responses[status] as { $ref?: string };
    const place = said.$ref ?? `#/paths/${escaped(path)}/${method.toLowerCase()}/responses/${status}`;
    const validate = ajv.compile({ $ref: `document${place}/content/application~1json/schema` });
    expect(validate(response.json()), JSON.stringify(validate.errors)).toBe(true);
  });
});

describe('a body that holds files', () => {
  const contentOf = (method: string, path: string) => at(method, path).requestBody?.content;
  const schema = (name: string) => document.components.schemas[name];
  const binary = { type: 'string', format: 'binary' };

  it('is a multipart form alone where a file is required', () => {
    expect(contentOf('POST', '/covers/')).toEqual({ 'multipart/form-data': { schema: reference('CoverRequest') } });
    expect(schema('CoverRequest')).toMatchObject({
      required: ['name', 'cover'],
      properties: { cover: { ...binary, description: 'Its first page.' } },
    });
    expect(schema('Cover')).toMatchObject({ properties: { cover: { type: 'string', format: 'uri' } } });
  });

  it('measures no content by the length that a name may have', () => {
    for (const name of ['Cover', 'CoverRequest']) expect(JSON.stringify(schema(name))).not.toContain('"maxLength":80');
  });

  it('may be any other too where no file is required, which leaves files out', () => {
    const plain = { schema: reference('PatchedCoverWithoutFiles') };
    expect(contentOf('PATCH', '/covers/{pk}/')).toEqual({
      'application/json': plain,
      'application/x-www-form-urlencoded': plain,
      'multipart/form-data': { schema: reference('PatchedCover') },
    });
    expect(Object.keys((schema('PatchedCoverWithoutFiles') as { properties: object }).properties)).toEqual(['name']);
  });

  it('may say null for a file that may be null', () => {
    expect(contentOf('POST', '/photos/')).toEqual({
      'application/json': { schema: reference('PhotoRequestWithoutFiles') },
      'multipart/form-data': { schema: reference('PhotoRequest') },
    });
    expect(schema('PhotoRequestWithoutFiles')).toMatchObject({ properties: { name: {}, photo: { type: 'null' } } });
    expect(schema('PhotoRequestWithoutFiles')).not.toHaveProperty('properties.more');
    expect(schema('PhotoRequest')).toMatchObject({
      properties: { photo: { type: ['string', 'null'], format: 'binary' }, more: { type: 'array', items: binary } },
    });
  });

  it('is the file itself where FileUploadParser reads it', () => {
    expect(contentOf('PUT', '/photos/raw/')).toEqual({ '*/*': { schema: binary } });
  });
});
