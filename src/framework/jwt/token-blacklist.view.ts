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

export class TokenBlacklistSerializer extends Serializer {
  refresh = char({ writeOnly: true });
}

/** `POST token/blacklist/` takes back a refresh token, and all that came of its login: signing out (JWT-1). A ready controller. */
@View('token/blacklist', {
  name: 'Token Blacklist',
  serializer: TokenBlacklistSerializer,
  permissions: [AllowAny],
  authentication: [JWTChallenge],
  routeName: 'token_blacklist',
})
export class TokenBlacklistView extends GenericViewSet {
  @Inject(JSONWebTokens) protected readonly tokens!: JSONWebTokens;

  async post(@Data() data: DataHandle<typeof TokenBlacklistSerializer>): Promise<Response> {
    const { refresh } = await data.validated();
    await this.tokens.revoke(refresh);
    return new Response({});
  }
}
