import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { Message } from '../messages/message.js';
import type { Model } from '../models/model.js';

/** The message of a unique column, in which a foreign key is called by its relation (VAL-1). */
export function uniqueMessage(model: Model, name: string): Detail {
  const column = model.fields[name];
  const said = column?.foreignKeyOf ? model.relations[column.foreignKeyOf] : column;
  const label = said?.annotations.label ?? (said?.name ?? name).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const params = { model_name: new Message(model.verboseName), field_label: new Message(label) };
  return errorDetail('{model_name} with this {field_label} already exists.', 'unique', params);
}

/** The message of a set of fields, by their names on the wire (VAL-2). */
export const uniqueSetMessage = (names: readonly string[], template = 'The fields {field_names} must make a unique set.', code = 'unique'): Detail =>
  errorDetail(template, code, { field_names: names.join(', ') });
