import { Inject } from '@nestjs/common';
import { AllowAny } from '../permissions/allow-any.js';
import { CurrentRequest } from '../requests/current-request.decorator.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Response } from '../responses/response.js';
import { APIView } from '../viewsets/api-view.js';
import { View } from '../viewsets/view.decorator.js';
import { ObtainToken } from './obtain-token.js';

/** `POST token/` answers a new token for a username and a password (AUTH-5): a ready controller. For another address, extend it with a `@View` of its own. */
@View('token', { name: 'Obtain Auth Token', permissions: [AllowAny], authentication: [], routeName: 'token' })
export class ObtainAuthTokenView extends APIView {
  @Inject(ObtainToken) protected readonly obtainToken!: ObtainToken;

  async post(@CurrentRequest() request: RestRequest): Promise<Response> {
    return new Response(await this.obtainToken.post(request, await request.data()), { headers: { 'Cache-Control': 'no-store' } });
  }
}
