import { inputNames, isDecorated } from '../pipes/decorated.js';
import { routeArguments } from '../pipes/route-arguments.js';
import type { Naming } from '../settings/naming.js';

/** The query parameters that a handler's own parameters read; null where one takes the whole query, whatever is in it. */
export function queryNames(view: object, handler: string, naming: Naming): readonly string[] | null {
  const names: string[] = [];
  for (const { type, name, of } of routeArguments(view.constructor as never, handler)) {
    if (type !== 'query') continue;
    if (name !== undefined) names.push(name);
    else if (typeof of === 'function' && isDecorated(of as never)) names.push(...inputNames(of as never, naming));
    else return null;
  }
  return names;
}
