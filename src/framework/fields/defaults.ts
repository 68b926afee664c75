import type { FieldContext } from './field.js';

/** The key of the signed-in user, as a default; undefined where nobody is: DRF's CurrentUserDefault. */
export const currentUser =
  () =>
  ({ request }: FieldContext): any =>
    request?.user?.id;

/**
 * A default for new rows alone: a change that does not say the field leaves it as it is, a PUT too. DRF's CreateOnlyDefault.
 *
 * @example
 * owner = hidden({ default: createOnlyDefault(currentUser()) });
 */
export const createOnlyDefault =
  <T>(value: T | ((context: FieldContext) => T)) =>
  (context: FieldContext): T | undefined => {
    if (context.instance) return undefined;
    return typeof value === 'function' ? (value as (context: FieldContext) => T)(context) : value;
  };
