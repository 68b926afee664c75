import { Inject, Injectable } from '@nestjs/common';
import { LoginSerializer, type Login } from '../authentication/login.serializer.js';
import { char } from '../fields/char-field.js';
import { AllowAny } from '../permissions/allow-any.js';
import { Response } from '../responses/response.js';
import { Data, DataHandle } from '../viewsets/data.decorator.js';
import { GenericViewSet } from '../viewsets/generic-viewset.js';
import { View } from '../viewsets/view.decorator.js';
import { InvalidToken } from './invalid-token.js';
import { JSONWebTokens } from './json-web-tokens.js';
import { JWTChallenge } from './jwt-authentication.js';

@Injectable()
export class TokenObtainPairSerializer extends LoginSerializer {
  refresh = char({ readOnly: true });
  access = char({ readOnly: true });

  protected override refusal(): InvalidToken {
    return new InvalidToken('No active account found with the given credentials', 'no_active_account');
  }
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
  @Inject(JSONWebTokens) protected readonly tokens!: JSONWebTokens;

  async post(@Data() data: DataHandle<typeof TokenObtainPairSerializer>): Promise<Response> {
    const { user } = (await data.validated()) as Login;
    return new Response(await this.tokens.issue(user), { headers: { 'Cache-Control': 'no-store' } });
  }
}
