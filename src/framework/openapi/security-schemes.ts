import type { Authentication, SecurityScheme } from '../authentication/authentication.js';

/** The document's security schemes, as the handlers' authentication classes are met. */
export class SecuritySchemes {
  readonly #schemes = new Map<string, SecurityScheme['description']>();

  get schemes(): Readonly<Record<string, SecurityScheme['description']>> {
    return Object.fromEntries(this.#schemes);
  }

  /** What a handler asks for: one of its schemes, or nothing at all where anyone may. */
  requirements(authentication: readonly Authentication[], anyone: boolean): Record<string, string[]>[] {
    const named = authentication.map((scheme) => {
      const { name, description } = scheme.securityScheme();
      this.#schemes.set(name, description);
      return { [name]: [] };
    });
    return anyone && named.length > 0 ? [...named, {}] : named;
  }
}
