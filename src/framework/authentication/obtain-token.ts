import { Inject, Injectable } from '@nestjs/common';
import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { AuthenticationSettings } from './authentication-settings.js';
import { readLogin } from './login.js';
import { Tokens } from './tokens.js';
import { Users } from './users.js';

/** A token in exchange for a username and a password: DRF's `obtain_auth_token` (AUTH-5). Give its view a throttle: it has none by itself. */
@Injectable()
export class ObtainToken {
  constructor(
    @Inject(Users) private readonly users: Users,
    @Inject(Tokens) private readonly tokens: Tokens,
    @Inject(AuthenticationSettings) private readonly settings: AuthenticationSettings,
  ) {}

  /**
   * `data` is `request.data`: `username` and `password`, from JSON or a form.
   * @throws ValidationError with messages by field, or the one that tells nothing of why nobody was let in.
   */
  async post(data: unknown): Promise<{ token: string }> {
    const { username, password } = readLogin(data, this.settings.nonFieldErrorsKey);
    const user = await this.users.verify(username, password);
    if (!user?.isActive) {
      throw new ValidationError({ [this.settings.nonFieldErrorsKey]: [errorDetail('Unable to log in with provided credentials.', 'authorization')] });
    }
    return { token: await this.tokens.create(user) };
  }
}
