import { transformers } from '../internal/class-transformer.js';
import { declaredConstraints, lineage } from '../validators/constraints/read-constraints.js';

/** Whether decorators of class-validator or class-transformer say anything of a class. */
export const isDecorated = (of: abstract new (...args: never[]) => object): boolean =>
  declaredConstraints(of).size > 0 || transformers(lineage(of)).size > 0;
