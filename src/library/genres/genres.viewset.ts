import { IsAuthenticatedOrReadOnly, ModelSerializer, ModelViewSet, ViewSet } from 'nest-rest-framework';
import { models, type GenreModel } from '../generated/models.js';

export class GenreSerializer extends ModelSerializer(models.genre, { fields: ['name', 'slug'] }) {}

@ViewSet('genres', {
  model: models.genre,
  serializer: GenreSerializer,
  permissions: [IsAuthenticatedOrReadOnly],
  pagination: null,
  lookupField: 'slug',
})
export class GenreViewSet extends ModelViewSet<GenreModel> {}
