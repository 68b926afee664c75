import {
  BadRequestException,
  ForbiddenException,
  HttpException,
  ImATeapotException,
  InternalServerErrorException,
  NotFoundException,
  UnauthorizedException,
} from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { fromHttpException } from '../../../src/framework/exceptions/http-exception.js';

const raw = { headers: { 'content-type': 'text/csv' } } as never;
const fastify = (status: number, code: string) =>
  new HttpException('Fastify says', status, { cause: Object.assign(new Error('Fastify says'), { code }) });

describe('an error of Nest or Fastify', () => {
  it.each<[string, HttpException, number, unknown]>([
    ['no route', new NotFoundException('Cannot GET /nowhere'), 404, { detail: 'Not found.' }],
    ['an address that cannot be decoded', fastify(400, 'FST_ERR_BAD_URL'), 404, { detail: 'Not found.' }],
    ['a long address', fastify(414, 'FST_ERR_MAX_PARAM_LENGTH'), 414, { detail: 'The address is too long.' }],
    ['a body past the limit', fastify(413, 'FST_ERR_CTP_BODY_TOO_LARGE'), 413, { detail: 'Request body is too large.' }],
    ['a type that nothing parses', fastify(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE'), 415, { detail: 'Unsupported media type "text/csv" in request.' }],
    ['a body that is no JSON', fastify(400, 'FST_ERR_CTP_INVALID_JSON_BODY'), 400, { detail: 'Malformed request.' }],
    ['a bare 401', new UnauthorizedException(), 401, { detail: 'Authentication credentials were not provided.' }],
    ['a bare 403', new ForbiddenException(), 403, { detail: 'You do not have permission to perform this action.' }],
    ['a 403 with a text', new ForbiddenException('Not before noon.'), 403, { detail: 'Not before noon.' }],
    ['a bare 404', new NotFoundException(), 404, { detail: 'Not found.' }],
    ['a 404 with a text', new NotFoundException('No such book.'), 404, { detail: 'No such book.' }],
    ["the validation pipe's list", new BadRequestException(['title must be a string']), 400, ['title must be a string']],
    ['a 400 with a text', new BadRequestException('Odd.'), 400, { detail: 'Odd.' }],
    ['a status that DRF has no class of', new ImATeapotException('Short and stout.'), 418, { detail: 'Short and stout.' }],
    ['a body that is a text', new HttpException('Plain.', 422), 422, { detail: 'Plain.' }],
    ['a body with a detail', new HttpException({ detail: 'Said so.' }, 422), 422, { detail: 'Said so.' }],
    ['a body without a message', new HttpException({ message: null } as never, 422), 422, { detail: expect.any(String) }],
    ['a 500, whose words stay inside', new InternalServerErrorException('password is hunter2'), 500, { detail: 'A server error occurred.' }],
  ])('%s is answered in words of DRF', (_what, error, status, body) => {
    const exception = fromHttpException(error, raw);
    expect([exception.status, exception.body()]).toEqual([status, body]);
  });
});
