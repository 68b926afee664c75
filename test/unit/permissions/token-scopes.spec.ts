import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { PermissionDenied } from '../../../src/framework/exceptions/exceptions.js';
import { IsAuthenticatedOrTokenHasScope } from '../../../src/framework/permissions/is-authenticated-or-token-has-scope.js';
import type { Permission, PermissionClass } from '../../../src/framework/permissions/permission.js';
import { TokenHasReadWriteScope } from '../../../src/framework/permissions/token-has-read-write-scope.js';
import { TokenHasResourceScope } from '../../../src/framework/permissions/token-has-resource-scope.js';
import { scopesOf, TokenHasScope } from '../../../src/framework/permissions/token-has-scope.js';
import { requestOf, USER } from './requests.js';

describe('scopesOf', () => {
  it.each<[string, unknown, readonly string[] | undefined]>([
    ['a list', { scopes: ['read', 'books'] }, ['read', 'books']],
    ['words', { scope: 'read  books' }, ['read', 'books']],
    ['no words', { scope: '' }, []],
    ['an empty list', { scopes: [] }, []],
    ['a list with something else in it', { scopes: ['read', 1, null] }, ['read']],
    ['neither', { id: 1 }, undefined],
    ['something else', { scope: 7 }, undefined],
    ['nothing', null, undefined],
    ['a text', 'read', undefined],
  ])('of %s', (_what, auth, expected) => expect(scopesOf(auth) && [...scopesOf(auth)!]).toEqual(expected));
});

const request = (method: string, auth: unknown, user: typeof USER | null = USER) => Object.assign(requestOf(user, method), { auth });

type Case = [method: string, auth: unknown, allowed: boolean, needed?: string];

describe.each<[string, PermissionClass, Case[]]>([
  [
    'TokenHasScope.of("read", "books")',
    TokenHasScope.of('read', 'books'),
    [
      ['GET', { scope: 'books read more' }, true],
      ['DELETE', { scope: 'books read' }, true],
      ['GET', { scope: 'read' }, false, 'read books'],
      ['GET', { scope: 'reads books' }, false, 'read books'],
      ['GET', { scopes: [] }, false, 'read books'],
      ['GET', null, false],
    ],
  ],
  [
    'TokenHasReadWriteScope',
    TokenHasReadWriteScope,
    [
      ['GET', { scope: 'read' }, true],
      ['OPTIONS', { scope: 'read' }, true],
      ['POST', { scope: 'read' }, false, 'write'],
      ['POST', { scope: 'write' }, true],
      ['HEAD', { scope: 'write' }, false, 'read'],
    ],
  ],
  [
    'TokenHasReadWriteScope.of("books")',
    TokenHasReadWriteScope.of('books'),
    [
      ['GET', { scope: 'read books' }, true],
      ['PUT', { scope: 'write' }, false, 'books write'],
    ],
  ],
  [
    'TokenHasResourceScope.of("books")',
    TokenHasResourceScope.of('books'),
    [
      ['GET', { scope: 'books:read' }, true],
      ['PATCH', { scope: 'books:read' }, false, 'books:write'],
      ['PATCH', { scope: 'books:write' }, true],
      ['GET', { scope: 'books' }, false, 'books:read'],
      ['GET', { scope: 'authors:read' }, false, 'books:read'],
    ],
  ],
  [
    'IsAuthenticatedOrTokenHasScope.of("books")',
    IsAuthenticatedOrTokenHasScope.of('books'),
    [
      ['GET', null, true],
      ['GET', { id: 1 }, true],
      ['GET', { scope: 'books' }, true],
      ['GET', { scope: 'read' }, false, 'books'],
    ],
  ],
])('%s', (_name, permission, cases) => {
  it.each<Case>(cases)('%s with %j: %s', (method, auth, allowed, needed) => {
    const made = new permission() as Permission;
    const asked = request(method, auth);
    expect(made.hasPermission(asked)).toBe(allowed);
    if (allowed) return;
    const denial = made.denial(asked) as PermissionDenied | undefined;
    if (needed === undefined) expect(denial).toBeUndefined();
    else {
      expect(denial).toBeInstanceOf(PermissionDenied);
      expect(denial!.headers).toEqual({ 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${needed}"` });
    }
  });

  it('lets nobody pass who is not signed in', () => expect(new permission().hasPermission(request('GET', null, null))).toBe(false));
});

describe('a permission by scopes', () => {
  const view = { owner: 'BooksView', model: undefined, actions: [], ignoresModelPermissions: false };

  it('is refused at boot without any', () => {
    expect(() => new TokenHasScope().assertUsable(view)).toThrow(
      "BooksView: TokenHasScope names no scopes, so any token would do. Use TokenHasScope.of('read').",
    );
    expect(() => new TokenHasResourceScope().assertUsable(view)).toThrow('BooksView: TokenHasResourceScope names no resource');
    expect(() => new TokenHasReadWriteScope().assertUsable(view)).not.toThrow();
    expect(() => new (TokenHasScope.of('read') as new () => TokenHasScope)().assertUsable(view)).not.toThrow();
  });

  it.each([[[]], [['']], [['a b']], [['"']], [['a\r\nX-Header: 1']], [['\\']]])('takes no %j for scopes', (scopes) =>
    expect(() => TokenHasScope.of(...scopes)).toThrow(ConfigurationError),
  );

  it('is called by its scopes', () => expect(TokenHasScope.of('read', 'books').name).toBe('TokenHasScope.of(read, books)'));
});
