import { ForbiddenException, NotFoundException } from '@nestjs/common';
import {
  APIException,
  APIView,
  AuthenticationFailed,
  CurrentRequest,
  MethodNotAllowed,
  NotAcceptable,
  NotAuthenticated,
  NotFound,
  ParseError,
  PermissionDenied,
  Throttled,
  UnsupportedMediaType,
  ValidationError,
  View,
  type RestRequest,
} from 'nest-rest-framework';

const ERRORS: Readonly<Record<string, () => Error>> = {
  'validation-string': () => new ValidationError('Something is off.'),
  'validation-list': () => new ValidationError(['One thing is off.', 'Another too.']),
  'validation-dict': () => new ValidationError({ name: ['Too short.'], tags: { 0: ['Unknown.'] } }),
  parse: () => new ParseError(),
  'authentication-failed': () => new AuthenticationFailed(),
  'not-authenticated': () => new NotAuthenticated(),
  'permission-denied': () => new PermissionDenied(),
  'permission-denied-detail': () => new PermissionDenied('Not on Sundays.'),
  'framework-permission-denied': () => new ForbiddenException(),
  'not-found': () => new NotFound(),
  'framework-not-found': () => new NotFoundException(),
  'method-not-allowed': () => new MethodNotAllowed('GET'),
  'not-acceptable': () => new NotAcceptable(),
  'unsupported-media-type': () => new UnsupportedMediaType('text/odd'),
  throttled: () => new Throttled(),
  'throttled-wait': () => new Throttled(17),
  'throttled-wait-one': () => new Throttled(1),
  server: () => new APIException(),
};

@View('errors/:name')
export class ErrorView extends APIView {
  get(@CurrentRequest() request: RestRequest): never {
    throw (ERRORS[request.params['name'] as string] ?? (() => new NotFound()))();
  }
}
