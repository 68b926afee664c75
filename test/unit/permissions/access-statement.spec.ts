import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { assertStatement, speaksOf, type AccessStatement } from '../../../src/framework/permissions/access-statement.js';
import { AccessPolicy } from '../../../src/framework/permissions/access-policy.js';
import { requestOf, USER } from './requests.js';

const allow: AccessStatement = { effect: 'allow', principal: '*', action: '*' };
const context = { owner: 'Books', model: undefined, actions: ['list', 'borrow', 'get'], ignoresModelPermissions: false };
const check = (statement: object) => () => assertStatement({ ...allow, ...statement }, 'Policy.statements[0]', context);

describe('a statement', () => {
  it.each([
    [{}],
    [{ principal: ['admin', 'staff', 'authenticated', 'anonymous', 'group:a b', 'id:7'] }],
    [
      {
        action: ['list', 'create', 'partialUpdate', 'bulkDestroy', 'borrow', 'metadata', 'get', '<safe_methods>', '<method:post>', '<method:PATCH>'],
      },
    ],
    [{ action: ['borrow', '*'], objectCondition: () => true }],
    [{ effect: 'deny' }],
  ])('that can be meant passes: %j', (statement) => expect(check(statement)).not.toThrow());

  it.each<[object, string]>([
    [{ effect: 'permit' }, `Policy.statements[0]: effect "permit" is neither 'allow' nor 'deny'.`],
    [{ principal: [] }, "principal names none. For all write '*'."],
    [{ principal: undefined }, "principal names none. For all write '*'."],
    [{ principal: ['staff', 'editors'] }, 'principal editors is none of *, admin, staff, authenticated, anonymous, group:<name>, id:<key>.'],
    [{ principal: 'group:' }, 'principal group: is none of'],
    [{ principal: 'Staff' }, 'principal Staff is none of'],
    [{ action: [] }, "action names none. For all write '*'."],
    [{ action: 7 }, "action names none. For all write '*'."],
    [{ action: 'partial_update' }, 'the view has no action partial_update. Did you mean partialUpdate?'],
    [{ action: ['list', 'borow'] }, 'the view has no action borow. Did you mean borrow?'],
    [{ action: '<method:fetch>' }, 'the view has no action <method:fetch>.'],
    [{ action: ['borrow', 'list'], objectCondition: () => true }, 'list has no object that an objectCondition could be asked of.'],
    [{ action: 'create', objectCondition: () => true }, 'create has no object'],
  ])('that cannot is refused: %j', (statement, message) => {
    expect(check(statement)).toThrow(ConfigurationError);
    expect(check(statement)).toThrow(message);
  });

  it.each<[action: string | readonly string[], method: string, does: string | null, speaks: boolean]>([
    ['*', 'DELETE', null, true],
    ['<safe_methods>', 'HEAD', 'list', true],
    ['<safe_methods>', 'OPTIONS', 'metadata', true],
    ['<safe_methods>', 'POST', 'list', false],
    ['<method:post>', 'POST', 'borrow', true],
    ['<method:POST>', 'POST', null, true],
    ['<method:post>', 'PUT', 'borrow', false],
    ['borrow', 'POST', 'borrow', true],
    ['borrow', 'POST', 'return', false],
    ['borrow', 'POST', null, false],
    [['list', 'borrow'], 'POST', 'borrow', true],
    ['post', 'POST', 'borrow', false],
  ])('of %j speaks of %s %s: %s', (action, method, does, speaks) => {
    const request = Object.defineProperty(requestOf(null, method), 'action', { value: does });
    expect(speaksOf({ ...allow, action }, request)).toBe(speaks);
  });
});

describe('a condition', () => {
  const answering = (effect: 'allow' | 'deny', answer: unknown) => {
    class Policy extends AccessPolicy {
      override readonly statements: readonly AccessStatement[] = [
        ...(effect === 'deny' ? [allow] : []),
        { ...allow, effect, condition: () => answer as boolean },
      ];
    }
    return new Policy().hasPermission(requestOf(USER));
  };

  it.each([
    [true, true, false],
    [false, false, true],
    [undefined, false, false],
    [null, false, false],
    [1, false, false],
    [0, false, false],
    ['', false, false],
  ])('that answers %j: allows %s, and where it denies leaves it allowed: %s', async (answer, allows, leaves) => {
    expect([await answering('allow', answer), await answering('deny', answer)]).toEqual([allows, leaves]);
    expect([await answering('allow', Promise.resolve(answer)), await answering('deny', Promise.resolve(answer))]).toEqual([allows, leaves]);
  });
});
