import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Field } from '../../fields/field.js';
import type { PropertyConstraints } from '../../validators/constraints/property-constraints.js';

/** @throws ConfigurationError where decorators of class-validator say otherwise than the field they stand on, or could never be asked. */
export function checkConstraints(place: string, field: Field, constraints: PropertyConstraints): void {
  const { readOnly, allowNull, allowBlank } = field.options as { readOnly?: boolean; allowNull?: boolean; allowBlank?: boolean };
  const refuse = (problem: string) => {
    throw new ConfigurationError(`${place}: ${problem}`);
  };
  if (constraints.isNested)
    refuse('@ValidateNested is for plain classes. A nested serializer validates what it holds: nested(() => …Serializer, { many: true }).');
  const [first] = [...constraints.constraints.map(({ name }) => name), ...constraints.conditions.map(({ name }) => name ?? 'ValidateIf')];
  if (first === undefined) return;
  if (readOnly) refuse(`it is read-only, so that ${first} would never be asked. Remove the decorator, or leave the field out by extendSerializer.`);
  if (constraints.isOptional && field.required)
    refuse('@IsOptional, and the field is required. Set required: false, and allowNull: true where null is a value.');
  if (constraints.has('isDefined') && !field.required)
    refuse('@IsDefined, and the field may be left out. Set required: true, or remove the decorator.');
  for (const name of ['isDefined', 'isNotEmpty'])
    if (constraints.has(name) && allowNull) refuse(`@I${name.slice(1)}, and the field allows null. Leave allowNull out, or remove the decorator.`);
  if (constraints.has('isNotEmpty') && allowBlank)
    refuse('@IsNotEmpty, and the field allows a blank text. Leave allowBlank out, or remove the decorator.');
}
