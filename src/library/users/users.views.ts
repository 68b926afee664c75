import {
  CurrentRequest,
  CurrentUser,
  GenericViewSet,
  IsAdminUser,
  IsAuthenticated,
  ModelSerializer,
  ReadOnlyModelViewSet,
  UpdateModelMixin,
  View,
  ViewSet,
  type RequestUser,
  type RestRequest,
} from 'nest-rest-framework';
import { models, type UserModel } from '../generated/models.js';

export class UserSerializer extends ModelSerializer(models.user, {
  fields: ['id', 'username', 'email', 'isStaff'],
  readOnly: ['username', 'isStaff'],
}) {}

@ViewSet('users', { model: models.user, serializer: UserSerializer, permissions: [IsAdminUser], ordering: ['id'] })
export class UserViewSet extends ReadOnlyModelViewSet<UserModel> {}

@View('me', { model: models.user, serializer: UserSerializer, description: 'The signed-in user.', permissions: [IsAuthenticated], routeName: 'me' })
export class MeView extends UpdateModelMixin(GenericViewSet<UserModel>) {
  override getObject({ user }: RestRequest) {
    return this.service.retrieve({ id: user?.id ?? 0 });
  }

  get(@CurrentUser() user: RequestUser) {
    return user;
  }

  patch(@CurrentRequest() request: RestRequest) {
    return this.partialUpdate(request);
  }
}
