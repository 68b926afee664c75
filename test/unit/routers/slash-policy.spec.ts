import { describe, expect, it } from 'vitest';
import { NotFound } from '../../../src/framework/exceptions/exceptions.js';
import { Redirect } from '../../../src/framework/routers/redirect.js';
import { checkSlash } from '../../../src/framework/routers/slash-policy.js';

describe('an address without its last slash', () => {
  it.each<[string, string, 301 | 308, string]>([
    ['GET', '/books', 301, '/books/'],
    ['HEAD', '/books', 301, '/books/'],
    ['GET', '/books?page=2&a=b/', 301, '/books/?page=2&a=b/'],
    ['GET', '/books?', 301, '/books/?'],
    ['POST', '/books', 308, '/books/'],
    ['PUT', '/books/1', 308, '/books/1/'],
    ['PATCH', '/books/1', 308, '/books/1/'],
    ['DELETE', '/books/1', 308, '/books/1/'],
    ['OPTIONS', '/books', 308, '/books/'],
    ['GET', '//evil.example', 301, '/evil.example/'],
    ['GET', '/\\evil.example', 301, '/evil.example/'],
    ['GET', '\\\\evil.example', 301, '/evil.example/'],
    ['GET', '//evil.example/%2f..?x', 301, '/evil.example/%2f../?x'],
  ])('%s %s is sent on with %i to %s (ROUT-9)', (method, url, status, location) => {
    const error = thrownBy(() => checkSlash(url, method, 'redirect'));
    expect(error).toBeInstanceOf(Redirect);
    expect(error).toMatchObject({ status, location });
  });

  it('is a 404 where the policy is strict', () => {
    expect(thrownBy(() => checkSlash('/books', 'GET', 'strict'))).toBeInstanceOf(NotFound);
  });

  it('is answered where the policy ignores it', () => {
    expect(thrownBy(() => checkSlash('/books', 'GET', 'ignore'))).toBeUndefined();
  });
});

describe('an address with its last slash', () => {
  it.each(['redirect', 'strict', 'ignore'] as const)('is answered under the policy %s, whatever its query ends in', (policy) => {
    expect(thrownBy(() => checkSlash('/books/?q=x', 'GET', policy))).toBeUndefined();
    expect(thrownBy(() => checkSlash('/books/', 'POST', policy))).toBeUndefined();
  });
});

function thrownBy(act: () => void): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}
