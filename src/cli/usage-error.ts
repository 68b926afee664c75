/** A mistake in how the command was called: shown as its message alone. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
