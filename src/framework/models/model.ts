import type { UploadedFile } from '../files/uploaded-file.js';
import type { UploadedImage } from '../files/uploaded-image.js';
import type { Where } from '../plan/where.js';

/**
 * What the generator writes of a Prisma model, whose runtime no longer carries it, or `defineModel` makes of rows that are elsewhere.
 *
 * `Row` is the type of an instance, `Relations` maps each relation to the model that it leads to, `Traits` says what serializers make of the names;
 * none of them exists at run time.
 */
export interface Model<Row extends object = any, Relations extends object = any, Traits extends ModelTraits = any> {
  /** The model's name in the schema, such as `ReadingList`. */
  readonly name: string;
  /** Its property on a Prisma client, such as `readingList`. */
  readonly delegate: string;
  /** The table in the database, and its schema where one is named. */
  readonly table: string;
  readonly schema?: string;
  /** Made by `defineModel`: its rows are in no table, a `ModelSource` has them. */
  readonly defined?: true;
  readonly fields: Readonly<Record<string, ScalarField>>;
  readonly relations: Readonly<Record<string, RelationField>>;
  /** The names of the fields that make the primary key. */
  readonly primaryKey: readonly string[];
  /** Every unique constraint but the primary key, single ones included. */
  readonly uniques: readonly UniqueConstraint[];
  /** `@rest.ordering("name", "-id")`: the default order. */
  readonly ordering: readonly string[];
  /** `@rest.str("name")`: the field that stands for a row as text. */
  readonly str?: string;
  /** The name in messages: `reading list`. `@rest.verboseName("…")` overrides. */
  readonly verboseName: string;
  readonly verboseNamePlural: string;
  readonly documentation?: string;
  /** Types alone: never set. */
  readonly $row?: Row;
  readonly $relations?: Relations;
  readonly $traits?: Traits;
}

/** What the generator knows of a model's fields and relations that types of serializers need. All but `key` are unions of names. */
export interface ModelTraits {
  /** The type of a row's primary key; of several columns, an object of them. */
  readonly key: unknown;
  /** The names of the primary key's fields. */
  readonly id: string;
  /** What a serializer of all fields has: see `defaultNames`. */
  readonly all: string;
  /** What input may leave out. */
  readonly optional: string;
  /** What no client writes. */
  readonly readOnly: string;
  /** What is never shown. */
  readonly hidden: string;
  /** The columns that hold the names of stored files, and of stored images. */
  readonly files: string;
  readonly images: string;
}

export type ScalarType = 'String' | 'Boolean' | 'Int' | 'BigInt' | 'Float' | 'Decimal' | 'DateTime' | 'Json' | 'Bytes' | 'Enum';

export interface ScalarField {
  readonly name: string;
  readonly column: string;
  readonly type: ScalarType;
  /** The enum's values, for `type: 'Enum'`. */
  readonly choices?: readonly Choice[];
  /** `@db.VarChar(200)` is `['VarChar', '200']`. */
  readonly nativeType?: readonly [name: string, ...args: string[]];
  readonly list: boolean;
  readonly nullable: boolean;
  readonly id: boolean;
  /** A unique constraint on this field alone, the primary key included. */
  readonly unique: boolean;
  /** Whether a row can be created without it: a default, `@updatedAt`, or made by the database. */
  readonly hasDefault: boolean;
  /** The default where it is a constant. */
  readonly default?: string | number | boolean | readonly unknown[];
  /** `now()`, `autoincrement()`, `uuid()` … and `updatedAt`: the database or Prisma sets it, no client does. */
  readonly generated: boolean;
  /** The function of its default where Prisma computes it, such as `now` and `uuid`: the database computes `autoincrement()` and `dbgenerated()`. */
  readonly defaultFunction?: string;
  /** `@updatedAt`: every change of a row sets it to the moment of the change. */
  readonly updatedAt?: boolean;
  /** The relation whose foreign key this field is (part of). */
  readonly foreignKeyOf?: string;
  readonly documentation?: string;
  readonly annotations: Annotations;
}

export interface Choice {
  readonly value: string;
  /** Its name in the database, where that is another: `@map`. */
  readonly stored?: string;
  /** `@rest.label("French")`, else the value itself. */
  readonly label: string;
}

export interface RelationField {
  readonly name: string;
  readonly many: boolean;
  readonly nullable: boolean;
  /** The related model; a function, for models refer to each other. */
  readonly model: () => Model;
  /** This side's foreign key fields, and the fields they point to: empty on the other side. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The relation's name on the related model. */
  readonly inverse: string;
  /** The join table of an implicit many-to-many relation: this side's and the other side's column. */
  readonly join?: { readonly table: string; readonly schema?: string; readonly column: 'A' | 'B'; readonly inverseColumn: 'A' | 'B' };
  readonly onDelete?: string;
  /** The name of its foreign key in the database, on the side that has it. */
  readonly constraint?: string;
  readonly documentation?: string;
  readonly annotations: Annotations;
}

export interface UniqueConstraint {
  readonly fields: readonly string[];
  /** The name of the index in the database. */
  readonly index: string;
  /** The rows that it is about, where not all are: a partial index's `where`; `sql` for one that is written in SQL. */
  readonly condition?: Where | 'sql';
  /** False where two nulls are alike: `NULLS NOT DISTINCT`. */
  readonly nullsDistinct?: boolean;
}

/** `/// @rest.NAME(…)` lines over a field: what Django keeps on a model's field and Prisma does not. */
export interface Annotations {
  readonly label?: string;
  readonly help?: string;
  readonly blank?: boolean;
  readonly email?: boolean;
  readonly url?: boolean;
  /** `unicode`: letters of every script. */
  readonly slug?: true | 'unicode';
  /** The column holds the name of a stored file, and the folder that it goes to where one is said. */
  readonly file?: true | string;
  readonly image?: true | string;
  readonly readOnly?: boolean;
  /** Never shown: a password's hash, a note of the staff. */
  readonly hidden?: boolean;
  /** The side of a many-to-many relation that belongs to the model, as Django's is declared on one of the two. */
  readonly forward?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  /** Of a text in characters, of `Bytes` in bytes. */
  readonly maxLength?: number;
  /** The most items of a list. */
  readonly size?: number;
  readonly regex?: readonly [pattern: string, message?: string];
  /** The values of a column that is no enum. */
  readonly choices?: readonly (readonly [value: string | number, label: string])[];
  /** A condition on the rows that a client may choose for a relation. */
  readonly limitChoicesTo?: Readonly<Record<string, unknown>>;
}

/** An instance of a model. */
export type RowOf<M extends Model> = NonNullable<M['$row']>;
/** `{ author: AuthorModel, publisher: PublisherModel | null, genres: GenreModel[] }`: many relations are arrays of the model. */
export type RelationsOf<M extends Model> = NonNullable<M['$relations']>;
/** A model that is declared without traits is taken at its row's word: everything may be written, and left out. */
export type TraitsOf<M extends Model> = 0 extends 1 & NonNullable<M['$traits']> ? Untold<M> : NonNullable<M['$traits']>;
interface Untold<M extends Model> extends ModelTraits {
  readonly key: RowOf<M> extends { id: infer Id } ? Id : string | number | bigint;
  readonly id: 'id';
  readonly all: keyof RowOf<M> & string;
  readonly optional: string;
  readonly readOnly: never;
  readonly hidden: never;
  readonly files: never;
  readonly images: never;
}
/** What is uploaded for a column that holds a stored file's name. */
export type UploadOf<M extends Model, K> = K extends TraitsOf<M>['images'] ? UploadedImage : K extends TraitsOf<M>['files'] ? UploadedFile : never;
/** The model that a relation leads to. */
export type RelatedModel<R> = R extends readonly (infer M extends Model)[] ? M : R extends Model ? R : never;
/** The key of a row: the value of its primary key, or an object of several. */
export type KeyOf<M extends Model> = TraitsOf<M>['key'];

export type ScalarName<M extends Model> = keyof RowOf<M> & string;
export type RelationName<M extends Model> = keyof RelationsOf<M> & string;
