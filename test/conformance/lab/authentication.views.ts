import {
  APIView,
  BasicAuthentication,
  IsAuthenticated,
  SessionAuthentication,
  TokenAuthentication,
  View,
  type AuthenticationClass,
} from 'nest-rest-framework';

/** A view that differs from the others by its authentication alone. */
function authenticated(name: string, ...authentication: readonly AuthenticationClass[]) {
  @View(`authentication/${name}`, { authentication, permissions: [IsAuthenticated] })
  class AuthenticatedView extends APIView {
    get() {
      return { ping: 'pong' };
    }

    post() {
      return { ping: 'pong' };
    }
  }
  return AuthenticatedView;
}

export const AUTHENTICATED_VIEWS = [
  authenticated('none'),
  authenticated('basic', BasicAuthentication),
  authenticated('token', TokenAuthentication),
  authenticated('session', SessionAuthentication),
  authenticated('basic-then-token', BasicAuthentication, TokenAuthentication),
];
