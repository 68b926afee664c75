/** An address that is to be asked for under another one. */
export class Redirect extends Error {
  constructor(
    readonly status: 301 | 302 | 303 | 307 | 308,
    readonly location: string,
  ) {
    super(location);
  }
}
