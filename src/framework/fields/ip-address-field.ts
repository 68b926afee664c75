import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { CharField, type CharOptions } from './char-field.js';
import type { FieldDescription, FieldOf } from './field.js';
import type { Validator } from '../validators/validator.js';
import { isIPv4Address, isIPv6Address, shortIPv6 } from './text/ip-addresses.js';

export interface IPAddressOptions extends CharOptions {
  /** Which addresses are taken. Default: `both`, which takes the IPv4 address out of an IPv6 one that maps it. */
  readonly protocol?: 'both' | 'ipv4' | 'ipv6';
}

const PROTOCOLS = {
  both: {
    name: 'IPv4 or IPv6',
    takes: (text: string) => isIPv4Address(text) || isIPv6Address(text),
    schema: { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
  },
  ipv4: { name: 'IPv4', takes: isIPv4Address, schema: { format: 'ipv4' } },
  ipv6: { name: 'IPv6', takes: isIPv6Address, schema: { format: 'ipv6' } },
};

const EITHER = 'Enter a valid IPv4 or IPv6 address.';

/**
 * An IP address (FLD-9), one of IPv6 in its short form: `2001:0db8:0:0::1` is `2001:db8::1`. Code: `invalid`.
 * @throws ConfigurationError for an unknown protocol.
 */
export class IPAddressField<Out = string, In = string, Optional extends boolean = boolean> extends CharField<Out, In, Optional> {
  declare readonly options: IPAddressOptions;

  constructor(options: IPAddressOptions = {}) {
    const protocol = options.protocol ?? 'both';
    if (!Object.hasOwn(PROTOCOLS, protocol))
      throw new ConfigurationError(`IPAddressField: protocol is '${protocol}'; use one of ${Object.keys(PROTOCOLS).join(', ')}.`);
    super(options, { invalid: EITHER }, [valid(protocol, options.errorMessages?.['invalid'])]);
  }

  override toInternalValue(value: unknown): In {
    if (typeof value !== 'string') this.fail('invalid');
    const { protocol = 'both' } = this.options;
    if (!value.includes(':') || protocol === 'ipv4') return super.toInternalValue(value);
    return (shortIPv6(value, protocol === 'both') ?? this.fail('invalid')) as In;
  }

  override describe(): FieldDescription {
    return { ...super.describe(), schema: this.textSchema(PROTOCOLS[this.options.protocol ?? 'both'].schema) };
  }
}

function valid(protocol: keyof typeof PROTOCOLS, message = protocol === 'both' ? EITHER : 'Enter a valid {protocol} address.'): Validator<string> {
  const { name, takes } = PROTOCOLS[protocol];
  const error = errorDetail(message, 'invalid', { protocol: name });
  return (value) => {
    if (!takes(value)) throw new ValidationError([error]);
  };
}

/**
 * @example
 * client = ipAddress({ protocol: 'ipv4' });
 */
export function ipAddress<const O extends IPAddressOptions = {}>(options?: O): FieldOf<string, string, O> {
  return new IPAddressField(options) as never;
}
