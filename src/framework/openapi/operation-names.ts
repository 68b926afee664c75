import type { RegisteredRoute } from '../viewsets/registered-views.js';
import { isBulkAction } from '../viewsets/standard-actions.js';
import { isStandard } from './exchange.js';

const VIEW_VERBS: Readonly<Record<string, string>> = { GET: 'retrieve', POST: 'create', PUT: 'update', PATCH: 'partialUpdate', DELETE: 'destroy' };
const SUMMARIES: Readonly<Record<string, string>> = {
  list: 'List',
  create: 'Create',
  retrieve: 'Retrieve',
  update: 'Update',
  partialUpdate: 'Partially update',
  destroy: 'Delete',
  bulkUpdate: 'Update',
  partialBulkUpdate: 'Partially update',
  bulkDestroy: 'Delete',
};
const isOfMany = (action: string) => action === 'list' || isBulkAction(action);

/** Gives operations names that no other has: `listBooks`, `createBook`, `borrowBook`, `retrieveMe` (SCH-2). */
export class OperationNames {
  readonly #used: Set<string>;

  constructor(used: Iterable<string> = []) {
    this.#used = new Set(used);
  }

  idOf(registered: RegisteredRoute): string {
    const { metadata, method, route } = registered;
    const verb = metadata.kind === 'view' ? (VIEW_VERBS[method] as string) : route.property;
    const id = verb + (isStandard(registered) && isOfMany(route.property) ? pluralNoun(registered) : noun(registered));
    const suffix = method.charAt(0) + method.slice(1).toLowerCase();
    return this.#claim(id, id + suffix);
  }

  #claim(...wanted: readonly string[]): string {
    let id = wanted.find((name) => !this.#used.has(name));
    for (let number = 2; id === undefined; number++) if (!this.#used.has(`${wanted[0]}${number}`)) id = `${wanted[0]}${number}`;
    this.#used.add(id);
    return id;
  }
}

/** What an operation is about, as a name: the basename that the viewset was given, the model, the class. */
function noun({ handler, metadata: { kind, options } }: RegisteredRoute): string {
  if (kind === 'viewset' && options.basename) return pascal(options.basename);
  if (kind === 'viewset' && options.model) return options.model.name;
  return handler.view.constructor.name.replace(/(?<=.)View(?:Set)?$/, '');
}

function pluralNoun(registered: RegisteredRoute): string {
  const { model, basename } = registered.metadata.options;
  return model && !basename ? pascal(model.verboseNamePlural) : plural(noun(registered));
}

/** What an operation does, in a few words: the name that the action was given, else its verb with the model's, else the view's name. */
export function summaryOf(registered: RegisteredRoute): string {
  const { handler, metadata, route } = registered;
  const verb = SUMMARIES[route.property];
  const { model } = metadata.options;
  if (!isStandard(registered) || !verb || !model || route.policies.name) return handler.name;
  return `${verb} ${isOfMany(route.property) ? model.verboseNamePlural : model.verboseName}`;
}

/** The first part of the view's address below its module's. */
export function tagOf({ metadata, url }: RegisteredRoute): string | undefined {
  const first = (path: string) => path.split('/').find((part) => part !== '' && !part.startsWith(':'));
  return first(metadata.prefix) ?? first(url);
}

const pascal = (text: string) =>
  text
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function plural(text: string): string {
  if (/[^aeiou]y$/i.test(text)) return `${text.slice(0, -1)}ies`;
  return text + (/(?:s|x|z|ch|sh)$/i.test(text) ? 'es' : 's');
}
