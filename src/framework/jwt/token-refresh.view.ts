import { Inject } from '@nestjs/common';
import { char } from '../fields/char-field.js';
import { AllowAny } from '../permissions/allow-any.js';
import { Response } from '../responses/response.js';
import { Serializer } from '../serializers/serializer.js';
import { Data, DataHandle } from '../viewsets/data.decorator.js';
import { GenericViewSet } from '../viewsets/generic-viewset.js';
import { View } from '../viewsets/view.decorator.js';
import { JSONWebTokens } from './json-web-tokens.js';
import { JWTChallenge } from './jwt-authentication.js';

export class TokenRefreshSerializer extends Serializer {
  refresh = char();
  access = char({ readOnly: true });
}

/** `POST token/refresh/` answers another pair for a refresh token, which is good once (JWT-1): a ready controller. */
@View('token/refresh', {
  name: 'Token Refresh',
  serializer: TokenRefreshSerializer,
  permissions: [AllowAny],
  authentication: [JWTChallenge],
  routeName: 'token_refresh',
})
export class TokenRefreshView extends GenericViewSet {
  @Inject(JSONWebTokens) protected readonly tokens!: JSONWebTokens;

  async post(@Data() data: DataHandle<typeof TokenRefreshSerializer>): Promise<Response> {
    const { refresh } = await data.validated();
    return new Response(await this.tokens.refresh(refresh), { headers: { 'Cache-Control': 'no-store' } });
  }
}
