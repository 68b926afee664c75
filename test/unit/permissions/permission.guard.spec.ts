import { Controller, Get, Global, Inject, Injectable, Module, Post, UseGuards, type INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authentication, type Credentials } from '../../../src/framework/authentication/authentication.js';
import { CurrentAuth } from '../../../src/framework/authentication/current-auth.decorator.js';
import { CurrentUser } from '../../../src/framework/authentication/current-user.decorator.js';
import { DefaultAuthentication } from '../../../src/framework/authentication/default-authentication.js';
import { APIException } from '../../../src/framework/exceptions/api-exception.js';
import { AuthenticationFailed } from '../../../src/framework/exceptions/exceptions.js';
import { IsAdminUser } from '../../../src/framework/permissions/is-admin-user.js';
import { IsAuthenticated } from '../../../src/framework/permissions/is-authenticated.js';
import { Permission } from '../../../src/framework/permissions/permission.js';
import { or } from '../../../src/framework/permissions/permission-expression.js';
import { permissionGuard } from '../../../src/framework/permissions/permission.guard.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { STAFF, USER } from './requests.js';

/** `X-User: user`: counts how often it was asked. */
class NamedUser extends Authentication {
  asked = 0;
  override authenticate(request: RestRequest): Credentials | null {
    this.asked++;
    const name = request.headers['x-user'];
    if (name === undefined) return null;
    if (name === 'staff') return [STAFF, 'credential'];
    if (name === 'user') return [USER, 'credential'];
    throw new AuthenticationFailed('Who?');
  }
}

@Injectable()
class Rota {
  readonly onDuty = USER.id;
}

@Injectable()
class IsOnDuty extends Permission {
  override readonly message = 'Off duty.';
  constructor(@Inject(Rota) private readonly rota: Rota) {
    super();
  }
  override hasPermission({ user }: RestRequest): boolean {
    return user?.id === this.rota.onDuty;
  }
}

@Controller()
class Doors {
  @Get('user')
  @UseGuards(IsAuthenticated)
  user(@CurrentUser() user: { id: number }, @CurrentAuth() auth: unknown) {
    return { id: user.id, auth };
  }

  @Get('duty')
  @UseGuards(IsAuthenticated, IsOnDuty)
  duty() {
    return 'open';
  }

  @Post('either')
  @UseGuards(permissionGuard(or(IsAdminUser, IsOnDuty)))
  either() {
    return 'open';
  }

  @Get('free')
  free(@CurrentUser() user: unknown) {
    return { user };
  }
}

const scheme = new NamedUser();

@Global()
@Module({ providers: [{ provide: DefaultAuthentication, useValue: new DefaultAuthentication([scheme]) }], exports: [DefaultAuthentication] })
class Defaults {}

@Module({ imports: [Defaults], controllers: [Doors], providers: [Rota] })
class App {}

describe('permissions on a hand-written controller', () => {
  let app: INestApplication;

  beforeAll(async () => {
    app = (await Test.createTestingModule({ imports: [App] }).compile()).createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    app.useGlobalFilters({
      catch(error: unknown, host) {
        const reply = host.switchToHttp().getResponse();
        const known = error instanceof APIException;
        reply.status(known ? error.status : 500).send(known ? error.body() : { detail: String(error) });
      },
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => app.close());

  const ask = async (method: 'GET' | 'POST', url: string, user?: string) => {
    const answer = await app
      .getHttpAdapter()
      .getInstance()
      .inject({ method, url, headers: user === undefined ? {} : { 'x-user': user } });
    return [answer.statusCode, answer.body];
  };

  it.each([
    { url: '/user', user: undefined, answer: [401, '{"detail":"Authentication credentials were not provided."}'] },
    { url: '/user', user: 'nobody', answer: [401, '{"detail":"Who?"}'] },
    { url: '/user', user: 'user', answer: [200, '{"id":1,"auth":"credential"}'] },
    { url: '/duty', user: undefined, answer: [401, '{"detail":"Authentication credentials were not provided."}'] },
    { url: '/duty', user: 'user', answer: [200, 'open'] },
    { url: '/duty', user: 'staff', answer: [403, '{"detail":"Off duty."}'] },
    { url: '/free', user: 'user', answer: [200, '{"user":null}'] },
  ])('a class guards by itself: GET $url by $user', async ({ url, user, answer }) => {
    expect(await ask('GET', url, user)).toEqual(answer);
  });

  it.each([
    { user: undefined, answer: [401, '{"detail":"Authentication credentials were not provided."}'] },
    { user: 'user', answer: [201, 'open'] },
    { user: 'staff', answer: [201, 'open'] },
  ])('a composition guards as permissionGuard: by $user', async ({ user, answer }) => {
    expect(await ask('POST', '/either', user)).toEqual(answer);
  });

  it('finds the user once for all guards of a request', async () => {
    scheme.asked = 0;
    await ask('GET', '/duty', 'user');
    expect(scheme.asked).toBe(1);
  });

  it('does not start where nothing provides the default schemes', async () => {
    @Module({ controllers: [Doors], providers: [Rota] })
    class Alone {}
    await expect(
      Test.createTestingModule({ imports: [Alone] })
        .setLogger({ log() {}, error() {}, warn() {} })
        .compile(),
    ).rejects.toThrow(/DefaultAuthentication|defaultAuthentication/);
  });
});
