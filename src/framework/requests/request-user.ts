/** What an application registers by declaration merging, such as its user's type. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface RestTypes {}

/** What the framework asks of a user; the application's own model has more. */
export interface BaseUser {
  readonly id: string | number | bigint;
  readonly isActive: boolean;
  readonly isStaff: boolean;
}

/**
 * The type of `request.user`. An application names its own:
 *
 * @example
 * declare module 'nest-rest-framework' {
 *   interface RestTypes { user: User }
 * }
 */
export type RequestUser = RestTypes extends { user: infer User } ? User & BaseUser : BaseUser;
