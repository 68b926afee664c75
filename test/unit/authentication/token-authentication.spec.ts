import { describe, expect, it } from 'vitest';
import { TokenAuthentication } from '../../../src/framework/authentication/token-authentication.js';
import type { Tokens } from '../../../src/framework/authentication/tokens.js';
import { failureOf, requestWith } from './requests.js';

const GOOD = 'b'.repeat(40);
const asked: string[] = [];
const tokens = {
  model: {},
  async find(token: string) {
    asked.push(token);
    if (token !== GOOD && token !== 'sleeping' && token !== '✓') return null;
    return { token: { id: 7 }, user: { id: 2, isActive: token !== 'sleeping', isStaff: false } };
  },
  noteUse: () => {},
} as unknown as Tokens;
const scheme = new TokenAuthentication(tokens);
/** What Node makes of the UTF-8 bytes of a header. */
const sent = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('TokenAuthentication', () => {
  it.each([undefined, '', ' ', `Bearer ${GOOD}`, 'Basic abc', `Tokens ${GOOD}`])(
    'leaves a request with Authorization %j to the next scheme',
    async (header) => {
      expect(await scheme.authenticate(requestWith(header))).toBeNull();
    },
  );

  it.each([
    ['Token', 'Invalid token header. No credentials provided.'],
    ['token ', 'Invalid token header. No credentials provided.'],
    ['Token a b', 'Invalid token header. Token string should not contain spaces.'],
    ['Token caf\u00e9', 'Invalid token header. Token string should not contain invalid characters.'],
    ['Token \u00ff\u00fe', 'Invalid token header. Token string should not contain invalid characters.'],
    ['Token wrong', 'Invalid token.'],
    ['Token sleeping', 'User inactive or deleted.'],
  ])('refuses %j', async (header, detail) => {
    expect(await failureOf(scheme.authenticate(requestWith(header)))).toEqual({ name: 'AuthenticationFailed', status: 401, detail });
  });

  it.each([`Token ${GOOD}`, `token ${GOOD}`, `  TOKEN \t ${GOOD} `, sent('Token ✓')])('takes %j, and hands on user and token', async (header) => {
    expect(await scheme.authenticate(requestWith(header))).toEqual([{ id: 2, isActive: true, isStaff: false }, { id: 7 }]);
  });

  it('challenges with its keyword, which a class of the application may change', async () => {
    class Bearer extends TokenAuthentication {
      override readonly keyword = 'Bearer';
    }
    const bearer = new Bearer(tokens);
    expect([scheme.authenticateHeader(), bearer.authenticateHeader()]).toEqual(['Token', 'Bearer']);
    expect(await bearer.authenticate(requestWith(`Token ${GOOD}`))).toBeNull();
    expect(await bearer.authenticate(requestWith(`bearer ${GOOD}`))).not.toBeNull();
  });
});
