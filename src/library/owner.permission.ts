import { Permission, type RestRequest } from 'nest-rest-framework';

export class ReadOnly extends Permission {
  override hasPermission(request: RestRequest) {
    return request.isSafe;
  }
}

export class IsOwnerOrReadOnly extends Permission {
  override readonly message = 'Only its owner may change this.';

  override hasObjectPermission(request: RestRequest, review: { userId: number }) {
    return request.isSafe || review.userId === request.user?.id;
  }
}
