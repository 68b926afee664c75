import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../../src/framework/fields/field.js';
import type { BoundField } from '../../../src/framework/serializers/compiled/compiled-serializer.js';
import { placeValues } from '../../../src/framework/serializers/input/place-values.js';

const placed = (sources: readonly string[], values: readonly unknown[]) => placeValues(sources.map((source) => ({ source }) as BoundField))(values);

describe('the data of values', () => {
  it.each<[string, string[], unknown[], unknown]>([
    ['under their sources', ['title', 'pages'], ['a', 1], { title: 'a', pages: 1 }],
    ['without what was not sent', ['title', 'pages', 'price'], ['a', EMPTY, null], { title: 'a', price: null }],
    ['of nothing', ['title'], [EMPTY], {}],
    ['of no fields', [], [], {}],
    ['down a dotted source', ['author.name', 'author.born', 'title'], ['a', 1, 'b'], { author: { name: 'a', born: 1 }, title: 'b' }],
    ['of the whole', ['*', 'title'], [{ x: 1, y: 2 }, 'a'], { x: 1, y: 2, title: 'a' }],
    ['of a word of the language', ['class', 'default', 'constructor'], [1, 2, 3], { class: 1, default: 2, constructor: 3 }],
    ['of a name that is no identifier', ['a-b', 'c"d'], [1, 2], { 'a-b': 1, 'c"d': 2 }],
  ])('%s', (_what, sources, values, expected) => expect(placed(sources, values)).toEqual(expected));

  it('is in the order of the fields', () => expect(Object.keys(placed(['b', 'a'], [1, 2]))).toEqual(['b', 'a']));
});
