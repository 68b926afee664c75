import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonText } from '../../src/framework/renderers/json-renderer.js';
import { ModelSerializer } from '../../src/framework/serializers/model-serializer.js';
import { openClubs, type Clubs } from './clubs.js';

let clubs: Clubs;
beforeAll(async () => void (clubs = await openClubs()), 180_000);
afterAll(() => clubs.close());

describe('a value of each type of column', () => {
  it.each<[column: string, sent: unknown, shown?: unknown]>([
    ['small', -32_768],
    ['oid', 4_294_967_295],
    ['big', 9_007_199_254_740_991],
    ['real', 1.5],
    ['real', 3.4028234663852886e38, 3.4028235e38],
    ['double', -1.797693134862315e308],
    ['double', 0.1 + 0.2],
    ['double', 5e-324],
    ['decimal', '-123456.78'],
    ['money', '92233720368547758.07'],
    ['money', '-92233720368547758.08'],
    ['char', 'abc'],
    ['varchar', 'é😀x'],
    ['text', "'; drop table x; --"],
    ['xml', '<a>b</a>'],
    ['inet', '192.168.0.1'],
    ['inet', '2001:0DB8::1', '2001:db8::1'],
    ['uuid', '825D7AEB05A945B5A5B705DF87923CDA', '825d7aeb-05a9-45b5-a5b7-05df87923cda'],
    ['bit', '101'],
    ['varbit', '1'],
    ['date', '0001-01-01'],
    ['date', '9999-12-31'],
    ['time', '23:59:59.123000'],
    ['timetz', '00:00:00'],
    ['timestamp', '2024-02-29T12:30:00.123000Z'],
    ['moment', '2024-02-29T12:30:00+02:00', '2024-02-29T10:30:00Z'],
    ['json', [null, { a: 1.5 }]],
    ['jsonb', 'text'],
    ['bytes', 'AP8='],
    ['size', 'l'],
    ['flag', false],
    ['texts', ['a', 'a']],
    ['texts', []],
    ['bigs', [1, 2]],
    ['decimals', ['1.10']],
    ['dates', ['2024-02-29']],
    ['blobs', ['AP8=', '']],
    ['sizes', ['l', 's', 'l'], ['l', 's']],
    ['jsons', [{ a: [] }, 1]],
  ])('is stored and shown: %s %j', async (column, sent, shown = sent) => {
    class One extends ModelSerializer(clubs.models['everything']!, { fields: [column] }) {}
    expect(JSON.parse(jsonText(await clubs.save(One, { [column]: sent }), 0))).toEqual({ [column]: shown });
  });

  it('is null where nothing was sent', async () => {
    class All extends ModelSerializer(clubs.models['everything']!, { fields: 'all' }) {}
    const shown = await clubs.save(All, {});
    expect(new Set(Object.values(shown).filter((value) => !Array.isArray(value) && typeof value !== 'number'))).toEqual(new Set([null]));
  });

  it('is refused by the database where that alone can tell', async () => {
    class One extends ModelSerializer(clubs.models['everything']!, { fields: ['xml'] }) {}
    await expect(clubs.save(One, { xml: '<a' })).rejects.toThrow(/XML/);
  });
});
