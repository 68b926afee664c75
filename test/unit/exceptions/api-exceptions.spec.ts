import { describe, expect, it } from 'vitest';
import { APIException } from '../../../src/framework/exceptions/api-exception.js';
import { errorDetail, type Detail } from '../../../src/framework/exceptions/error-detail.js';
import {
  AuthenticationFailed,
  Conflict,
  MethodNotAllowed,
  NotAcceptable,
  NotAuthenticated,
  NotFound,
  ParseError,
  PayloadTooLarge,
  PermissionDenied,
  ServiceUnavailable,
  Throttled,
  UnsupportedMediaType,
  ValidationError,
} from '../../../src/framework/exceptions/exceptions.js';

describe('an API exception', () => {
  it.each<[APIException, number, string, unknown]>([
    [new APIException(), 500, 'error', { detail: 'A server error occurred.' }],
    [new ValidationError(), 400, 'invalid', ['Invalid input.']],
    [new ParseError(), 400, 'parse_error', { detail: 'Malformed request.' }],
    [new AuthenticationFailed(), 401, 'authentication_failed', { detail: 'Incorrect authentication credentials.' }],
    [new NotAuthenticated(), 401, 'not_authenticated', { detail: 'Authentication credentials were not provided.' }],
    [new PermissionDenied(), 403, 'permission_denied', { detail: 'You do not have permission to perform this action.' }],
    [new NotFound(), 404, 'not_found', { detail: 'Not found.' }],
    [new MethodNotAllowed('PATCH'), 405, 'method_not_allowed', { detail: 'Method "PATCH" not allowed.' }],
    [new NotAcceptable(), 406, 'not_acceptable', { detail: 'Could not satisfy the request Accept header.' }],
    [new Conflict(), 409, 'conflict', { detail: 'The request conflicts with the current state.' }],
    [new PayloadTooLarge(), 413, 'payload_too_large', { detail: 'Request body is too large.' }],
    [new UnsupportedMediaType('text/csv'), 415, 'unsupported_media_type', { detail: 'Unsupported media type "text/csv" in request.' }],
    [new Throttled(), 429, 'throttled', { detail: 'Request was throttled.' }],
    [new ServiceUnavailable(), 503, 'service_unavailable', { detail: 'The service is temporarily unavailable.' }],
  ])('%s has its status, code and body (EXC-1 to EXC-11)', (exception, status, code, body) => {
    expect([exception.status, exception.code, exception.body()]).toEqual([status, code, body]);
    expect(exception.name).toBe(exception.constructor.name);
  });

  it('takes a detail and a code of its own', () => {
    const exception = new PermissionDenied('Not before noon.', 'too_early');
    expect([exception.message, exception.code, exception.body(), exception.getCodes()]).toEqual([
      'Not before noon.',
      'too_early',
      { detail: 'Not before noon.' },
      'too_early',
    ]);
  });

  it('shows no code on the wire, and keeps those of details', () => {
    const detail: Detail = { title: [errorDetail('Too long.', 'max_length'), 'Odd.'], nested: { 0: errorDetail('Gone.', 'gone') } };
    const exception = new ValidationError(detail, 'custom');
    expect(exception.body()).toEqual({ title: ['Too long.', 'Odd.'], nested: { 0: 'Gone.' } });
    expect(exception.getCodes()).toEqual({ title: ['max_length', 'custom'], nested: { 0: 'gone' } });
  });

  it('keeps a field that is called like a property of objects', () => {
    const body = new ValidationError(JSON.parse('{"__proto__": ["No."], "constructor": ["Nor this."]}') as Detail).body() as object;
    expect(Object.keys(body)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
  });

  it('shows as text what is no detail at all', () => {
    expect(new ValidationError({ count: 3, gone: null } as never).body()).toEqual({ count: '3', gone: 'null' });
  });

  it.each([
    [undefined, 'Request was throttled.', undefined],
    [0, 'Request was throttled. Expected available in 0 seconds.', undefined],
    [0.2, 'Request was throttled. Expected available in 1 second.', 1],
    [1, 'Request was throttled. Expected available in 1 second.', 1],
    [1.5, 'Request was throttled. Expected available in 2 seconds.', 2],
    [59.001, 'Request was throttled. Expected available in 60 seconds.', 60],
  ])('says how long a throttled client of %s seconds waits (EXC-11)', (wait, text, retryAfter) => {
    const exception = new Throttled(wait);
    expect([exception.body(), exception.retryAfter]).toEqual([{ detail: text }, retryAfter]);
  });
});

describe('a validation error', () => {
  it.each<[Detail | undefined, unknown]>([
    [undefined, ['Invalid input.']],
    ['No.', ['No.']],
    [errorDetail('No.', 'no'), ['No.']],
    [
      ['No.', 'Never.'],
      ['No.', 'Never.'],
    ],
    [[], []],
    [{ title: ['No.'] }, { title: ['No.'] }],
    [{ title: 'No.' }, { title: 'No.' }],
    [
      [{ title: ['No.'] }, {}],
      [{ title: ['No.'] }, {}],
    ],
  ])('of %j is a list or a record, never a text alone (EXC-2)', (detail, body) => {
    expect(new ValidationError(detail).body()).toEqual(body);
  });
});
