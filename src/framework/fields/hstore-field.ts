import { ConfigurationError } from '../exceptions/configuration-error.js';
import { CharField } from './char-field.js';
import { DictField, type DictOptions } from './dict-field.js';
import type { FieldOf } from './field.js';

/**
 * Texts by name, each of which may be blank or null (FLD-24): PostgreSQL's hstore.
 * @throws ConfigurationError for a child that is no field of texts.
 */
export class HStoreField extends DictField {
  constructor(options: DictOptions = {}) {
    const { child = new CharField({ allowBlank: true, allowNull: true }) } = options;
    if (!(child instanceof CharField))
      throw new ConfigurationError(`HStoreField: the child is a ${child.constructor.name}; hstore holds texts, use a CharField.`);
    super({ ...options, child });
  }
}

type Texts = Record<string, string | null>;

/**
 * @example
 * labels = hstore();
 */
export function hstore<const O extends DictOptions = {}>(options?: O): FieldOf<Readonly<Texts>, Texts, O> {
  return new HStoreField(options) as never;
}
