import { pattern } from '../validators/pattern.js';
import { CharField, type CharOptions } from './char-field.js';
import type { FieldDescription, FieldOf } from './field.js';

export interface SlugOptions extends CharOptions {
  /** Whether letters and digits of every script count. Default: false. */
  readonly allowUnicode?: boolean;
}

const ASCII = /^[-a-zA-Z0-9_]+$/;
const UNICODE = /^[-_\p{L}\p{N}]+$/u;

const MESSAGES = {
  invalid: 'Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.',
  invalid_unicode: 'Enter a valid "slug" consisting of Unicode letters, numbers, underscores, or hyphens.',
};

/** Letters, digits, underscores and hyphens (FLD-5). */
export class SlugField<Out = string, In = string, Optional extends boolean = boolean> extends CharField<Out, In, Optional> {
  declare readonly options: SlugOptions;

  constructor(options: SlugOptions = {}) {
    const messages = { ...MESSAGES, ...options.errorMessages };
    super(options, MESSAGES, [options.allowUnicode ? pattern(UNICODE, messages.invalid_unicode) : pattern(ASCII, messages.invalid)]);
  }

  override describe(): FieldDescription {
    const { source } = this.options.allowUnicode ? UNICODE : ASCII;
    return { ...super.describe(), type: 'slug', schema: this.textSchema({ pattern: source }) };
  }
}

/**
 * @example
 * slug = slug({ maxLength: 50 });
 */
export function slug<const O extends SlugOptions = {}>(options?: O): FieldOf<string, string, O> {
  return new SlugField(options) as never;
}
