/** Data with a status and headers, where a handler answers more than data (RES-1). The negotiated renderer renders it. */
export class Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    /** Anything that the renderers take; undefined or null for an empty body. */
    readonly data?: unknown,
    options: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    this.status = options.status ?? 200;
    this.headers = options.headers ?? {};
  }
}
