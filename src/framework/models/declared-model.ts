import type { Decimal } from 'decimal.js';
import type { Temporal } from 'temporal-polyfill';
import type { JsonValue } from './json-value.js';
import type { Annotations, Model, ScalarField } from './model.js';

/** Types of fields, and what a row holds for each. */
interface FieldValues {
  String: string;
  UUID: string;
  Boolean: boolean;
  Int: number;
  BigInt: bigint;
  Float: number;
  Decimal: Decimal;
  DateTime: Temporal.Instant;
  Date: Temporal.PlainDate;
  Time: Temporal.PlainTime;
  Json: JsonValue;
  Bytes: Uint8Array;
}

export type FieldType = keyof FieldValues;
/** As in a Prisma schema: `Int`, `Int?` where it may be null, `String[]` for a list. */
export type FieldTypeText = `${FieldType}${'' | '?' | '[]'}`;

/** A field with more to say of it than its type; annotations are those of a Prisma schema, without `@rest.`. */
export interface FieldDeclaration extends Omit<Annotations, 'choices' | 'forward' | 'limitChoicesTo'> {
  /** `Enum` wants `choices`. */
  readonly type: FieldTypeText | 'Enum' | 'Enum?';
  /** The values of an enum, in their order, or those that a column of another type may have; each alone, or with its label. */
  readonly choices?: readonly (string | readonly [value: string | number, label: string])[];
  /** The digits of a decimal, and how many of them are after the point. */
  readonly digits?: readonly [digits: number, places: number];
  /** What stands for it where a new row does not say. */
  readonly default?: ScalarField['default'];
  /** The source sets it, no client does. */
  readonly generated?: boolean;
  readonly documentation?: string;
}

export interface RelationDeclaration extends Pick<Annotations, 'label' | 'help' | 'blank' | 'readOnly' | 'hidden' | 'limitChoicesTo'> {
  /** The related model; a function, for models refer to each other. */
  readonly model: () => Model;
  /** Many rows, in an array. Default: false. */
  readonly many?: boolean;
  /** Whether there may be no row. Default: false. */
  readonly nullable?: boolean;
  /** The field that holds the related row's primary key, where there is one. */
  readonly from?: string;
  /** The relation's name on the related model, where it has one. */
  readonly inverse?: string;
}

export type FieldDeclarations = Readonly<Record<string, FieldTypeText | FieldDeclaration>>;
export type RelationDeclarations = Readonly<Record<string, RelationDeclaration>>;

export interface ModelDeclaration<F, R, Key, Name extends string = keyof F & string> {
  readonly fields: F;
  readonly relations?: R;
  /** A field, or several. Default: `id`. */
  readonly primaryKey?: Key;
  /** Fields, or sets of fields, of which no two rows have the same values. */
  readonly uniques?: readonly (Name | readonly Name[])[];
  /** The default order: `['name', '-population']`. Default: by primary key. */
  readonly ordering?: readonly string[];
  /** The field that stands for a row as text. */
  readonly str?: Name;
  /** The name in messages. Default: made of the model's. */
  readonly verboseName?: string;
  readonly verboseNamePlural?: string;
  readonly documentation?: string;
}

/** The model that a declaration makes: its rows, the models that its relations lead to, and what serializers make of the names. */
export type DeclaredModel<F, R, Key> = Model<
  { -readonly [K in keyof F]: ValueOf<F[K]> },
  { -readonly [K in keyof R]: RelatedOf<R[K]> },
  {
    key: Key extends keyof F ? ValueOf<F[Key]> : Key extends readonly (keyof F)[] ? { -readonly [K in Key[number]]: ValueOf<F[K]> } : never;
    id: Key extends readonly (infer Name extends string)[] ? Name : Key & string;
    all: Exclude<keyof F & string, Named<F, Hidden> | KeyFieldOf<R>> | Exclude<Named<R, { readonly from: string }>, Named<R, Hidden>>;
    optional:
      | Named<F, `${string}?` | { readonly type: `${string}?` } | { readonly default: NonNullable<unknown> } | { readonly generated: true } | Blank>
      | Named<R, { readonly nullable: true } | Blank>;
    readOnly: Named<F, { readonly generated: true } | ReadOnly> | Exclude<keyof R & string, Named<R, { readonly from: string }>> | Named<R, ReadOnly>;
    hidden: Named<F, Hidden> | Named<R, Hidden>;
    files: Named<F, { readonly file: true | string }>;
    images: Named<F, { readonly image: true | string }>;
  }
>;

type Hidden = { readonly hidden: true };
type Blank = { readonly blank: true };
type ReadOnly = { readonly readOnly: true };
/** The names whose declaration says something. */
type Named<D, Says> = { [K in keyof D]: D[K] extends Says ? K : never }[keyof D] & string;
type KeyFieldOf<R> = { [K in keyof R]: R[K] extends { readonly from: infer Field } ? Field : never }[keyof R];

type ValueOf<F> = F extends { readonly type: infer T; readonly choices?: infer C }
  ? T extends 'Enum'
    ? ChoiceOf<C>
    : T extends 'Enum?'
      ? ChoiceOf<C> | null
      : ValueOfText<T>
  : ValueOfText<F>;
type ValueOfText<T> = T extends `${infer Base}?`
  ? ValueOfText<Base> | null
  : T extends `${infer Base}[]`
    ? ValueOfText<Base>[]
    : T extends FieldType
      ? FieldValues[T]
      : never;
type ChoiceOf<C> = C extends readonly (infer One)[] ? (One extends readonly [infer Value, string] ? Value : One) : string;
type RelatedOf<R> = R extends { readonly model: () => infer M }
  ? R extends { readonly many: true }
    ? M[]
    : R extends { readonly nullable: true }
      ? M | null
      : M
  : never;
