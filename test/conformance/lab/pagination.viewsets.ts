import {
  CursorPagination,
  GenericViewSet,
  LimitOffsetPagination,
  ListModelMixin,
  ModelSerializer,
  PageNumberPagination,
  ViewSet,
  type Page,
  type ViewSetOptions,
} from 'nest-rest-framework';
import { models, type BookModel } from '#library/generated/models.js';

class BookRowSerializer extends ModelSerializer(models.book, { fields: ['id', 'title', 'price'] }) {}

class LinkedPagination extends PageNumberPagination {
  override readonly pageSize = 4;

  override getPaginatedResponse({ results, count, next, previous }: Page): object {
    return { links: { next, previous }, count, results };
  }
}

/** A list of books that differs from the others by its paginator alone. */
function paged(name: string, pagination: NonNullable<ViewSetOptions['pagination']> | null) {
  @ViewSet(`pagination/${name}`, {
    model: models.book,
    serializer: BookRowSerializer,
    basename: `paged-${name}`,
    pagination,
    filterBackends: [],
    ordering: ['id'],
  })
  class PagedViewSet extends ListModelMixin(GenericViewSet<BookModel>) {}
  return PagedViewSet;
}

export const PAGED_VIEWSETS = [
  paged(
    'page',
    PageNumberPagination.with({ pageSize: 4, pageQueryParam: 'p', pageSizeQueryParam: 'size', maxPageSize: 6, lastPageStrings: ['last', 'end'] }),
  ),
  paged('limit', LimitOffsetPagination.with({ defaultLimit: 4, maxLimit: 6, limitQueryParam: 'take', offsetQueryParam: 'skip' })),
  paged('cursor', CursorPagination.with({ pageSize: 4, ordering: ['id'], pageSizeQueryParam: 'size', maxPageSize: 6 })),
  paged('cursor-ties', CursorPagination.with({ pageSize: 4, ordering: ['language', 'id'] })),
  paged('linked', LinkedPagination),
  paged('none', null),
];
