import { describe, expect, it } from 'vitest';
import { defaultOrdering, parseOrdering, withPrimaryKey } from '../../../src/framework/plan/ordering.js';
import { models } from '../../../src/library/generated/models.js';

const text = (ordering: ReturnType<typeof parseOrdering>) =>
  ordering.map(({ path, count, descending }) => `${descending ? '-' : ''}${path.join('.')}${count ? '#' : ''}`).join(' ');

describe('parseOrdering', () => {
  it.each([
    ['ends with the primary key, ascending', ['title'], 'title id'],
    ["ends with the primary key in the last key's direction", ['title', '-pages'], 'title -pages -id'],
    ['leaves a primary key where it stands', ['-id', 'title'], '-id title'],
    ['is the primary key without keys', [], 'id'],
    ['knows the primary key as pk', ['-pk'], '-id'],
    ['follows to-one relations', ['author__name'], 'author.name id'],
    ['counts the rows of to-many relations', ['-genres__count'], '-genres# -id'],
    ["takes a relation for its model's default order", ['author'], 'author.id id'],
  ])('%s', (_, keys, expected) => expect(text(parseOrdering(models.book, keys))).toBe(expected));

  it.each([
    ['an unknown field', 'nope', /Book: the ordering 'nope' names 'nope', which Book lacks; use one of id, title/],
    ['an unknown field of a relation', 'author__nope', /which Author lacks/],
    ['a path through a field', 'title__x', /names 'title'/],
    ['a path through many rows', 'genres__slug', /order by 'genres__count'/],
    ['a prototype key', '__proto__', /lacks/],
    ['an empty key', '', /lacks/],
  ])('refuses %s', (_, key, message) => expect(() => parseOrdering(models.book, [key])).toThrow(message));

  it("reads a model's own order once", () => {
    expect(text(defaultOrdering(models.loan))).toBe('borrowedAt id');
    expect(defaultOrdering(models.loan)).toBe(defaultOrdering(models.loan));
  });

  it('adds no key to an order that holds it', () => {
    const ordering = parseOrdering(models.book, ['title']);
    expect(withPrimaryKey(models.book, ordering)).toEqual(ordering);
  });
});
