import { describe, expect, it } from 'vitest';
import { boolean } from '../../../src/framework/fields/boolean-field.js';
import { EMPTY } from '../../../src/framework/fields/field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { refused, shown } from './reading.js';

describe('a boolean', () => {
  it.each([true, 'true', 'TRUE', 't', 'T', 'y', 'yes', 'on', 'On', '1', 1])('%j is true', (value) => expect(shown(boolean(), value)).toBe(true));

  it.each([false, 'false', 'False', 'f', 'n', 'no', 'off', 'OFF', '0', 0, -0])('%j is false', (value) => expect(shown(boolean(), value)).toBe(false));

  it.each([2, 0.5, 'maybe', ' true', '', 'null', [], [true], {}, new RawNumber('1e400')])('%j is refused', (value) =>
    expect(shown(boolean(), value)).toEqual(refused('invalid')),
  );

  it.each(['', 'null', 'Null', null])('%j is null where that is allowed', (value) => expect(shown(boolean({ allowNull: true }), value)).toBeNull());

  it.each([
    ['false', {}, false, false],
    ['null where that is allowed', { allowNull: true }, false, null],
    ['the default where there is one', { default: true }, false, EMPTY],
    ['left as it is on a partial update', {}, true, EMPTY],
  ] as const)('that a form leaves out is %s', (_rule, options, partial, expected) =>
    expect(boolean(options).getFormValue(new FormValues(), 'value', partial)).toBe(expected),
  );

  it('describes itself as a boolean', () => expect(boolean().describe()).toEqual({ type: 'boolean', schema: { type: 'boolean' } }));
});
