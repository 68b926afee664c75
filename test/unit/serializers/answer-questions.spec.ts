import { describe, expect, it } from 'vitest';
import type { Lookup, LookupAnswer } from '../../../src/framework/prisma/lookup.js';
import { answerQuestions } from '../../../src/framework/serializers/answer-questions.js';
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
async function answers(...wanted: Lookup[]) {
  const calls: (readonly Lookup[])[] = [];
  const settled: LookupAnswer[] = [];
  await answerQuestions(
    wanted.map((lookup, at) => ({ lookup, settle: (answer) => void (settled[at] = answer) })),
    async (asked) => (
      calls.push(asked),
      asked.map((lookup) =>
        lookup.kind === 'exists' ? lookup.values['title'] === 'yes' : new Map(lookup.values.map((value) => [String(value), { key: value, rows: 1 }])),
      )
    ),
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
      rows(models.author, 'id', [1], { ...scope }),
    ];
    expect((await answers(...apart)).calls).toEqual([apart]);
  });

  it('of which there are none are not asked', async () => {
    expect((await answers()).calls).toEqual([]);
  });

  it('of which there are thousands are more than one statement can hold', async () => {
    const { calls, settled } = await answers(...Array.from({ length: 2500 }, (_one, at) => exists(at === 2400 ? 'yes' : 'no')));
    expect(calls.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(settled.flatMap((answer, at) => (answer === true ? [at] : []))).toEqual([2400]);
  });
});
