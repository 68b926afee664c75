import { APIException } from '../../exceptions/api-exception.js';
import { ConfigurationError } from '../../exceptions/configuration-error.js';
import { BadGateway, ServiceUnavailable } from '../../exceptions/exceptions.js';

const AWAY = /^(?:ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|UND_ERR_(?:CONNECT|HEADERS|BODY|SOCKET))/;

/** What a client is told of an error on the way to a service: 503 where the service is away or too slow, 502 where its answer makes no sense. */
export function remoteFailure(error: unknown): Error {
  if (error instanceof APIException || error instanceof ConfigurationError) return error;
  const away = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError' || AWAY.test(codeOf(error)));
  const failure = away ? new ServiceUnavailable(1) : new BadGateway();
  failure.cause = error;
  return failure;
}

/** `fetch` hides the socket's error in the cause of its own. */
function codeOf(error: Error): string {
  const code = (error as { code?: unknown }).code ?? (error.cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
