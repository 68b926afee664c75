import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { parseJsonText } from '../../../src/framework/parsers/json/json-text.js';
import { SERIALIZERS } from '../../conformance/lab/fields.serializers.js';
import { compile, read } from '../serializers/compiling.js';
import { formOf } from './forms.js';

interface Step {
  readonly request: { readonly path: string; readonly json?: unknown; readonly text?: string; readonly headers?: Readonly<Record<string, string>> };
  readonly response: { readonly status: number; readonly body: unknown };
}

const file = new URL('../../conformance/cases/fields.json', import.meta.url);
const scenarios = JSON.parse(readFileSync(file, 'utf8')) as { readonly name: string; readonly steps: readonly Step[] }[];

/** What was sent, as the parsers make it. */
function inputOf({ json, text = '', headers }: Step['request']): unknown {
  if (headers?.['Content-Type'] === 'application/x-www-form-urlencoded') return formOf(text);
  return parseJsonText(json === undefined ? text : JSON.stringify(json), { depth: 32, nodes: 1_000 });
}

async function answer({ path, ...request }: Step['request']): Promise<{ status: number; body: unknown }> {
  const compiled = compile(SERIALIZERS[path.split('/').at(-2) as string]!);
  try {
    const data = await read(compiled, inputOf({ path, ...request }));
    return { status: 200, body: compiled.render(data as never, { baseUrl: '' }) };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { status: 400, body: error.body() };
  }
}

describe.each(scenarios.map(({ name, steps }) => [name, steps] as const))('%s answers as Django REST framework was recorded to', (_name, steps) => {
  it.each(steps.map(({ request, response }) => [(request.text ?? JSON.stringify(request.json)).slice(0, 60), request, response] as const))(
    '%s',
    async (_label, request, { status, body }) => expect(JSON.parse(JSON.stringify(await answer(request)))).toEqual({ status, body }),
  );
});
