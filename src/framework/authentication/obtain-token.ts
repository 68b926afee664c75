import { Inject, Injectable } from '@nestjs/common';
import type { RestRequest } from '../requests/rest-request.js';
import { AuthenticationSettings } from './authentication-settings.js';
import { readLogin, refusedLogin } from './login.js';
import { Logins } from './logins.js';
import { Tokens } from './tokens.js';

/** A token in exchange for a username and a password: DRF's `obtain_auth_token` (AUTH-5). */
@Injectable()
export class ObtainToken {
  constructor(
    @Inject(Logins) private readonly logins: Logins,
    @Inject(Tokens) private readonly tokens: Tokens,
    @Inject(AuthenticationSettings) private readonly settings: AuthenticationSettings,
  ) {}

  /**
   * `data` is `await request.data()`: `username` and `password`, from JSON or a form.
   * @throws ValidationError with messages by field, or the one that tells nothing of why nobody was let in; Throttled after too many wrong passwords.
   */
  async post(request: RestRequest, data: unknown): Promise<{ token: string }> {
    const { username, password } = readLogin(data, this.settings.nonFieldErrorsKey);
    const user = await this.logins.signIn(request, username, password);
    if (!user) throw refusedLogin(this.settings.nonFieldErrorsKey);
    return { token: await this.tokens.create(user) };
  }
}
