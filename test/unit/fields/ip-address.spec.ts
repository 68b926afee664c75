import { describe, expect, it } from 'vitest';
import { messagesOf, type Detail } from '../../../src/framework/exceptions/error-detail.js';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { ipAddress } from '../../../src/framework/fields/ip-address-field.js';
import { read, shown } from './reading.js';

describe('an IP address (FLD-9)', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    [' 1.2.3.4\n', '1.2.3.4'],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:0DB8:0000:0000:0000:0000:0000:000A', '2001:db8::a'],
    ['0:0:1:0:0:0:0:1', '0:0:1::1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::1.2.3.4', '::102:304'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::FFFF:0102:0304', '1.2.3.4'],
    ['::ffff:0:1.2.3.4', '::ffff:0:102:304'],
    ['fe80::1%eth0', 'fe80::1'],
    ['fe80::1%a b', 'fe80::1'],
  ])('%j is taken as %s', (text, expected) => expect(shown(ipAddress(), text)).toBe(expected));

  it('keeps an address of IPv4 in IPv6 where only those are taken', () =>
    expect(shown(ipAddress({ protocol: 'ipv6' }), '::ffff:0102:0304')).toBe('::ffff:1.2.3.4'));

  it.each([
    ['256.0.0.1'],
    ['1.2.3'],
    ['1.2.3.4.5'],
    ['01.2.3.4'],
    ['１.2.3.4'],
    [' ::1'],
    ['::1 '],
    ['1::2::3'],
    [':1::8'],
    ['12345::'],
    ['g::'],
    ['1:2:3:4:5:6:7:8:9'],
    ['1:2:3:4:5:6:7:8::'],
    ['[::1]'],
    ['::1/64'],
    ['fe80::1%'],
    ['fe80::1%a%b'],
    ['::1\0'],
    ['::ffff:256.1.1.1'],
    ['0000:0000:0000:0000:0000:ffff:192.168.100.228'],
    ['1.2.3.4:80'],
    ['x'],
    [1000],
    [true],
    [[]],
    [{}],
  ])('%j is refused', (value) => expect(messages(ipAddress(), value)).toEqual(['Enter a valid IPv4 or IPv6 address.']));

  it.each([
    ['ipv4', '::1', 'Enter a valid IPv4 address.'],
    ['ipv4', '010.0.0.1', 'Enter a valid IPv4 address.'],
    ['ipv6', '10.0.0.1', 'Enter a valid IPv6 address.'],
    // As in DRF, what looks like an address of IPv6 is refused by the field itself.
    ['ipv6', 'x::', 'Enter a valid IPv4 or IPv6 address.'],
  ] as const)('of protocol %s refuses %s: %s', (protocol, text, message) => expect(messages(ipAddress({ protocol }), text)).toEqual([message]));

  it('may be blank where that is allowed', () => {
    expect(shown(ipAddress({ allowBlank: true }), '')).toBe('');
    expect(messages(ipAddress(), ' ')).toEqual(['This field may not be blank.']);
  });

  it.each([['x'], ['x::'], [7]])('says of %j what the application says', (value) =>
    expect(messages(ipAddress({ errorMessages: { invalid: 'No.' } }), value)).toEqual(['No.']),
  );

  it('refuses an unknown protocol at boot', () =>
    expect(() => ipAddress({ protocol: 'constructor' as never })).toThrow(
      new ConfigurationError("IPAddressField: protocol is 'constructor'; use one of both, ipv4, ipv6."),
    ));

  it('describes itself', () => {
    expect(ipAddress({ protocol: 'ipv6', maxLength: 39 }).describe()).toEqual({
      type: 'string',
      schema: { type: 'string', format: 'ipv6' },
      maxLength: 39,
    });
    expect(ipAddress().describe().schema).toEqual({ type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] });
  });
});

const messages = (field: Parameters<typeof read>[0], value: unknown) => messagesOf((read(field, value) as { detail: Detail }).detail);
