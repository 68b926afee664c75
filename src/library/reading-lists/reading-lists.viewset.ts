import { IsAuthenticated, ModelSerializer, ModelViewSet, nested, stringRelated, ViewSet, type RestRequest, type Where } from 'nest-rest-framework';
import { models, type ReadingListModel } from '../generated/models.js';

export class ReadingListItemSerializer extends ModelSerializer(models.readingListItem, { fields: ['book', 'position', 'note'] }) {}

export class ReadingListSerializer extends ModelSerializer(models.readingList, { fields: ['id', 'name'] }) {
  owner = stringRelated();
  items = nested(() => ReadingListItemSerializer, { many: true, write: 'replace' });
}

@ViewSet('reading-lists', { model: models.readingList, serializer: ReadingListSerializer, permissions: [IsAuthenticated] })
export class ReadingListViewSet extends ModelViewSet<ReadingListModel> {
  override getQueryset({ user }: RestRequest): Where<ReadingListModel> {
    return { ownerId: user?.id ?? 0 };
  }

  override performCreate(request: RestRequest, data: Record<string, unknown>) {
    return super.performCreate(request, data, { owner: request.user?.id });
  }
}
