import { transformers } from '../internal/class-transformer.js';
import type { Naming } from '../settings/naming.js';
import { declaredConstraints, lineage } from '../validators/constraints/read-constraints.js';

type AnyClass = abstract new (...args: never[]) => object;

/** Whether decorators of class-validator or class-transformer say anything of a class. */
export const isDecorated = (of: AnyClass): boolean => declaredConstraints(of).size > 0 || transformers(lineage(of)).size > 0;

/** The names in input of the properties that decorators tell of. */
export function inputNames(of: AnyClass, naming: Naming): string[] {
  const said = transformers(lineage(of));
  return [...new Set([...declaredConstraints(of).keys(), ...said.keys()])].map((name) => said.get(name)?.expose?.name ?? naming(name));
}
