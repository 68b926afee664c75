import { HttpCode, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  Action,
  AllowAny,
  APIView,
  CurrentObject,
  CurrentRequest,
  IsAuthenticated,
  JSONRenderer,
  NotFound,
  Renderer,
  Response,
  restAdapter,
  RestModule,
  View,
  ViewSet,
  type RestRequest,
} from 'nest-rest-framework';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

@ViewSet('boxes', { basename: 'box', permissions: [AllowAny] })
class Boxes extends APIView {
  list(@CurrentRequest() request: RestRequest): unknown {
    return { by: this.constructor.name, action: request.action };
  }
  @Action({ detail: true, methods: ['GET', 'POST', 'DELETE'] })
  lid(@CurrentRequest() request: RestRequest): unknown {
    return { method: request.method, action: request.action, pk: request.params['pk'] };
  }
  @Action.mapping('lid', 'PUT')
  putLid(): unknown {
    return new Response({ put: true }, { status: 202 });
  }
  @Action({ detail: true, permissions: [IsAuthenticated] })
  secret(): unknown {
    return 'x';
  }
}

@ViewSet('crates', { basename: 'crate', permissions: [AllowAny] })
class Crates extends Boxes {
  @Action({ detail: false })
  async missing(): Promise<never> {
    throw new NotFound('No such crate.');
  }
}

/** Answers a method that the class above says 405 to, and finds its rows by another name. */
@ViewSet('casks', { basename: 'cask', lookupUrlKwarg: 'cask', permissions: [AllowAny] })
class Casks extends Boxes {
  create(): unknown {
    return { made: true };
  }
  retrieve(@CurrentRequest() request: RestRequest): unknown {
    return request.params;
  }
}

@ViewSet('bins', { permissions: [AllowAny] })
class Bins extends APIView {
  create(): unknown {
    return { made: true };
  }
}

class ListRenderer extends Renderer {
  override readonly mediaType = 'text/list';
  override readonly format = 'list';
  override readonly charset = 'utf-8';
  override render(data: unknown): string {
    return (data as string[]).join('\n');
  }
}

@View('lines', { permissions: [AllowAny], renderers: [ListRenderer] })
class Lines extends APIView {
  get(@CurrentRequest() request: RestRequest): unknown {
    if (request.query.has('missing')) throw new NotFound();
    return ['a', 'b'];
  }
  post(@CurrentObject() _object: unknown): unknown {
    return [];
  }
}

@View('status', { permissions: [AllowAny] })
class Status extends APIView {
  get(): unknown {
    return { up: true };
  }
  post(): unknown {
    return { up: 'now' };
  }
  @HttpCode(202)
  put(): unknown {
    return { up: 'soon' };
  }
}

@Module({
  imports: [RestModule.forRoot({ authentication: [], permissions: [IsAuthenticated], renderers: [JSONRenderer] })],
  controllers: [Bins, Boxes, Casks, Crates, Lines, Status],
})
class Root {}

describe('views without a model', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [Root] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(restAdapter(), { logger: false });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => app.close());

  it.each<[string, string, number, unknown]>([
    ['GET', '/boxes/', 200, { by: 'Boxes', action: 'list' }],
    ['GET', '/crates/', 200, { by: 'Crates', action: 'list' }],
    ['POST', '/casks/', 201, { made: true }],
    ['POST', '/boxes/', 405, { detail: 'Method "POST" not allowed.' }],
    ['GET', '/casks/7/', 200, { cask: '7' }],
    ['PUT', '/casks/7/', 405, { detail: 'Method "PUT" not allowed.' }],
    ['GET', '/boxes/3/lid/', 200, { method: 'GET', action: 'lid', pk: '3' }],
    ['POST', '/boxes/3/lid/', 200, { method: 'POST', action: 'lid', pk: '3' }],
    ['DELETE', '/boxes/3/lid/', 200, { method: 'DELETE', action: 'lid', pk: '3' }],
    ['PUT', '/boxes/3/lid/', 202, { put: true }],
    ['PATCH', '/boxes/3/lid/', 405, { detail: 'Method "PATCH" not allowed.' }],
    ['POST', '/crates/a%2Fb/lid/', 200, { method: 'POST', action: 'lid', pk: 'a/b' }],
    ['GET', '/crates/missing/', 404, { detail: 'No such crate.' }],
    ['GET', '/boxes/3/secret/', 403, { detail: 'You do not have permission to perform this action.' }],
    ['DELETE', '/boxes/3/secret/', 403, { detail: 'You do not have permission to perform this action.' }],
    ['GET', '/status/', 200, { up: true }],
    ['POST', '/status/', 200, { up: 'now' }],
    ['PUT', '/status/', 202, { up: 'soon' }],
    ['POST', '/bins/', 201, { made: true }],
    ['DELETE', '/status/', 405, { detail: 'Method "DELETE" not allowed.' }],
    ['GET', '/boxes/%ff/lid/', 404, { detail: 'Not found.' }],
    ['GET', `/boxes/${'x'.repeat(600)}/lid/`, 414, { detail: 'The address is too long.' }],
    ['GET', '/nowhere/', 404, { detail: 'Not found.' }],
  ])('%s %s is %i', async (method, url, status, body) => {
    const answer = await app.inject({ method: method as 'GET', url });
    expect([answer.statusCode, answer.json()]).toEqual([status, body]);
  });

  it('show an error as JSON where their renderer cannot', async () => {
    expect((await app.inject('/lines/')).payload).toBe('a\nb');
    const answer = await app.inject('/lines/?missing');
    expect([answer.statusCode, answer.headers['content-type'], answer.json()]).toEqual([404, 'application/json', { detail: 'Not found.' }]);
  });

  it('have no object to ask for', async () => {
    const answer = await app.inject({ method: 'POST', url: '/lines/' });
    expect([answer.statusCode, answer.json()]).toEqual([500, { detail: 'A server error occurred.' }]);
  });

  it('say which methods an address has, in DRF’s order (VS-9)', async () => {
    expect((await app.inject({ method: 'PATCH', url: '/boxes/3/lid/' })).headers['allow']).toBe('GET, POST, PUT, DELETE, HEAD, OPTIONS');
    expect((await app.inject({ method: 'PATCH', url: '/boxes/' })).headers['allow']).toBe('GET, HEAD, OPTIONS');
    expect((await app.inject({ method: 'PATCH', url: '/casks/' })).headers['allow']).toBe('GET, POST, HEAD, OPTIONS');
  });
});
