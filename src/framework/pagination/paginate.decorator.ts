import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { PaginationClass } from './pagination.js';
import { PAGINATE, PaginationInterceptor } from './pagination.interceptor.js';

/**
 * Pages the lists that a hand-written controller, or one handler of it, returns as a `ListSource`.
 *
 * @example
 * @Get()
 * @Paginate(PageNumberPagination.with({ pageSize: 20 }))
 * async list() {
 *   return arraySource(await this.remote.all());
 * }
 * @throws ConfigurationError where the paginator has no page size of its own: such a controller has no settings to take one from.
 */
export function Paginate(pagination: PaginationClass): ClassDecorator & MethodDecorator {
  const paginator = new pagination();
  paginator.assertUsable({ pageSize: null });
  return applyDecorators(SetMetadata(PAGINATE, paginator), UseInterceptors(PaginationInterceptor));
}
