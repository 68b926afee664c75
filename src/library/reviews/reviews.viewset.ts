import {
  CreateModelMixin,
  CursorPagination,
  GenericViewSet,
  IsAuthenticatedOrReadOnly,
  ListModelMixin,
  ModelViewSet,
  ValidationError,
  ViewSet,
  type RestRequest,
} from 'nest-rest-framework';
import { models, type ReviewModel } from '../generated/models.js';
import { IsOwnerOrReadOnly } from '../owner.permission.js';
import { BookReviewSerializer, ReviewSerializer } from './reviews.serializers.js';

@ViewSet('reviews', {
  model: models.review,
  serializer: ReviewSerializer,
  permissions: [IsAuthenticatedOrReadOnly, IsOwnerOrReadOnly],
  pagination: CursorPagination.with({ pageSize: 5, ordering: ['-createdAt', '-id'] }),
  filters: ['book', 'rating'],
  orderingFields: ['id', 'createdAt', 'rating'],
})
export class ReviewViewSet extends ModelViewSet<ReviewModel> {}

@ViewSet('books/:book/reviews', {
  model: models.review,
  basename: 'book-review',
  parents: { book: models.book },
  serializer: BookReviewSerializer,
  permissions: [IsAuthenticatedOrReadOnly],
  filterBackends: [],
  ordering: ['id'],
})
export class BookReviewViewSet extends CreateModelMixin(ListModelMixin(GenericViewSet<ReviewModel>)) {
  override async performCreate(request: RestRequest, data: Record<string, unknown>) {
    const mine = await this.rows(request, { userId: request.user?.id ?? 0 });
    if (await mine.exists()) throw new ValidationError({ book: ['You have reviewed this book already.'] });
    return super.performCreate(request, data);
  }
}
