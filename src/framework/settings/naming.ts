/** Turns a property's name into its name on the wire. */
export type Naming = (property: string) => string;

/** `inStock` is `in_stock`, as Python APIs have it. Names that hold no capital stay as they are. */
export const snakeCase: Naming = (property) =>
  property.replace(/[A-Z]/g, (letter, at: number) => `${at > 0 && property[at - 1] !== '_' ? '_' : ''}${letter.toLowerCase()}`);

/** Names as they are declared: camelCase. */
export const camelCase: Naming = (property) => property;
