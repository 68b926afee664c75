import { Inject, UseGuards } from '@nestjs/common';
import { LoginSerializer, type Login } from '../authentication/login.serializer.js';
import { CsrfGuard } from '../csrf/csrf.guard.js';
import { CsrfProtection } from '../csrf/csrf-protection.js';
import { char } from '../fields/char-field.js';
import { Answers } from '../openapi/answers.decorator.js';
import { AllowAny } from '../permissions/allow-any.js';
import { CurrentRequest } from '../requests/current-request.decorator.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Response } from '../responses/response.js';
import { Serializer } from '../serializers/serializer.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import { Data, DataHandle } from '../viewsets/data.decorator.js';
import { GenericViewSet } from '../viewsets/generic-viewset.js';
import { View } from '../viewsets/view.decorator.js';
import { Sessions } from './sessions.js';

class DetailSerializer extends Serializer {
  detail = char({ readOnly: true });
}
class CsrfTokenSerializer extends Serializer {
  csrfToken = char({ readOnly: true });
}

/**
 * `POST login/` signs in with a username and a password, from JSON or a form; `GET login/` sets the CSRF cookie that it asks for. A ready controller; for
 * another address, extend it with a `@View` of its own. It sends nobody anywhere: no parameter names a page to go to.
 */
@View('login', { name: 'Login', serializer: LoginSerializer, permissions: [AllowAny], authentication: [], routeName: 'login' })
@UseGuards(CsrfGuard)
export class LoginView extends GenericViewSet {
  @Inject(Sessions) protected readonly sessions!: Sessions;
  @Inject(CsrfProtection) protected readonly csrf!: CsrfProtection;
  @Inject(RestSettingsHolder) protected readonly settingsHolder!: RestSettingsHolder;

  /** The token, for pages that cannot read the cookie. */
  @Answers(CsrfTokenSerializer)
  get(@CurrentRequest() request: RestRequest): Response {
    const token = this.csrf.getToken(request);
    return new Response({ [this.settingsHolder.settings.naming('csrfToken')]: token }, { headers: { 'Cache-Control': 'no-store' } });
  }

  @Answers(DetailSerializer)
  async post(@CurrentRequest() request: RestRequest, @Data() data: DataHandle<typeof LoginSerializer>): Promise<Response> {
    const { user } = (await data.validated()) as Login;
    await this.sessions.login(request, user);
    return new Response({ detail: request.translate('Successfully logged in.') }, { headers: { 'Cache-Control': 'no-store' } });
  }
}
