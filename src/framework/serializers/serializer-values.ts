import type { Field } from '../fields/field.js';
import type { SerializerClass } from './serializer.js';

type FieldsOf<I> = { [K in keyof I as I[K] extends Field ? K : never]: I[K] };
type Declared<S extends SerializerClass> = FieldsOf<InstanceType<S>>;
type OutOf<F> = F extends { readonly $out: infer Out } ? Out : never;
type InOf<F> = F extends { readonly $in: infer In } ? In : never;
type Shown<F> = { [K in keyof F as [OutOf<F[K]>] extends [never] ? never : K]: F[K] };
type Written<F> = { [K in keyof F as [InOf<F[K]>] extends [never] ? never : K]: F[K] };
/** Where only the model knows whether it is optional, it may be missing. */
type OptionalKeys<F> = { [K in keyof F]: F[K] extends { readonly $optional: false } ? never : K }[keyof F];
type Simplify<T> = { [K in keyof T]: T[K] } & {};
type Values<F> = Simplify<{ [K in Exclude<keyof F, OptionalKeys<F>>]: InOf<F[K]> } & { [K in keyof F & OptionalKeys<F>]?: InOf<F[K]> }>;

/** What a serializer shows, by property name. */
export type OutputOf<S extends SerializerClass> = Simplify<{ [K in keyof Shown<Declared<S>>]: OutOf<Declared<S>[K & keyof Declared<S>]> }>;
/** What a serializer's validation gives, by property name. A model's field may be missing: it may have a default. */
export type InputOf<S extends SerializerClass> = Values<Written<Declared<S>>>;
/** The same of a partial update: every field may be missing, those of nested rows too. */
export type PatchOf<S extends SerializerClass> = Patched<Written<Declared<S>>>;
type Patched<F> = Simplify<{ [K in keyof F]?: F[K] extends { readonly $patch: infer Patch } ? Patch : InOf<F[K]> }>;
