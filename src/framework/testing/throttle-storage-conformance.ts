import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import type { ConformanceCase } from './conformance-case.js';
import type { Rate } from '../throttling/rate.js';
import type { Counted, ThrottleStorage } from '../throttling/throttle-storage.js';

/** A storage to be tested. */
export interface OpenedThrottleStorage {
  readonly storage: ThrottleStorage;
  /** Moves its clock, back where negative. Without it, what needs another time is not tested. */
  advance?(milliseconds: number): void;
  close?(): Promise<void> | void;
}

interface Bench {
  readonly storage: ThrottleStorage;
  /** A rate with a key that no other case has. */
  rate(limit: number, duration?: number): Rate;
  /** How many of so many requests, sent at the same time, are accepted. */
  acceptedOf(requests: number, ...rates: Rate[]): Promise<number>;
  advance(milliseconds: number): void;
}

const said = ({ rates }: Counted) => rates.map(({ accepted, used }) => [accepted, used]);
const waitOf = ({ rates }: Counted) => rates[0]?.wait ?? null;

/** Between a moment and what is said of it, some of it may have passed. */
function assertSeconds(actual: number | null | undefined, expected: number): void {
  assert.ok(typeof actual === 'number' && actual <= expected && actual > expected - 5, `${String(actual)} s instead of ${expected} s`);
}

const CASES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  async 'accepts as many as the limit of those that come at the same time'({ rate, acceptedOf }) {
    for (const limit of [1, 7, 50]) assert.equal(await acceptedOf(100, rate(limit)), limit);
  },
  async 'says what is counted, and how long to wait'({ storage, rate }) {
    const one = rate(2, 60);
    assert.deepEqual(said(await storage.consume([one], 1)), [[true, 1]]);
    const second = await storage.consume([one], 1);
    assert.deepEqual([second.accepted, waitOf(second), ...said(second)], [true, null, [true, 2]]);
    assertSeconds(second.rates[0]?.reset, 60);
    const third = await storage.consume([one], 1);
    assert.deepEqual([third.accepted, ...said(third)], [false, [false, 2]]);
    assertSeconds(waitOf(third), 60);
  },
  async 'counts each key apart'({ rate, acceptedOf }) {
    const [one, two] = [rate(3), rate(3)];
    assert.deepEqual([await acceptedOf(5, one), await acceptedOf(5, two)], [3, 3]);
  },
  async 'answers for the rates in their order'({ storage, rate }) {
    const rates = [rate(5), rate(0), rate(1)];
    const { rates: counts } = await storage.consume(rates, 1);
    assert.deepEqual(
      counts.map((count) => count.rate),
      rates,
    );
    assert.deepEqual(
      counts.map(({ accepted }) => accepted),
      [true, false, true],
    );
  },
  async 'counts by each rate that accepts, also when another refuses'({ storage, rate }) {
    const [burst, sustained] = [rate(1), rate(3)];
    const answers = [];
    for (let sent = 0; sent < 4; sent++) answers.push(said(await storage.consume([burst, sustained], 1)));
    assert.deepEqual(answers, [
      [
        [true, 1],
        [true, 1],
      ],
      [
        [false, 1],
        [true, 2],
      ],
      [
        [false, 1],
        [true, 3],
      ],
      [
        [false, 1],
        [false, 3],
      ],
    ]);
  },
  async 'never accepts more than the smallest of several rates'({ rate, acceptedOf }) {
    assert.equal(await acceptedOf(60, rate(40), rate(20), rate(30)), 20);
  },
  async 'counts what a request costs, whole or not at all'({ storage, rate }) {
    const one = rate(10);
    assert.deepEqual(said(await storage.consume([one], 7)), [[true, 7]]);
    assert.deepEqual(said(await storage.consume([one], 4)), [[false, 7]]);
    assert.deepEqual(said(await storage.consume([one], 3)), [[true, 10]]);
  },
  async 'counts a cost of thousands'({ storage, rate }) {
    const one = rate(20_000);
    assert.deepEqual(said(await storage.consume([one], 12_345)), [[true, 12_345]]);
    assert.deepEqual(said(await storage.consume([one], 7656)), [[false, 12_345]]);
  },
  async 'knows no wait for what costs more than the limit'({ storage, rate }) {
    const counted = await storage.consume([rate(3)], 4);
    assert.deepEqual([counted.accepted, waitOf(counted), ...said(counted)], [false, null, [false, 0]]);
  },
  async 'refuses all of a limit of 0, for the length of the window'({ storage, rate }) {
    const counted = await storage.consume([rate(0, 60)], 1);
    assert.deepEqual([counted.accepted, waitOf(counted)], [false, 60]);
  },
  async 'says what it would, without counting'({ storage, rate }) {
    const one = rate(1);
    for (let asked = 0; asked < 3; asked++) assert.deepEqual(said(await storage.peek([one], 1)), [[true, 0]]);
    await storage.consume([one], 1);
    for (let asked = 0; asked < 3; asked++) assert.deepEqual(said(await storage.peek([one], 1)), [[false, 1]]);
  },
  async 'counts past a limit where it is told to, and keeps no more than the limit'({ storage, rate }) {
    const one = rate(2);
    const answers = [];
    for (let sent = 0; sent < 4; sent++) answers.push(...said(await storage.record([one], 1)));
    assert.deepEqual(answers, [
      [true, 1],
      [true, 2],
      [false, 2],
      [false, 2],
    ]);
    assert.deepEqual(said(await storage.record([one], 9)), [[false, 2]]);
  },
  async 'takes back what a request has counted, and from no rate that refused it'({ storage, rate }) {
    const [full, open] = [rate(2), rate(9)];
    await storage.consume([full, open], 2);
    const counted = await storage.consume([full, open], 2);
    await storage.refund(counted);
    assert.deepEqual(said(await storage.peek([full, open], 1)), [
      [false, 2],
      [true, 2],
    ]);
  },
  async 'takes back one request of several at one moment'({ storage, rate }) {
    const one = rate(20);
    const [counted] = (await Promise.all([2, 3, 4, 5].map((cost) => storage.consume([one], cost)))) as [Counted, ...Counted[]];
    await storage.refund(counted);
    assert.deepEqual(said(await storage.peek([one], 1)), [[true, 12]]);
  },
  async 'takes back as often as it is told, and never what is not there'({ storage, rate }) {
    const one = rate(5);
    const counted = await storage.consume([one], 1);
    for (let times = 0; times < 3; times++) await storage.refund(counted);
    assert.deepEqual(said(await storage.peek([one], 1)), [[true, 0]]);
  },
  async 'takes keys of any text'({ storage, rate }) {
    const { key, ...one } = rate(1);
    for (const suffix of [' ', '\0\r\n', '*', '{}', 'ä€😀', "');--", 'x'.repeat(1000)]) {
      assert.deepEqual(said(await storage.consume([{ ...one, key: key + suffix }], 1)), [[true, 1]], JSON.stringify(suffix));
    }
  },
  async 'counts for the guard of @nestjs/throttler, and blocks as long as it says'({ storage, rate }) {
    const { key } = rate(0);
    const ask = () => storage.increment(key, 60_000, 2, 300_000, 'default');
    const [first, second, third, fourth] = [await ask(), await ask(), await ask(), await ask()];
    assert.deepEqual([first.totalHits, second.totalHits, first.isBlocked, second.isBlocked], [1, 2, false, false]);
    assertSeconds(second.timeToExpire, 60);
    for (const refused of [third, fourth]) {
      assert.deepEqual([refused.isBlocked, refused.totalHits], [true, 3]);
      assertSeconds(refused.timeToBlockExpire, 300);
    }
  },
};

const TIMED: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  async 'lets a request in when the oldest leaves the window, and not before'({ storage, rate, advance }) {
    const one = rate(2, 10);
    await storage.consume([one], 1);
    advance(4000);
    await storage.consume([one], 1);
    advance(3000);
    const refused = await storage.consume([one], 1);
    assert.equal(refused.accepted, false);
    assertSeconds(waitOf(refused), 3);
    advance(3000);
    assert.deepEqual(said(await storage.consume([one], 1)), [[true, 2]]);
    assert.equal((await storage.consume([one], 1)).accepted, false);
    advance(4000);
    assert.deepEqual(said(await storage.consume([one], 1)), [[true, 2]]);
  },
  async 'waits until there is room for all that a request costs'({ storage, rate, advance }) {
    const one = rate(4, 100);
    await storage.consume([one], 2);
    advance(20_000);
    await storage.consume([one], 1);
    advance(20_000);
    assertSeconds(waitOf(await storage.consume([one], 3)), 60);
    assertSeconds(waitOf(await storage.consume([one], 4)), 80);
    advance(60_000);
    assert.deepEqual(said(await storage.consume([one], 3)), [[true, 4]]);
  },
  async 'keeps the rates of one request apart in time'({ storage, rate, advance }) {
    const [short, long] = [rate(1, 1), rate(2, 60)];
    await storage.consume([short, long], 1);
    advance(1000);
    assert.deepEqual(said(await storage.consume([short, long], 1)), [
      [true, 1],
      [true, 2],
    ]);
    advance(1000);
    assert.deepEqual(said(await storage.consume([short, long], 1)), [
      [true, 1],
      [false, 2],
    ]);
  },
  async 'shuts nobody out for longer than the window when its clock is set back'({ storage, rate, advance }) {
    const one = rate(1, 60);
    await storage.consume([one], 1);
    advance(-3_600_000);
    assertSeconds(waitOf(await storage.consume([one], 1)), 60);
    advance(61_000);
    assert.equal((await storage.consume([one], 1)).accepted, true);
  },
  async 'takes back a request and not a later one'({ storage, rate, advance }) {
    const one = rate(2, 60);
    const first = await storage.consume([one], 1);
    advance(30_000);
    await storage.consume([one], 1);
    await storage.refund(first);
    advance(45_000);
    assert.deepEqual(said(await storage.peek([one], 1)), [[true, 1]]);
  },
  async 'blocks for the guard of @nestjs/throttler until the time that it says is over'({ storage, rate, advance }) {
    const { key } = rate(0);
    const ask = () => storage.increment(key, 1000, 1, 60_000, 'default');
    assert.deepEqual([(await ask()).isBlocked, (await ask()).isBlocked], [false, true]);
    advance(50_000);
    assert.equal((await ask()).isBlocked, true);
    advance(11_000);
    assert.equal((await ask()).isBlocked, false);
  },
};

/**
 * What every throttle storage must do, as cases for any test runner. Each opens a storage of its own and closes it; the keys are new each time, so that
 * a server can be shared.
 *
 * @example
 * for (const { title, run } of throttleStorageConformance(() => ({ storage: new MemoryThrottleStorage() }))) it(title, run);
 */
export function throttleStorageConformance(open: () => Promise<OpenedThrottleStorage> | OpenedThrottleStorage): readonly ConformanceCase[] {
  const caseOf = ([title, run]: [string, (bench: Bench) => Promise<void>], timed: boolean): ConformanceCase => ({
    title,
    async run() {
      const opened = await open();
      try {
        if (!timed || opened.advance) await run(benchOf(opened));
      } finally {
        await opened.close?.();
      }
    },
  });
  return [...Object.entries(CASES).map((one) => caseOf(one, false)), ...Object.entries(TIMED).map((one) => caseOf(one, true))];
}

function benchOf(opened: OpenedThrottleStorage): Bench {
  const { storage } = opened;
  return {
    storage,
    rate: (limit, duration = 60) => ({ key: `conformance-${randomUUID()}`, limit, duration }),
    async acceptedOf(requests, ...rates) {
      const answers = await Promise.all(Array.from({ length: requests }, () => storage.consume(rates, 1)));
      return answers.filter(({ accepted }) => accepted).length;
    },
    advance: (milliseconds) => opened.advance?.(milliseconds),
  };
}
