import type { Constraint } from '../validators/constraints/constraint.js';
import type { BoundField } from '../serializers/compiled/compiled-serializer.js';
import type { JsonSchema } from './json-schema.js';

type Keywords = (constraints: readonly unknown[]) => JsonSchema;

/** What class-validator's constraints are in a JSON schema, by the schema's type. */
const KEYWORDS: Readonly<Record<string, Readonly<Record<string, Keywords>>>> = {
  string: {
    minLength: ([minLength]) => ({ minLength }),
    maxLength: ([maxLength]) => ({ maxLength }),
    isLength: ([minLength, maxLength]) => ({ minLength, ...(maxLength !== undefined && { maxLength }) }),
    isNotEmpty: () => ({ minLength: 1 }),
    matches: ([pattern]) => (pattern instanceof RegExp && !/[ims]/.test(pattern.flags) ? { pattern: pattern.source } : {}),
    isEmail: () => ({ format: 'email' }),
    isUuid: () => ({ format: 'uuid' }),
    isUrl: () => ({ format: 'uri' }),
    isIn: ([values]) => ({ enum: [...(values as readonly unknown[])] }),
  },
  number: {
    min: ([minimum]) => ({ minimum }),
    max: ([maximum]) => ({ maximum }),
    isPositive: () => ({ exclusiveMinimum: 0 }),
    isNegative: () => ({ exclusiveMaximum: 0 }),
    isDivisibleBy: ([multipleOf]) => ({ multipleOf }),
    isIn: ([values]) => ({ enum: [...(values as readonly unknown[])] }),
  },
  array: {
    arrayMinSize: ([minItems]) => ({ minItems }),
    arrayMaxSize: ([maxItems]) => ({ maxItems }),
    arrayNotEmpty: () => ({ minItems: 1 }),
    arrayUnique: ([identifier]) => (identifier === undefined ? { uniqueItems: true } : {}),
  },
};

/** Lower bounds, of which the greater one holds; of upper bounds the lesser. */
const [LOWER, UPPER] = [new Set(['minLength', 'minimum', 'minItems']), new Set(['maxLength', 'maximum', 'maxItems'])];

/**
 * The schema of a field's input with what decorators say of every value: not those of a group, nor under a condition. Where a value is transformed before they
 * see it, they say nothing of what is sent.
 */
export function withConstraints(schema: JsonSchema, { constraints, transform, field }: BoundField): JsonSchema {
  if (!constraints || transform || constraints.conditions.some(({ name }) => name !== 'isOptional')) return schema;
  const { type } = schema;
  const known = KEYWORDS[type === 'integer' ? 'number' : String(type)];
  // A blank text that is allowed is not looked at.
  if (!known || (type === 'string' && (field.options as { allowBlank?: boolean }).allowBlank)) return schema;
  return constraints.constraints
    .filter(isAlwaysAsked)
    .reduce((whole, one) => narrowed(whole, known[one.name]?.(one.declared.constraints ?? []) ?? {}), schema);
}

function isAlwaysAsked({ isReady, declared: { each, groups, validateIf } }: Constraint): boolean {
  return isReady && !each && !groups?.length && !validateIf;
}

function narrowed(schema: JsonSchema, keywords: JsonSchema): JsonSchema {
  const whole: Record<string, unknown> = { ...schema };
  for (const [name, value] of Object.entries(keywords)) {
    const known = whole[name];
    if (LOWER.has(name) && typeof known === 'number') whole[name] = Math.max(known, value as number);
    else if (UPPER.has(name) && typeof known === 'number') whole[name] = Math.min(known, value as number);
    else whole[name] ??= value;
  }
  return whole;
}
