import { ValidationError } from '../../exceptions/exceptions.js';
import type { FieldContext } from '../../fields/field.js';
import { pythonType } from '../../fields/text/python.js';
import { PrimaryKeyRelatedField } from '../../relations/primary-key-related-field.js';
import type { InputBatch } from './input-batch.js';
import { namedKey } from './named-key.js';
import type { NestedField } from '../nested-field.js';
import type { NestedWrite } from '../writes/nested-write.js';
import type { Parsed } from './parsed.js';
import { RelationReader } from './relation-reader.js';

/** An object that names a row by its key: what else it holds, such as what the client was shown of the row, is not read. */
export class ConnectedRow implements Parsed {
  #key: unknown;
  #error: ValidationError | undefined;

  /** @throws ValidationError for what names no row. */
  constructor({ model, keys, child }: NestedWrite, field: NestedField, item: unknown, context: FieldContext, batch: InputBatch) {
    const { wire } = keys[0]!;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw new ValidationError({ [child.environment.settings.nonFieldErrorsKey]: [field.error('invalid', { datatype: pythonType(item) })] });
    }
    const value = namedKey(item, wire);
    const relation = new PrimaryKeyRelatedField({ model, ...(field.options.queryset && { queryset: field.options.queryset }) });
    const reader = new RelationReader(relation, null, wire);
    const refusing = <T>(run: () => T): T => {
      try {
        return run();
      } catch (error) {
        throw error instanceof ValidationError ? new ValidationError({ [wire]: error.detail }) : error;
      }
    };
    const question = refusing(() => (value === undefined ? field.fail('required') : reader.ask(value, context, (key) => (this.#key = key))));
    if (!question) return;
    batch.ask({
      lookup: question.lookup,
      owner: this,
      settle: (answer) => {
        try {
          refusing(() => question.settle(answer));
        } catch (error) {
          if (!(error instanceof ValidationError)) throw error;
          this.#error = error;
        }
      },
    });
  }

  finish(): unknown {
    if (this.#error) throw this.#error;
    return this.#key;
  }
}
