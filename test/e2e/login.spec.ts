import { Module } from '@nestjs/common';
import { AuthTokenSerializer, LoginSerializer, LoginView, ObtainAuthTokenView, Serializers, View } from 'nest-rest-framework';
import { openApiDocument } from 'nest-rest-framework/openapi';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLibrary, type Library } from './library.js';

class MemberSerializer extends AuthTokenSerializer {
  override async validate(...input: Parameters<LoginSerializer['validate']>) {
    const login = await super.validate(...input);
    return { ...login, user: { ...login.user, member: true } };
  }
}
@View('sign-in', { serializer: MemberSerializer })
class SignInView extends ObtainAuthTokenView {}
@View('elsewhere')
class ElsewhereView extends ObtainAuthTokenView {}
@Module({ controllers: [SignInView, ElsewhereView, LoginView] })
class SignInModule {}

const REQUIRED = ['This field is required.'];
const NULL = ['This field may not be null.'];
const BLANK = ['This field may not be blank.'];
const INVALID = ['Not a valid string.'];
const REFUSED = { non_field_errors: ['Unable to log in with provided credentials.'] };

let library: Library;
beforeAll(async () => {
  library = await openLibrary({ imports: [SignInModule], settings: { loginRates: { account: null, address: null } } });
});
afterAll(() => library.close());
beforeEach(() => library.counter.reset());

const post = async (payload: string, type = 'application/json', url = '/library/token/') => {
  const answer = await library.send('POST', url, { payload, headers: { 'content-type': type } });
  return [answer.statusCode, answer.json<Record<string, unknown>>()] as const;
};

describe('a login', () => {
  it.each<[string, unknown]>([
    ['{}', { username: REQUIRED, password: REQUIRED }],
    ['{"username": "alice"}', { password: REQUIRED }],
    ['{"password": "x"}', { username: REQUIRED }],
    ['{"username": null, "password": null}', { username: NULL, password: NULL }],
    ['{"username": "", "password": ""}', { username: BLANK, password: BLANK }],
    ['{"username": " \\t", "password": " "}', { username: BLANK }],
    ['{"username": true, "password": []}', { username: INVALID, password: INVALID }],
    ['{"username": {"not": "E"}, "password": {"contains": ""}}', { username: INVALID, password: INVALID }],
    [
      '{"username": "a\\u0000", "password": "\\ud800"}',
      { username: ['Null characters are not allowed.'], password: ['Surrogate characters are not allowed: U+D800.'] },
    ],
    ['[]', { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
    ['null', { non_field_errors: ['No data provided'] }],
    ['"text"', { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] }],
    ['1e400', { non_field_errors: ['Invalid data. Expected a dictionary, but got float.'] }],
  ])('of a wrong form is refused before anybody is looked for: %s', async (payload, body) => {
    expect(await post(payload)).toEqual([400, body]);
    expect(library.counter.count).toBe(0);
  });

  it.each([
    ['{"username": "alice", "password": "wrong"}'],
    ['{"username": "alice", "password": " alice-pass-1"}'],
    ['{"username": "nobody", "password": "alice-pass-1"}'],
    ['{"username": "carol", "password": "carol-pass-1"}'],
    ['{"username": 12345678901234567890, "password": 12.5}'],
    ['{"username": "😀", "password": "😀"}'],
  ])('of nobody is one error, whatever is wrong: %s', async (payload) => {
    expect(await post(payload)).toEqual([400, REFUSED]);
  });

  it.each([
    ['application/json', '{"username": " alice ", "password": "alice-pass-1"}'],
    ['application/x-www-form-urlencoded', 'username=alice&password=alice-pass-1'],
  ])('by %s answers a token that signs its user in', async (type, payload) => {
    const [status, body] = await post(payload, type);
    expect([status, body]).toEqual([200, { token: expect.stringMatching(/^[0-9a-f]{40}$/) }]);
    const me = await library.send('GET', '/library/me/', { headers: { authorization: `Token ${String(body['token'])}` } });
    expect(me.json()).toMatchObject({ username: 'alice' });
  });

  it('has an error that is one of authorization, in its code', async () => {
    const request = { raw: {}, headers: {} } as never;
    const handle = library.app.get(Serializers).of(LoginSerializer);
    await expect(handle.validate({ username: 'alice', password: 'wrong' }, { request })).rejects.toSatisfy((error: { getCodes(): unknown }) => {
      expect(error.getCodes()).toEqual({ non_field_errors: ['authorization'] });
      return true;
    });
  });

  it('may be validated by a serializer of one’s own', async () => {
    expect(await post('{"username": "bob", "password": "bob-pass-1"}', undefined, '/sign-in/')).toEqual([200, { token: expect.any(String) }]);
    expect(await post('{"username": "bob", "password": "bob-pass-1"}', undefined, '/elsewhere/')).toEqual([200, { token: expect.any(String) }]);
    expect(await post('{"username": "bob"}', undefined, '/sign-in/')).toEqual([400, { password: REQUIRED }]);
  });

  it('is in the OpenAPI document with what it takes and answers', async () => {
    const { components, paths } = await openApiDocument(library.app, { title: 'Library', version: '1' });
    const schemas = components!.schemas as Record<string, { required: string[]; properties: Record<string, object> }>;
    const refs = (url: string, method: 'get' | 'post') =>
      [...JSON.stringify(paths[url]?.[method]).matchAll(/schemas\/(\w+)/g)].map(([, name]) => name);
    expect(new Set(refs('/library/token/', 'post'))).toEqual(new Set(['AuthTokenRequest', 'AuthToken']));
    expect(Object.keys(schemas['AuthToken']!.properties)).toEqual(['token']);
    expect(schemas['AuthTokenRequest']!.required).toEqual(['username', 'password']);
    expect(new Set(refs('/login/', 'get'))).toEqual(new Set(['CsrfToken']));
    expect(new Set(refs('/login/', 'post'))).toEqual(new Set(['LoginRequest', 'Detail']));
  });
});
