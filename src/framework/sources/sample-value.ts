import { Decimal } from 'decimal.js';
import { Temporal } from 'temporal-polyfill';
import type { ScalarField } from '../models/model.js';
import type { Comparable } from '../plan/where.js';

/** Some value of a column, for questions that boot asks before there is any. */
export function sampleValue({ type, nativeType, choices }: ScalarField): Comparable {
  switch (type) {
    case 'String':
      return nativeType?.[0] === 'Uuid' ? '00000000-0000-4000-8000-000000000000' : 'x';
    case 'Boolean':
      return true;
    case 'Int':
    case 'Float':
      return 1;
    case 'BigInt':
      return 1n;
    case 'Decimal':
      return new Decimal(1);
    case 'DateTime':
      return nativeType?.[0] === 'Date'
        ? Temporal.PlainDate.from('2000-01-01')
        : nativeType?.[0] === 'Time' || nativeType?.[0] === 'Timetz'
          ? Temporal.PlainTime.from('12:00')
          : Temporal.Instant.from('2000-01-01T00:00:00Z');
    case 'Enum':
      return choices?.[0]?.value ?? 'x';
    case 'Json':
      return {};
    case 'Bytes':
      return new Uint8Array();
  }
}
