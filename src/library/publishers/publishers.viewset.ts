import { HyperlinkedModelSerializer, IsAdminUser, ModelViewSet, or, ViewSet } from 'nest-rest-framework';
import { models, type PublisherModel } from '../generated/models.js';
import { ReadOnly } from '../owner.permission.js';

export class PublisherSerializer extends HyperlinkedModelSerializer(models.publisher, {
  fields: ['id', 'name', 'website', 'country', 'founded', 'books'],
  readOnly: ['books'],
}) {}

@ViewSet('publishers', { model: models.publisher, serializer: PublisherSerializer, permissions: [or(IsAdminUser, ReadOnly)], filters: ['country'] })
export class PublisherViewSet extends ModelViewSet<PublisherModel> {}
