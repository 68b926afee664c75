import { BadGateway, ServiceUnavailable } from '../../exceptions/exceptions.js';
import { remoteFailure } from './remote-failure.js';

export interface FetchOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly signal?: AbortSignal;
  /** The most bytes that are read of the answer. Default: 10 MB. */
  readonly maxBytes?: number;
}

/**
 * The JSON that a service answers; undefined for a 404. Redirects are not followed. Without a signal it takes 5 seconds at most.
 * @throws ServiceUnavailable where the service is away, too slow, or answers 429 or 503; BadGateway for any other answer that is none.
 */
export async function fetchJson(url: string | URL, { method, headers, json, signal, maxBytes = 10_000_000 }: FetchOptions = {}): Promise<unknown> {
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: signal ?? AbortSignal.timeout(5_000),
      headers: { accept: 'application/json', ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(method && { method }),
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    if (!response.ok) {
      await response.body?.cancel();
      if (response.status === 404) return undefined;
      if (response.status === 429 || response.status === 503) throw new ServiceUnavailable(1);
      throw new Error(`The service answered ${response.status}.`);
    }
    const text = await limitedText(response, maxBytes);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch (error) {
    throw remoteFailure(error);
  }
}

async function limitedText({ body }: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw new BadGateway();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
