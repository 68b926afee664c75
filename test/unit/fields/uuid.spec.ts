import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { Field } from '../../../src/framework/fields/field.js';
import { uuid, UUIDField } from '../../../src/framework/fields/uuid-field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { refused, shown } from './reading.js';

const ID = '825d7aeb-05a9-45b5-a5b7-05df87923cda';
const NUMBER = BigInt(`0x${ID.replaceAll('-', '')}`);

describe('a UUID', () => {
  it.each([
    ID,
    ID.toUpperCase(),
    ID.replaceAll('-', ''),
    `{${ID}}`,
    `urn:uuid:${ID}`,
    '825d-7aeb05a945b5a5b705df87923cda',
    new RawNumber(String(NUMBER)),
  ])('%j is one', (value) => expect(shown(uuid(), value)).toBe(ID));

  it.each([
    [0, '00000000-0000-0000-0000-000000000000'],
    [1, '00000000-0000-0000-0000-000000000001'],
    [true, '00000000-0000-0000-0000-000000000001'],
    [false, '00000000-0000-0000-0000-000000000000'],
    [new RawNumber(String(2n ** 128n - 1n)), 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ])('%s is one by its bits', (value, expected) => expect(shown(uuid(), value)).toBe(expected));

  it.each([
    'zz',
    '',
    ID.slice(1),
    `${ID}0`,
    ` ${ID}`,
    `${ID}\0`,
    'g'.repeat(32),
    '{'.repeat(100_000),
    [ID],
    {},
    -1,
    1.5,
    1e300,
    new RawNumber(String(2n ** 128n)),
    new RawNumber('1e400'),
    new RawNumber('9'.repeat(1000)),
  ])('%j is none', (value) => expect(shown(uuid(), value)).toEqual(refused('invalid')));

  it.each([
    ['hex_verbose', ID],
    ['hex', ID.replaceAll('-', '')],
    ['int', NUMBER],
    ['urn', `urn:uuid:${ID}`],
  ] as const)('is shown as %s', (format, expected) => expect(shown(uuid({ format }), ID)).toBe(expected));

  it('costs no call for a row where it is shown as it is stored', () => expect(uuid().toRepresentation).toBe(Field.prototype.toRepresentation));

  it('is shown as a derived class says', () => {
    class Short extends UUIDField {
      override toRepresentation(value: string) {
        return value.slice(0, 8);
      }
    }
    expect(new Short().toRepresentation(ID)).toBe(ID.slice(0, 8));
  });

  it('refuses an unknown format at boot', () => expect(() => uuid({ format: 'constructor' as never })).toThrow(ConfigurationError));

  it('describes itself as a string', () => expect(uuid().describe()).toEqual({ type: 'string', schema: { type: 'string', format: 'uuid' } }));
});
