/** A JSON schema in the dialect of OpenAPI 3.1. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords whose values are data, not schemas. */
const DATA = new Set(['default', 'const', 'enum', 'example', 'examples', 'required']);

/** The schema that takes null as well. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema;
  if (['$ref', 'anyOf', 'oneOf', 'allOf'].some((keyword) => keyword in schema)) return { anyOf: [schema, { type: 'null' }] };
  return {
    ...schema,
    ...(type !== undefined && { type: [...new Set([type, 'null'].flat())] }),
    ...(Array.isArray(values) && { enum: [...new Set([...(values as unknown[]), null])] }),
  };
}

/** A schema that may have been written for OpenAPI 3.0: its `nullable: true` becomes the type null. */
export function modernized(schema: object): JsonSchema {
  const { nullable, ...rest } = schema as Record<string, unknown>;
  const modern = Object.fromEntries(
    Object.entries(rest).map(([keyword, value]) => [
      keyword,
      DATA.has(keyword) ? value : keyword === 'properties' ? eachProperty(value) : modernizedValue(value),
    ]),
  );
  return nullable === true ? orNull(modern) : modern;
}

function modernizedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(modernizedValue);
  return isObject(value) ? modernized(value) : value;
}

/** A property may be called like a keyword. */
function eachProperty(properties: unknown): unknown {
  return isObject(properties) ? Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, modernizedValue(schema)])) : properties;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
