import { Inject } from '@nestjs/common';
import { Logins } from '../authentication/logins.js';
import { char } from '../fields/char-field.js';
import { AllowAny } from '../permissions/allow-any.js';
import { CurrentRequest } from '../requests/current-request.decorator.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Response } from '../responses/response.js';
import { Serializer } from '../serializers/serializer.js';
import { Data, DataHandle } from '../viewsets/data.decorator.js';
import { GenericViewSet } from '../viewsets/generic-viewset.js';
import { View } from '../viewsets/view.decorator.js';
import { InvalidToken } from './invalid-token.js';
import { JSONWebTokens } from './json-web-tokens.js';
import { JWTChallenge } from './jwt-authentication.js';

export class TokenObtainPairSerializer extends Serializer {
  username = char({ writeOnly: true });
  password = char({ writeOnly: true, trimWhitespace: false });
  refresh = char({ readOnly: true });
  access = char({ readOnly: true });
}

/** `POST token/` answers a pair for a username and a password (JWT-1): a ready controller. For another address, extend it with a `@View` of its own. */
@View('token', {
  name: 'Token Obtain Pair',
  serializer: TokenObtainPairSerializer,
  permissions: [AllowAny],
  authentication: [JWTChallenge],
  routeName: 'token_obtain_pair',
})
export class TokenObtainPairView extends GenericViewSet {
  @Inject(Logins) protected readonly logins!: Logins;
  @Inject(JSONWebTokens) protected readonly tokens!: JSONWebTokens;

  async post(@CurrentRequest() request: RestRequest, @Data() data: DataHandle<typeof TokenObtainPairSerializer>): Promise<Response> {
    const { username, password } = await data.validated();
    const user = await this.logins.signIn(request, username, password);
    if (!user) throw new InvalidToken('No active account found with the given credentials', 'no_active_account');
    return new Response(await this.tokens.issue(user), { headers: { 'Cache-Control': 'no-store' } });
  }
}
