import { Inject, Injectable } from '@nestjs/common';
import type { APIException } from '../exceptions/api-exception.js';
import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { char } from '../fields/char-field.js';
import type { FieldContext } from '../fields/field.js';
import type { RequestUser } from '../requests/request-user.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Serializer } from '../serializers/serializer.js';
import { Logins } from './logins.js';

/** What validation of a login gives: who it is. */
export interface Login {
  readonly username: string;
  readonly password: string;
  readonly user: RequestUser;
}

/**
 * A username, trimmed, and a password as it is, whose user is among the validated data: a login is validated by signing in. Every login that is refused has
 * the same error, which tells nothing of why.
 */
@Injectable()
export class LoginSerializer extends Serializer {
  username = char({ writeOnly: true });
  password = char({ writeOnly: true, trimWhitespace: false });

  constructor(@Inject(Logins) private readonly logins: Logins) {
    super();
  }

  /** @throws Throttled after too many wrong passwords. */
  override async validate(data: Omit<Login, 'user'>, { request }: FieldContext): Promise<Login> {
    const user = await this.logins.signIn(request as RestRequest, data.username, data.password);
    if (!user) throw this.refusal();
    return { ...data, user };
  }

  /** The error of every login that is refused. Override for another answer. */
  protected refusal(): APIException {
    return new ValidationError(errorDetail('Unable to log in with provided credentials.', 'authorization'));
  }
}

/** The same, and the token that is answered: DRF's `AuthTokenSerializer` (AUTH-5). */
@Injectable()
export class AuthTokenSerializer extends LoginSerializer {
  token = char({ readOnly: true });
}
