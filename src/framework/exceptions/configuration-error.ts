/** A mistake of the developer's, thrown at boot: names the class, the property and the value, and ends with the fix. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
