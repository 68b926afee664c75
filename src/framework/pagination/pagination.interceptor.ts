import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { RestRequest } from '../requests/rest-request.js';
import { isListSource } from '../sources/list-source.js';
import type { Pagination } from './pagination.js';

export const PAGINATE = 'rest:paginate';

/**
 * Completes the list that a handler returns: with the paginator of `@Paginate`, else the view's; as a whole where there is none.
 * Whatever is no list passes through.
 */
@Injectable()
export class PaginationInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const raw = context.switchToHttp().getRequest<FastifyRequest>();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        if (!isListSource(answer)) return answer;
        const request = RestRequest.of(raw);
        const paginator = declaredPaginator(context) ?? request.handler?.paginator ?? null;
        return paginator ? paginator.paginate(answer, request) : answer.slice(0);
      }),
    );
  }
}

function declaredPaginator(context: ExecutionContext): Pagination | undefined {
  return (Reflect.getMetadata(PAGINATE, context.getHandler()) ?? Reflect.getMetadata(PAGINATE, context.getClass())) as Pagination | undefined;
}
