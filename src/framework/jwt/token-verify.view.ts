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

export class TokenVerifySerializer extends Serializer {
  token = char({ writeOnly: true });
}

/** `POST token/verify/` answers `{}` for a token of either type that is good, and 401 for any other (JWT-1): a ready controller. */
@View('token/verify', {
  name: 'Token Verify',
  serializer: TokenVerifySerializer,
  permissions: [AllowAny],
  authentication: [JWTChallenge],
  routeName: 'token_verify',
})
export class TokenVerifyView extends GenericViewSet {
  @Inject(JSONWebTokens) protected readonly tokens!: JSONWebTokens;

  async post(@Data() data: DataHandle<typeof TokenVerifySerializer>): Promise<Response> {
    const { token } = await data.validated();
    await this.tokens.verify(token);
    return new Response({}, { headers: { 'Cache-Control': 'no-store' } });
  }
}
