import { APIView } from '../viewsets/api-view.js';
import { CurrentRequest } from '../requests/current-request.decorator.js';
import type { RestRequest } from '../requests/rest-request.js';
import { View } from '../viewsets/view.decorator.js';
import { Routes } from './routes.js';

/**
 * The root of an API (ROUT-3): links to the lists right under its address, in the order in which they were registered. Put it first among a module's
 * controllers; a second root extends it, with a `@View` of its own.
 */
@View('', { name: 'Api Root', description: 'The default basic root view for DefaultRouter', routeName: 'api-root' })
export class ApiRoot extends APIView {
  override readonly ignoresModelPermissions = true;

  constructor(private readonly routes: Routes) {
    super();
  }

  get(@CurrentRequest() request: RestRequest): Record<string, string> {
    const root = request.handler?.address.path ?? '/';
    const lists = this.routes.addresses.filter(({ path, routeName }) => routeName?.endsWith('-list') && path.startsWith(root) && !path.includes(':'));
    return Object.fromEntries(lists.map(({ path }) => [path.slice(root.length, -1), request.buildAbsoluteUri(path)]));
  }
}
