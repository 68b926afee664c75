import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { currentUser } from '../../../src/framework/fields/defaults.js';
import { hidden } from '../../../src/framework/fields/hidden-field.js';
import { readOnly } from '../../../src/framework/fields/read-only-field.js';

describe('a hidden field', () => {
  it.each([0, null, '', () => 7])('takes the default %s and is written only', (value) =>
    expect(hidden<unknown>({ default: value })).toMatchObject({ required: false, options: { writeOnly: true, default: value } }),
  );

  it('is refused at boot without a default', () => expect(() => hidden({ default: undefined })).toThrow(ConfigurationError));

  it.each([
    [{ request: { user: { id: 3 } } }, 3],
    [{ request: { user: null } }, undefined],
    [{}, undefined],
  ])('of the current user in %j is %s', (context, expected) => expect(currentUser()({ partial: false, ...context } as never)).toBe(expected));
});

describe('a read-only field', () => {
  it('is never asked for', () =>
    expect(readOnly({ source: 'user.name' })).toMatchObject({ required: false, options: { readOnly: true, source: 'user.name' } }));

  it('has no schema of its own', () => expect(readOnly().describe()).toEqual({ type: 'field', schema: {} }));
});
