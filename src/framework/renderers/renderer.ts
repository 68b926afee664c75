import type { RestRequest } from '../requests/rest-request.js';

/** Turns a response's data into bytes or text of one media type (REND-10). */
export abstract class Renderer {
  abstract readonly mediaType: string;
  /** The name in `?format=`, such as `json`. */
  abstract readonly format: string;
  /** Named in `Content-Type`; null for none, as JSON has none. */
  readonly charset: string | null = 'utf-8';
  /** `data` is what the handler returned, paginated and serialized; never undefined. */
  abstract render(data: unknown, context: RendererContext): string | Buffer;
}

export interface RendererContext {
  readonly request: RestRequest;
  readonly status: number;
  /** The accepted media type with the parameters that the client sent, such as `application/json; indent=4`. */
  readonly acceptedMediaType: string;
  /** The response's headers as far as they are known, for a renderer that shows them. */
  readonly headers?: Readonly<Record<string, string | number | readonly string[]>>;
}

export type RendererClass = new (...args: any[]) => Renderer;
