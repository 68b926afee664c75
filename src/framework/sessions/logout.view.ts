import { Inject, UseGuards } from '@nestjs/common';
import { CsrfGuard } from '../csrf/csrf.guard.js';
import { AllowAny } from '../permissions/allow-any.js';
import { CurrentRequest } from '../requests/current-request.decorator.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Response } from '../responses/response.js';
import { APIView } from '../viewsets/api-view.js';
import { View } from '../viewsets/view.decorator.js';
import { Sessions } from './sessions.js';

/** `POST logout/` ends the browser's session, whoever is signed in: a ready controller. For another address, extend it with a `@View` of its own. */
@View('logout', { name: 'Logout', permissions: [AllowAny], authentication: [], routeName: 'logout' })
@UseGuards(CsrfGuard)
export class LogoutView extends APIView {
  @Inject(Sessions) protected readonly sessions!: Sessions;

  async post(@CurrentRequest() request: RestRequest): Promise<Response> {
    await this.sessions.logout(request);
    return new Response({ detail: request.translate('Successfully logged out.') }, { headers: { 'Cache-Control': 'no-store' } });
  }
}
