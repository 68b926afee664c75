import { describe, expect, it } from 'vitest';
import type { Lookup, LookupAnswer } from '../../../src/framework/plan/lookup.js';
import { answerQuestions, type Leaving } from '../../../src/framework/serializers/input/answer-questions.js';
import type { Question } from '../../../src/framework/serializers/input/parsed.js';
import { UnmadeKey } from '../../../src/framework/serializers/input/rival-values.js';
import { models } from '../../../src/library/generated/models.js';

const scope = { bio: '' };
const rows = (model: typeof models.author | typeof models.book, field: string, values: unknown[], within?: object): Lookup => ({
  kind: 'rows',
  model,
  field,
  values,
  ...(within && { scope: within }),
});
const exists = (title: string): Lookup => ({ kind: 'exists', model: models.book, values: { title } });

/** What is asked for a list of lookups, call by call, and the answer that each of them gets. */
const answers = (...wanted: Lookup[]) => settle(wanted.map((lookup) => ({ lookup, owner: {} })));

async function settle(wanted: readonly Pick<Question, 'lookup' | 'owner'>[], leaving?: Leaving) {
  const calls: (readonly Lookup[])[] = [];
  const settled: LookupAnswer[] = [];
  await answerQuestions(
    wanted.map((question, at) => ({ ...question, settle: (answer) => void (settled[at] = answer) })),
    async (asked) => (
      calls.push(asked),
      asked.map((lookup) =>
        lookup.kind === 'exists'
          ? lookup.values['title'] === 'yes'
          : lookup.kind === 'taken'
            ? new Set(lookup.values.flatMap(([title], at) => (title === 'yes' ? [at] : [])))
            : new Map(lookup.values.map((value) => [String(value), { key: value, rows: 1 }])),
      )
    ),
    leaving,
  );
  return { calls, settled };
}

describe('questions to the database', () => {
  it('after rows of one field are asked as one, each value once', async () => {
    const { calls, settled } = await answers(
      rows(models.author, 'id', [1]),
      exists('yes'),
      rows(models.author, 'id', [2, 1]),
      rows(models.author, 'id', [3]),
    );
    expect(calls).toEqual([[rows(models.author, 'id', [1, 2, 3]), exists('yes')]]);
    expect([settled[0], settled[2], settled[3]].map((answer) => [...(answer as Map<string, unknown>).keys()])).toEqual([
      ['1', '2', '3'],
      ['1', '2', '3'],
      ['1', '2', '3'],
    ]);
    expect(settled[1]).toBe(true);
  });

  it('of another model, field or scope stay apart', async () => {
    const apart = [
      rows(models.author, 'id', [1]),
      rows(models.book, 'id', [1]),
      rows(models.author, 'email', ['x']),
      rows(models.author, 'id', [1], scope),
      rows(models.book, 'id', [1], scope),
      rows(models.author, 'id', [1], { ...scope }),
    ];
    expect((await answers(...apart)).calls).toEqual([apart]);
  });

  it('of which there are none are not asked', async () => {
    expect((await answers()).calls).toEqual([]);
  });

  it('of which there are thousands are more than one statement can hold', async () => {
    const { calls, settled } = await answers(...Array.from({ length: 2500 }, (_one, at) => rows(models.author, 'id', [at], { ...scope })));
    expect(calls.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(settled.map((answer) => [...(answer as Map<string, unknown>).keys()][0])).toEqual(Array.from({ length: 2500 }, (_one, at) => String(at)));
  });
});

describe('questions after unique values', () => {
  const title = (text: unknown, id?: number): Lookup => ({
    kind: 'exists',
    model: models.book,
    values: { title: text },
    ...(id !== undefined && { except: { id } }),
  });
  const taken = (values: unknown[], except: number[] = []) => ({
    kind: 'taken',
    model: models.book,
    columns: ['title'],
    values: values.map((value) => [value]),
    except: except.map((id) => ({ id })),
  });

  it('of one constraint are asked as one, and every object gets its own answer', async () => {
    const { calls, settled } = await answers(title('no'), title('yes'), title('other'));
    expect(calls).toEqual([[taken(['no', 'yes', 'other'])]]);
    expect(settled).toEqual([false, true, false]);
  });

  it('of one object stay as they are', async () => {
    expect((await answers(title('yes', 7))).calls).toEqual([[title('yes', 7)]]);
  });

  it('of other columns stay apart', async () => {
    const sets: Lookup[] = [title('no'), { kind: 'exists', model: models.book, values: { title: 'no', authorId: 1 } }];
    expect((await answers(...sets)).calls).toEqual([sets]);
  });

  it('are answered yes where another object of the request would have the values first', async () => {
    const { calls, settled } = await answers(title('a'), title('b'), title('a'));
    expect(calls).toEqual([[taken(['a', 'b'])]]);
    expect(settled).toEqual([false, false, true]);
  });

  it('of the same object are no rivals', async () => {
    const owner = {};
    expect((await settle([title('a'), title('a')].map((lookup) => ({ lookup, owner })))).settled).toEqual([false, false]);
  });

  it('leave out every row that the request changes: two rows may exchange their values', async () => {
    const { calls, settled } = await answers(title('a', 2), title('b', 1));
    expect(calls).toEqual([[taken(['a', 'b'], [2, 1])]]);
    expect(settled).toEqual([false, false]);
  });

  it('leave out the rows that the request removes', async () => {
    const { calls } = await settle([{ lookup: title('a') }], new Map([[models.book, [{ id: 5 }]]]));
    expect(calls).toEqual([[taken(['a'], [5])]]);
  });

  it('with the key of a row that is not made yet are asked of the request alone', async () => {
    const [one, other] = [new UnmadeKey(), new UnmadeKey()];
    const { calls, settled } = await answers(title(one), title(other), title(one));
    expect(calls).toEqual([]);
    expect(settled).toEqual([false, false, true]);
  });
});
