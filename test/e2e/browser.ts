import type { InjectOptions, Response } from 'light-my-request';
import { parseSetCookie, type SetCookie } from 'cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Keeps cookies from one request to the next, as browsers do, and shows the CSRF token as their scripts do. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(private readonly app: NestFastifyApplication) {}

  get sessionId(): string | undefined {
    return this.cookies.get('sessionid');
  }

  async send(
    method: InjectOptions['method'],
    url: string,
    options: { json?: unknown; payload?: string; headers?: Record<string, string>; csrf?: boolean } = {},
  ): Promise<Response> {
    const { json, payload, headers = {}, csrf = true } = options;
    const token = this.cookies.get('csrftoken');
    const answer = (await this.app.inject({
      method,
      url,
      headers: {
        ...(this.cookies.size > 0 && { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(csrf && token !== undefined && { 'x-csrftoken': token }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined ? { payload: JSON.stringify(json) } : payload !== undefined ? { payload } : {}),
    } as InjectOptions)) as unknown as Response;
    for (const { name, value, maxAge } of setCookies(answer)) {
      if (maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value ?? '');
    }
    return answer;
  }

  /** Gets the CSRF cookie and signs in. */
  async login(username: string, password: string): Promise<Response> {
    await this.send('GET', '/login/');
    return this.send('POST', '/login/', { json: { username, password } });
  }
}

/** The cookies that an answer sets. */
export function setCookies({ headers }: Response): SetCookie[] {
  return [headers['set-cookie'] ?? []].flat().map((text) => parseSetCookie(String(text)));
}
