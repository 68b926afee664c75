import type { Reading } from './reading.js';
import type { ReadScalar } from './scalars.js';

/** Reads one object, not yet known to be one. @throws ValidationError */
export type ReadObject = (value: unknown, reading: Reading, depth: number) => Promise<unknown>;

/** What is known of a property's values: how one is read, and whether there are many. */
export class PropertyType {
  constructor(
    /** Whether it holds a list; undefined where only input can tell. */
    readonly isList: boolean | undefined,
    private readonly object: ReadObject | undefined,
    /** What `@Type` says of values that are no objects. */
    private readonly scalar: ReadScalar | undefined,
    /** What TypeScript says of them: texts of forms and addresses are read so. */
    private readonly textual: ReadScalar | undefined,
  ) {}

  get isObject(): boolean {
    return this.object !== undefined;
  }

  /** Whether values are read as of a type; the others are taken as they are. */
  isSaid(isText: boolean): boolean {
    return this.object !== undefined || this.scalar !== undefined || (isText && this.textual !== undefined);
  }

  read(value: unknown, reading: Reading, depth: number): unknown {
    if (this.object) return this.object(value, reading, depth);
    return (this.scalar ?? (this.textual as ReadScalar))(value);
  }
}
