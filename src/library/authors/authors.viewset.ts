import { Conflict, IsAuthenticatedOrReadOnly, LimitOffsetPagination, ModelViewSet, ViewSet, type RestRequest } from 'nest-rest-framework';
import { models, type Author, type AuthorModel } from '../generated/models.js';
import { AuthorSerializer } from './authors.serializers.js';

@ViewSet('authors', {
  model: models.author,
  serializer: AuthorSerializer,
  description: 'People who write books.',
  permissions: [IsAuthenticatedOrReadOnly],
  pagination: LimitOffsetPagination.with({ defaultLimit: 5, maxLimit: 20 }),
  filters: ['name', 'email'],
  searchFields: ['name', 'bio'],
  orderingFields: ['id', 'name', 'born', 'bookCount'],
})
export class AuthorViewSet extends ModelViewSet<AuthorModel> {
  override async performDestroy(request: RestRequest, author: Author) {
    if (await this.database.objects(models.book).filter({ authorId: author.id }).exists()) throw new Conflict('This author still has books.');
    await super.performDestroy(request, author);
  }
}
