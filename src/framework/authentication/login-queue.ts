/**
 * Attempts of this process that are counted and not decided yet, by what they are counted as. While a right password may still give its place back, who finds
 * no room waits instead of being refused: a program that sends many requests at once with the right password is none that guesses.
 */
export class LoginQueue {
  readonly #undecided = new Map<string, { count: number; readonly waiting: (() => void)[] }>();

  /** Resolves when there may be room; null where nothing undecided is counted as this, so that no waiting helps. */
  room(key: string): Promise<void> | null {
    const undecided = this.#undecided.get(key);
    return undecided ? new Promise((resolve) => undecided.waiting.push(resolve)) : null;
  }

  /** An attempt that was counted begins. */
  begin(keys: readonly string[]): void {
    for (const key of keys) {
      const undecided = this.#undecided.get(key);
      if (undecided) undecided.count++;
      else this.#undecided.set(key, { count: 1, waiting: [] });
    }
  }

  /** An attempt is decided. A place that it gave back is for the next who waits; when nothing is undecided any more, nobody waits on. */
  end(keys: readonly string[], gaveBack: boolean): void {
    for (const key of keys) {
      const undecided = this.#undecided.get(key);
      if (!undecided) continue;
      undecided.count--;
      if (undecided.count === 0) this.#undecided.delete(key);
      const woken = undecided.count === 0 ? undecided.waiting : undecided.waiting.splice(0, gaveBack ? 1 : 0);
      for (const wake of woken) wake();
    }
  }
}
