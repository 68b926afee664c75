import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Refusal } from '../refusal.js';

@Catch(Refusal)
export class RefusalFilter implements ExceptionFilter<Refusal> {
  catch({ status, body, headers }: Refusal, host: ArgumentsHost) {
    void host.switchToHttp().getResponse<FastifyReply>().code(status).headers(headers).send(body);
  }
}
