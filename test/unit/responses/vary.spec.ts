import { describe, expect, it } from 'vitest';
import { varyBy } from '../../../src/framework/responses/vary.js';

describe('Vary with a further header', () => {
  it.each<[unknown, string]>([
    [undefined, 'Accept-Language'],
    ['', 'Accept-Language'],
    ['Accept', 'Accept, Accept-Language'],
    ['Accept, Cookie', 'Accept, Cookie, Accept-Language'],
    ['Accept,Cookie', 'Accept, Cookie, Accept-Language'],
    [['Accept', 'Origin, Cookie'], 'Accept, Origin, Cookie, Accept-Language'],
    ['Accept-Language', 'Accept-Language'],
    ['accept-language, Accept', 'accept-language, Accept'],
    ['*', '*'],
    ['Accept, *', 'Accept, *'],
  ])('of %j is %j', (sent, vary) => {
    expect(varyBy(sent, 'Accept-Language')).toBe(vary);
  });
});
