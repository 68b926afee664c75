import { Inject } from '@nestjs/common';
import { AllowAny } from '../permissions/allow-any.js';
import { Response } from '../responses/response.js';
import { Data, DataHandle } from '../viewsets/data.decorator.js';
import { GenericViewSet } from '../viewsets/generic-viewset.js';
import { View } from '../viewsets/view.decorator.js';
import { AuthTokenSerializer, type Login } from './login.serializer.js';
import { Tokens } from './tokens.js';

/** `POST token/` answers a new token for a username and a password (AUTH-5): a ready controller. For another address, extend it with a `@View` of its own. */
@View('token', { name: 'Obtain Auth Token', serializer: AuthTokenSerializer, permissions: [AllowAny], authentication: [], routeName: 'token' })
export class ObtainAuthTokenView extends GenericViewSet {
  @Inject(Tokens) protected readonly tokens!: Tokens;

  async post(@Data() data: DataHandle<typeof AuthTokenSerializer>): Promise<Response> {
    const { user } = (await data.validated()) as Login;
    return new Response({ token: await this.tokens.create(user) }, { headers: { 'Cache-Control': 'no-store' } });
  }
}
