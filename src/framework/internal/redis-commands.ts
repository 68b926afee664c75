import type { RedisClient } from './redis-client.js';

/** Redis does not answer: it is away, frozen, or still connecting. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
}

export interface RedisCommandsOptions {
  /** Milliseconds that a command may take. Default: 500. */
  readonly timeout?: number;
}

/** How many commands in a row must go unanswered before no more are sent for a while, and for how many milliseconds. */
const FAILURES = 3;
const PAUSE = 1000;

/**
 * Commands that are answered in time or fail. A client's own time-out may end when a command has been written (node-redis'), and a Redis that is frozen
 * takes commands without answering: so each has a time limit here, and after a few that passed it only one a second is tried.
 */
export class RedisCommands {
  readonly #timeout: number;
  #failures = 0;
  #pausedUntil = 0;

  constructor(
    private readonly client: RedisClient,
    { timeout = 250 }: RedisCommandsOptions = {},
  ) {
    this.#timeout = timeout;
  }

  /** @throws RedisUnavailable, and what Redis answers as an error. */
  async send(command: string[]): Promise<unknown> {
    if (this.client.isReady === false) throw new RedisUnavailable('Redis is not connected.');
    if (this.#failures >= FAILURES) {
      if (performance.now() < this.#pausedUntil) throw new RedisUnavailable('Redis has not answered lately.');
      this.#pause();
    }
    const limit = new TimeLimit(this.#timeout);
    try {
      const answer = await Promise.race([this.client.sendCommand(command), limit.passed]);
      if (answer !== LATE) {
        this.#failures = 0;
        return answer;
      }
    } finally {
      limit.clear();
    }
    this.#failures++;
    this.#pause();
    throw new RedisUnavailable(`Redis has not answered for ${this.#timeout} ms.`);
  }

  #pause(): void {
    this.#pausedUntil = performance.now() + PAUSE;
  }
}

const LATE = Symbol('late');

/**
 * The time of Redis' alone, not that in which this process is busy: else requests that come by hundreds would find Redis away. It begins when what this
 * turn of the event loop has to do is done and the command written; and at its end, what has arrived is read first.
 */
class TimeLimit {
  readonly passed: Promise<typeof LATE>;
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number) {
    this.passed = new Promise((resolve) => {
      const passed = () => (this.#immediate = setImmediate(resolve, LATE));
      this.#immediate = setImmediate(() => (this.#timer = setTimeout(passed, milliseconds)));
    });
  }

  clear(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
  }
}
