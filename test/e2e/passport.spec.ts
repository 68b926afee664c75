import { ForbiddenException, Injectable, Module, UnauthorizedException } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import {
  AllowAny,
  APIView,
  BasicAuthentication,
  CurrentAuth,
  CurrentUser,
  IsAdminUser,
  IsAuthenticated,
  PassportAuthentication,
  TokenAuthentication,
  Users,
  View,
  type PassportStrategyLike,
} from 'nest-rest-framework';
import { openApiDocument } from 'nest-rest-framework/openapi';
import { Strategy as BearerStrategy } from 'passport-http-bearer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary, TOKENS, type Library } from './library.js';

/** As the documentation of Nest has it: a provider with a `validate`. */
@Injectable()
class CompanyStrategy extends PassportStrategy(BearerStrategy, 'company') {
  constructor(private readonly users: Users) {
    super({ realm: 'company' });
  }

  async validate(token: string) {
    if (token === 'broken') throw new Error('The directory at ldap://secret is away.');
    if (token === 'forbidden') throw new ForbiddenException();
    if (token === 'nobody') return false;
    if (token === 'nameless') return { username: 'nameless' };
    const user = await this.users.findByUsername(token);
    if (!user) throw new UnauthorizedException('No such user: the directory says so.');
    return [user, { scope: 'read' }];
  }
}

const COMPANY = PassportAuthentication(CompanyStrategy, { challenge: 'Bearer realm="company"' });

/** A strategy without a class of Passport's: what counts are the functions that it finds on itself. */
class ByHeader implements PassportStrategyLike {
  readonly name = 'by-header';
  declare success: (user: unknown) => void;
  declare fail: (challenge?: unknown, status?: number) => void;
  declare redirect: (url: string, status?: number) => void;
  declare pass: () => void;
  declare error: (error: unknown) => void;

  async authenticate({ headers }: { headers: Record<string, string | undefined> }): Promise<void> {
    switch (headers['x-who']) {
      case 'partner':
        return this.success({ id: 77, name: 'Partner' });
      case 'retired':
        return this.success({ id: 78, isActive: false });
      case 'challenge':
        return this.fail('Digest nonce="1"');
      case 'hostile':
        return this.fail('Digest nonce="1\r\nSet-Cookie: stolen=1"');
      case 'words':
        return this.fail({ message: 'The account of Eve is locked.' }, 403);
      case 'elsewhere':
        return this.redirect('https://login.example/?next=%2F');
      case 'moved':
        return this.redirect('/moved/', 303);
      case 'pass':
        return this.pass();
      case 'error':
        return this.error(new Error('in the inside'));
      default:
        throw new Error('rejected, in the inside');
    }
  }
}
const HEADER = PassportAuthentication(new ByHeader(), { headers: ['X-Who'] });
class SignIn extends ByHeader {}
const ALWAYS = PassportAuthentication(new SignIn(), { headers: [] });

abstract class WhoView extends APIView {
  get(@CurrentUser() user: { id: number; isStaff: boolean } | null, @CurrentAuth() auth: unknown) {
    return { id: user?.id ?? null, isStaff: user?.isStaff ?? null, auth };
  }
}
@View('company', { permissions: [IsAuthenticated], authentication: [COMPANY, BasicAuthentication] })
class CompanyView extends WhoView {}
@View('company-staff', { permissions: [IsAdminUser], authentication: [COMPANY] })
class CompanyStaffView extends WhoView {}
@View('header', { permissions: [AllowAny], authentication: [HEADER, TokenAuthentication] })
class HeaderView extends WhoView {}
@View('partners', { permissions: [IsAuthenticated], authentication: [TokenAuthentication, HEADER] })
class PartnersView extends WhoView {}
@View('always', { permissions: [AllowAny], authentication: [ALWAYS] })
class AlwaysView extends WhoView {}

@Module({ providers: [CompanyStrategy], controllers: [CompanyView, CompanyStaffView, HeaderView, PartnersView, AlwaysView] })
class PassportModule {}

let library: Library;
beforeAll(async () => {
  library = await openLibrary({ imports: [PassportModule] });
});
afterAll(() => library.close());

const alice = async () => (await library.prisma.user.findUniqueOrThrow({ where: { username: 'alice' } })).id;
const ask = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await library.send('GET', url, { headers });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json<Record<string, unknown>>(), headers: answer.headers };
};
const basic = `Basic ${Buffer.from('alice:alice-pass-1').toString('base64')}`;
const WRONG = { detail: 'Incorrect authentication credentials.' };
const MISSING = { detail: 'Authentication credentials were not provided.' };

describe('a strategy that is a provider', () => {
  it('finds the user, and what it tells beside', async () => {
    const { status, body } = await ask('/company/', { authorization: 'bearer alice' });
    expect([status, body]).toEqual([200, { id: await alice(), isStaff: false, auth: { scope: 'read' } }]);
  });

  it('leaves to the next scheme what is not its own', async () => {
    const { status, body } = await ask('/company/', { authorization: basic });
    expect([status, body]).toEqual([200, { id: await alice(), isStaff: false, auth: null }]);
  });

  it.each<[string, Record<string, string>, number, unknown, string | undefined]>([
    ['no credentials', {}, 401, MISSING, 'Bearer realm="company"'],
    ['a token that it knows not', { authorization: 'Bearer nobody' }, 401, WRONG, 'Bearer realm="company", error="invalid_token"'],
    ['a validate that refuses', { authorization: 'Bearer eve' }, 401, WRONG, 'Bearer realm="company"'],
    ['a header that is malformed', { authorization: 'Bearer a b c' }, 401, WRONG, 'Bearer realm="company"'],
    ['an error of its own', { authorization: 'Bearer broken' }, 500, { detail: 'A server error occurred.' }, undefined],
    ['a user without an id', { authorization: 'Bearer nameless' }, 500, { detail: 'A server error occurred.' }, undefined],
    [
      'another error of Nest’s',
      { authorization: 'Bearer forbidden' },
      403,
      { detail: 'You do not have permission to perform this action.' },
      undefined,
    ],
  ])('answers %s', async (_what, headers, status, body, challenge) => {
    const answer = await ask('/company/', headers);
    expect([answer.status, answer.body, answer.headers['www-authenticate']]).toEqual([status, body, challenge]);
    expect(answer.headers['vary']).toContain('Authorization');
  });

  it.each(['/company/?access_token=alice', '/company/?authorization=Bearer%20alice'])('takes no credential of an address: %s', async (url) => {
    expect((await ask(url)).status).toBe(401);
  });

  it('gives permissions a user to judge', async () => {
    expect((await ask('/company-staff/', { authorization: 'Bearer alice' })).status).toBe(403);
    expect((await ask('/company-staff/', { authorization: 'Bearer admin' })).status).toBe(200);
  });

  it('is in the OpenAPI document as what its challenge says', async () => {
    const document = await openApiDocument(library.app, { title: 'Passport', version: '1' });
    expect(document.components?.securitySchemes).toMatchObject({
      companyAuth: { type: 'http', scheme: 'bearer' },
      byHeaderAuth: { type: 'apiKey', in: 'header', name: 'X-Who' },
    });
    expect(document.paths['/company/']?.['get']?.security).toEqual([{ companyAuth: [] }, { basicAuth: [] }]);
  });

  it('stops the boot where no module provides it', async () => {
    class LostStrategy extends CompanyStrategy {}
    @View('lost', { permissions: [AllowAny], authentication: [PassportAuthentication(LostStrategy)] })
    class LostView extends WhoView {}
    @Module({ controllers: [LostView] })
    class LostModule {}
    await expect(openLibrary({ imports: [LostModule] })).rejects.toThrow(
      'PassportAuthentication(LostStrategy): no module has LostStrategy among its providers.',
    );
  });
});

describe('a strategy of any kind', () => {
  it.each<[string, string, number, unknown, Record<string, unknown>]>([
    ['success, without isActive and isStaff', 'partner', 200, { id: 77, isStaff: false, auth: null }, {}],
    ['success of an inactive user', 'retired', 403, { detail: 'User inactive or deleted.' }, {}],
    ['fail, without a challenge: the first scheme decides', 'challenge', 403, WRONG, {}],
    ['fail with words, which are not for the client', 'words', 403, WRONG, {}],
    ['redirect', 'elsewhere', 302, null, { location: 'https://login.example/?next=%2F' }],
    ['redirect with a status', 'moved', 303, null, { location: '/moved/' }],
    ['pass: anonymous', 'pass', 200, { id: null, isStaff: null, auth: null }, {}],
    ['error', 'error', 500, { detail: 'A server error occurred.' }, {}],
    ['a rejected promise', '?', 500, { detail: 'A server error occurred.' }, {}],
  ])('%s', async (_what, who, status, body, headers) => {
    const answer = await ask('/header/', { 'x-who': who });
    expect([answer.status, answer.body]).toEqual([status, body]);
    expect(answer.headers).toMatchObject(headers);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  it('leaves a request without its header to the next scheme', async () => {
    expect((await ask('/header/', { authorization: `Token ${TOKENS.alice}` })).body).toMatchObject({ id: await alice() });
    expect((await ask('/header/')).body).toEqual({ id: null, isStaff: null, auth: null });
  });

  it('keeps the challenge of the scheme that stands first', async () => {
    const answer = await ask('/partners/', { 'x-who': 'challenge' });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Token']);
  });

  it('is asked about every request where it names no headers', async () => {
    expect((await ask('/always/')).status).toBe(500);
    expect((await ask('/always/', { 'x-who': 'partner' })).body).toMatchObject({ id: 77 });
  });

  it('answers nothing of one request to another', async () => {
    const whos = Array.from({ length: 30 }, (_each, index) => ['partner', 'pass', 'retired'][index % 3] as string);
    const statuses = await Promise.all(whos.map(async (who) => (await ask('/header/', { 'x-who': who })).body));
    expect(statuses).toEqual(
      whos.map((who) =>
        who === 'retired' ? { detail: 'User inactive or deleted.' } : expect.objectContaining({ id: who === 'partner' ? 77 : null }),
      ),
    );
  });

  it.each([
    ['a challenge', 'challenge', 'Digest nonce="1"'],
    ['what would be two headers', 'hostile', 'Digest'],
  ])('that has a challenge sends on %s', async (_what, who, expected) => {
    @View('challenging', {
      permissions: [AllowAny],
      authentication: [PassportAuthentication(new ByHeader(), { headers: ['X-Who'], challenge: 'Digest' })],
    })
    class ChallengingView extends WhoView {}
    @Module({ controllers: [ChallengingView] })
    class ChallengingModule {}
    const other = await openLibrary({ imports: [ChallengingModule] });
    try {
      const answer = await other.send('GET', '/challenging/', { headers: { 'x-who': who } });
      expect([answer.statusCode, answer.headers['www-authenticate'], answer.headers['set-cookie']]).toEqual([401, expected, undefined]);
    } finally {
      await other.close();
    }
  });
});
