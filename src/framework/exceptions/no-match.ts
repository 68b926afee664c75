import { Message } from '../messages/message.js';
import { errorDetail } from './error-detail.js';
import { NotFound } from './exceptions.js';

/** The 404 for a row that is not there, or not for this client, in Django's words (EXC-12). */
export const noMatch = (model: { readonly name: string }): NotFound =>
  new NotFound(errorDetail('No {model} matches the given query.', 'not_found', { model: new Message(model.name) }));
