import type { FormValues } from '../requests/form-values.js';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';

const TRUE: ReadonlySet<unknown> = new Set([true, 1, '1', 'true', 't', 'yes', 'y', 'on']);
const FALSE: ReadonlySet<unknown> = new Set([false, 0, '0', 'false', 'f', 'no', 'n', 'off']);
const NULL: ReadonlySet<unknown> = new Set(['null', '']);

/** True or false, by DRF's words for them in any case; `"null"` and an empty text are null where that is allowed (FLD-1). */
export class BooleanField<Out = boolean, In = boolean, Optional extends boolean = boolean> extends Field<Out, In, Optional> {
  constructor(options: FieldOptions = {}) {
    super(options, { invalid: 'Must be a valid boolean.' });
  }

  override toInternalValue(value: unknown): In {
    const word = typeof value === 'string' ? value.toLowerCase() : value;
    if (TRUE.has(word)) return true as In;
    if (FALSE.has(word)) return false as In;
    if (this.options.allowNull && NULL.has(word)) return null as In;
    this.fail('invalid');
  }

  /** A checkbox that is not ticked is absent: false, or null where that is allowed, but not on a partial update (PARS-7). */
  override getFormValue(form: FormValues, name: string, partial: boolean): unknown {
    if (form.has(name) || partial || this.options.default !== undefined) return super.getFormValue(form, name, partial);
    return this.options.allowNull ? null : false;
  }

  override getInitial(): unknown {
    return super.getInitial(this.options.allowNull ? null : false);
  }

  override describe(): FieldDescription {
    return { type: 'boolean', schema: { type: 'boolean' } };
  }
}

/**
 * @example
 * published = boolean({ default: false });
 */
export function boolean<const O extends FieldOptions = {}>(options?: O): FieldOf<boolean, boolean, O> {
  return new BooleanField(options) as never;
}
