import { describe, expect, it } from 'vitest';
import { BasicAuthentication } from '../../../src/framework/authentication/basic-authentication.js';
import type { Logins } from '../../../src/framework/authentication/logins.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { failureOf, requestWith } from './requests.js';

const asked: string[][] = [];
const logins = {
  users: {},
  async signIn(_request: RestRequest, username: string, password: string) {
    asked.push([username, password]);
    if (password === 'wrong') return null;
    return { id: 1, username, isActive: password !== 'sleeping', isStaff: false };
  },
} as unknown as Logins;
const basic = new BasicAuthentication(logins);
const encode = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64');

describe('BasicAuthentication', () => {
  it.each([undefined, '', '   ', 'Token abc', 'Basics abc', 'Bearer x', 'Basic\u00a0abc'])(
    'leaves a request with Authorization %j to the next scheme',
    async (header) => {
      expect(await basic.authenticate(requestWith(header))).toBeNull();
    },
  );

  it.each([
    ['Basic', 'Invalid basic header. No credentials provided.'],
    ['  basic  ', 'Invalid basic header. No credentials provided.'],
    ['Basic a b', 'Invalid basic header. Credentials string should not contain spaces.'],
    ['Basic !!!', 'Invalid basic header. Credentials not correctly base64 encoded.'],
    [`Basic ${encode('no colon')}`, 'Invalid basic header. Credentials not correctly base64 encoded.'],
    [`Basic ${encode('alice:pass').replace(/=+$/, '')}`, 'Invalid basic header. Credentials not correctly base64 encoded.'],
    [`Basic ${encode('alice:pass')}!`, 'Invalid basic header. Credentials not correctly base64 encoded.'],
    [`Basic ${encode('alice:wrong')}`, 'Invalid username/password.'],
    [`Basic ${encode('alice:sleeping')}`, 'User inactive or deleted.'],
  ])('refuses %j', async (header, detail) => {
    expect(await failureOf(basic.authenticate(requestWith(header)))).toEqual({ name: 'AuthenticationFailed', status: 401, detail });
  });

  it.each([
    [`Basic ${encode('alice:alice-pass-1')}`, 'alice', 'alice-pass-1'],
    [`bAsIc\t${encode('alice:a:b:')} `, 'alice', 'a:b:'],
    [`Basic ${encode(':')}`, '', ''],
    [`Basic ${encode('zoë:naïve ✓')}`, 'zoë', 'naïve ✓'],
    [`Basic ${encode('zoë:naïve', 'latin1')}`, 'zoë', 'naïve'],
    [`Basic ${encode('\ufeffalice:x')}`, '\ufeffalice', 'x'],
  ])('reads %j', async (header, username, password) => {
    const [user, auth] = (await basic.authenticate(requestWith(header)))!;
    expect(asked.at(-1)).toEqual([username, password]);
    expect([user, auth]).toEqual([{ id: 1, username, isActive: true, isStaff: false }, null]);
  });

  it('challenges with its realm, which a class of the application may change', () => {
    class Library extends BasicAuthentication {
      override readonly realm = 'library';
    }
    expect([basic.authenticateHeader(), new Library(logins).authenticateHeader()]).toEqual(['Basic realm="api"', 'Basic realm="library"']);
  });
});
