import {
  AllowAny,
  and,
  APIView,
  IsAdminUser,
  IsAuthenticated,
  IsAuthenticatedOrReadOnly,
  not,
  or,
  View,
  type PermissionLike,
} from 'nest-rest-framework';
import { ReadOnly } from '#library/owner.permission.js';

/** A view that differs from the others by its permissions alone. */
function permitted(name: string, ...permissions: readonly PermissionLike[]) {
  @View(`permissions/${name}`, { permissions })
  class PermittedView extends APIView {
    get() {
      return { ping: 'pong' };
    }

    post() {
      return { ping: 'pong' };
    }
  }
  return PermittedView;
}

export const PERMITTED_VIEWS = [
  permitted('allow-any', AllowAny),
  permitted('is-authenticated', IsAuthenticated),
  permitted('is-admin', IsAdminUser),
  permitted('read-only-or-authenticated', IsAuthenticatedOrReadOnly),
  permitted('or', or(IsAdminUser, ReadOnly)),
  permitted('and', and(IsAuthenticated, ReadOnly)),
  permitted('not', not(IsAuthenticated)),
  permitted('all-of-two', IsAuthenticated, IsAdminUser),
];
