/** An answer other than success, as both peers throw it: a status and the body that says why. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status}`);
  }
}

const challenge = { 'WWW-Authenticate': 'Token' };

export const notFound = () => new Refusal(404, { detail: 'Not found.' });
export const noBook = () => new Refusal(404, { detail: 'No Book matches the given query.' });
export const invalidPage = () => new Refusal(404, { detail: 'Invalid page.' });
export const notSignedIn = () => new Refusal(401, { detail: 'Authentication credentials were not provided.' }, challenge);
export const invalidToken = () => new Refusal(401, { detail: 'Invalid token.' }, challenge);
export const inactiveUser = () => new Refusal(401, { detail: 'User inactive or deleted.' }, challenge);
