import { errorDetail, messagesOf, type Detail } from '../exceptions/error-detail.js';
import { AuthenticationFailed } from '../exceptions/exceptions.js';
import type { Translate } from '../messages/language.js';

/** A token that is taken for nothing: Simple JWT's `InvalidToken` (JWT-3). Its code is in the body. */
export class InvalidToken extends AuthenticationFailed {
  constructor(detail: Detail = errorDetail('Token is invalid or expired', 'token_not_valid'), code = 'token_not_valid') {
    super(detail, code);
  }

  override body(translate?: Translate): unknown {
    return { detail: messagesOf(this.detail, translate), code: this.code };
  }
}

/** An access token that is none: the body tells what was tried, as Simple JWT's does. */
export class InvalidAccessToken extends InvalidToken {
  constructor() {
    super(errorDetail('Given token not valid for any token type', 'token_not_valid'));
  }

  override body(translate?: Translate): unknown {
    const message = messagesOf(errorDetail('Token is invalid or expired', 'token_not_valid'), translate);
    return { ...(super.body(translate) as object), messages: [{ token_class: 'AccessToken', token_type: 'access', message }] };
  }
}
