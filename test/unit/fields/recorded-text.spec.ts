import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Detail } from '../../../src/framework/exceptions/error-detail.js';
import { messagesOf } from '../../../src/framework/exceptions/error-detail.js';
import { boolean } from '../../../src/framework/fields/boolean-field.js';
import { char } from '../../../src/framework/fields/char-field.js';
import { choice } from '../../../src/framework/fields/choice-field.js';
import { email } from '../../../src/framework/fields/email-field.js';
import { EMPTY, type Field } from '../../../src/framework/fields/field.js';
import { hidden, HiddenField } from '../../../src/framework/fields/hidden-field.js';
import { json } from '../../../src/framework/fields/json-field.js';
import { regex } from '../../../src/framework/fields/regex-field.js';
import { slug } from '../../../src/framework/fields/slug-field.js';
import { url } from '../../../src/framework/fields/url-field.js';
import { uuid } from '../../../src/framework/fields/uuid-field.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { read } from './reading.js';

const COLOURS = [
  ['red', 'Red'],
  ['green', 'Green'],
  ['blue', 'Blue'],
] as const;
const WARM = ['Warm', COLOURS.slice(0, 1).concat([['orange', 'Orange'] as never])] as const;
const NUMBERS = [
  [1, 'One'],
  [2, 'Two'],
  [3, 'Three'],
] as const;

const FIELDS: Readonly<Record<string, Field>> = {
  boolean: boolean(),
  'boolean-null': boolean({ allowNull: true }),
  char: char(),
  'char-blank': char({ allowBlank: true }),
  'char-null': char({ allowNull: true }),
  'char-no-trim': char({ trimWhitespace: false }),
  'char-max': char({ maxLength: 5 }),
  'char-min': char({ minLength: 3 }),
  'char-default': char({ default: 'fallback' }),
  'char-optional': char({ required: false }),
  email: email(),
  regex: regex(/^[a-z]{2}\d{3}$/),
  slug: slug(),
  'slug-unicode': slug({ allowUnicode: true }),
  url: url(),
  uuid: uuid(),
  'uuid-hex': uuid({ format: 'hex' }),
  choice: choice({ choices: COLOURS }),
  'choice-blank': choice({ choices: COLOURS, allowBlank: true }),
  'choice-null': choice({ choices: COLOURS, allowNull: true }),
  'choice-grouped': choice({ choices: [WARM, ['Cold', [['blue', 'Blue']]], ['grey', 'Grey']] }),
  'choice-number': choice({ choices: NUMBERS }),
  json: json(),
  'json-null': json({ allowNull: true }),
  hidden: hidden({ default: 7 }),
  'custom-messages': char({ maxLength: 3, errorMessages: { required: 'Say something.', max_length: 'Say less than {max_length}.' } }),
};

interface Step {
  readonly request: { readonly path: string; readonly json?: Record<string, unknown>; readonly text?: string };
  readonly response: { readonly status: number; readonly body: unknown };
}

const cases = JSON.parse(readFileSync(new URL('../../conformance/cases/fields.json', import.meta.url), 'utf8')) as { name: string; steps: Step[] }[];

/** What a serializer of the one field answers. */
function answer(field: Field, submitted: unknown) {
  if (field instanceof HiddenField) return { status: 200, body: {} };
  if (submitted === EMPTY && field.options.default !== undefined) return { status: 200, body: { value: field.options.default as unknown } };
  if (submitted === EMPTY && !field.required) return { status: 200, body: {} };
  const result = read(field, submitted);
  if ('detail' in result) return { status: 400, body: { value: messagesOf(result.detail) } };
  return { status: 200, body: { value: result.value === null ? null : field.toRepresentation(result.value) } };
}

describe.each(Object.entries(FIELDS))('%s answers as Django REST framework was recorded to', (name, field) => {
  const steps = cases.find((recorded) => recorded.name === name)?.steps ?? [];

  it('is recorded', () => expect(steps.length).toBeGreaterThan(1));

  it.each(steps.map(({ request, response }) => [JSON.stringify(request.json ?? request.text), request, response] as const))(
    '%s',
    (_label, request, expected) => {
      const body = request.json ?? (JSON.parse(request.text ?? '{}') as Record<string, unknown>);
      expect(answer(field, 'value' in body ? body['value'] : EMPTY)).toEqual({ status: expected.status, body: expected.body });
    },
  );
});

describe('a form is read as Django REST framework was recorded to', () => {
  const steps = cases.find(({ name }) => name.startsWith('a form'))?.steps.filter(({ request }) => fieldOf(request)) ?? [];

  it('is recorded', () => expect(steps.length).toBe(5));

  it.each(steps.map(({ request, response }) => [`${request.path} ${request.text}`, request, response] as const))(
    '%s',
    (_label, request, expected) => {
      const form = new FormValues();
      for (const [name, value] of new URLSearchParams(request.text)) form.append(name, value);
      const field = fieldOf(request) as Field;
      let result;
      try {
        result = answer(field, field.getFormValue(form, 'value', false));
      } catch (error) {
        result = { status: 400, body: { value: messagesOf((error as { detail: Detail }).detail) } };
      }
      expect(result).toEqual({ status: expected.status, body: expected.body });
    },
  );
});

function fieldOf({ path }: Step['request']): Field | undefined {
  return FIELDS[path.split('/')[3] ?? ''];
}
