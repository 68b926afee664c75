import type { RestRequest } from '../requests/rest-request.js';

/** Says what a view is: the body of an OPTIONS answer (META-4). One object serves every request. */
export abstract class Metadata {
  abstract determineMetadata(request: RestRequest): Promise<object> | object;
}

export type MetadataClass = new () => Metadata;
