import { createRequire } from 'node:module';
import type { ExcludeOptions, ExposeOptions, TransformMetadata, TypeMetadata } from 'class-transformer';

type AnyClass = abstract new (...args: never[]) => object;
type Declared<M> = ReadonlyMap<unknown, ReadonlyMap<string | undefined, M>>;

/** class-transformer's storage, which it exports from no public place; @nestjs/mapped-types and @nestjs/swagger take it from the same file. */
interface Storage {
  readonly _typeMetadatas: Declared<TypeMetadata>;
  readonly _transformMetadatas: Declared<readonly TransformMetadata[]>;
  readonly _exposeMetadatas: Declared<{ readonly options?: ExposeOptions }>;
  readonly _excludeMetadatas: Declared<{ readonly options?: ExcludeOptions }>;
}

const { defaultMetadataStorage: storage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  readonly defaultMetadataStorage: Storage;
};

/** What class-transformer's decorators say of one property. */
export interface PropertyTransformers {
  readonly expose?: ExposeOptions;
  readonly exclude?: ExcludeOptions;
  readonly type?: TypeMetadata;
  /** A base's come first, in the order in which they are written. */
  readonly transforms: readonly TransformMetadata[];
}

/** What one class says itself, by property. */
export function ownTransformers(of: AnyClass): ReadonlyMap<string, PropertyTransformers> {
  const { _typeMetadatas: types, _transformMetadatas: transforms, _exposeMetadatas: exposes, _excludeMetadatas: excludes } = storage;
  const names = [types, transforms, exposes, excludes].flatMap((declared) => [...(declared.get(of)?.keys() ?? [])]);
  return new Map(
    [...new Set(names)]
      .filter((name) => name !== undefined)
      .map((name) => {
        const expose = exposes.get(of)?.get(name);
        const exclude = excludes.get(of)?.get(name);
        const type = types.get(of)?.get(name);
        return [
          name,
          {
            ...(expose && { expose: expose.options ?? {} }),
            ...(exclude && { exclude: exclude.options ?? {} }),
            ...(type && { type }),
            // Decorators are run from the last one to the first.
            transforms: [...(transforms.get(of)?.get(name) ?? [])].reverse(),
          },
        ];
      }),
  );
}

/** What classes say, the nearest first: of a property's name, type and place the nearest that says one, of transformations all. */
export function transformers(
  classes: readonly AnyClass[],
  isSaid: (target: AnyClass, property: string) => boolean = () => true,
): ReadonlyMap<string, PropertyTransformers> {
  const found = new Map<string, PropertyTransformers>();
  for (const target of classes) {
    for (const [name, own] of ownTransformers(target)) {
      if (!isSaid(target, name)) continue;
      const known = found.get(name);
      found.set(name, { ...own, ...known, transforms: [...own.transforms, ...(known?.transforms ?? [])] });
    }
  }
  return found;
}

/** Whether nothing is shown and read but what is exposed: the nearest class that says either has `@Exclude()` on itself. */
export function excludesAll(classes: readonly AnyClass[]): boolean {
  const says = (declared: Declared<unknown>, of: AnyClass) => declared.get(of)?.has(undefined) === true;
  const nearest = classes.find((of) => says(storage._excludeMetadatas, of) || says(storage._exposeMetadatas, of));
  return nearest !== undefined && !says(storage._exposeMetadatas, nearest);
}

/** Whether a property stands in a direction, by what is said of it and whether nothing stands but what is exposed. */
export function stands({ expose, exclude }: Pick<PropertyTransformers, 'expose' | 'exclude'>, direction: Direction, exposedAlone: boolean): boolean {
  if (exclude && counts(exclude, direction)) return false;
  return expose ? counts(expose, direction) : !exposedAlone;
}

/** class-transformer's names of the two directions: a decorator of neither is of both. */
export type Direction = 'toClassOnly' | 'toPlainOnly';

/** Whether a decorator counts in a direction. */
export function counts(options: { readonly toClassOnly?: boolean; readonly toPlainOnly?: boolean } | undefined, direction: Direction): boolean {
  const other = direction === 'toClassOnly' ? options?.toPlainOnly : options?.toClassOnly;
  return other !== true || options?.[direction] === true;
}
