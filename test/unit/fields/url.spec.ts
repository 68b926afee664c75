import { describe, expect, it } from 'vitest';
import { url } from '../../../src/framework/fields/url-field.js';
import { refused, shown } from './reading.js';

describe('a URL', () => {
  it.each([
    'http://www.djangoproject.com/',
    'HTTPS://EXAMPLE.COM',
    'http://localhost',
    'http://LOCALHOST:8000/',
    'ftps://example.com/x',
    'http://example.com.',
    'http://www.example.com:8000/test?a=b#c',
    'http://valid-----hyphens.com/',
    'http://200.8.9.10/',
    'http://0.0.0.0/',
    'http://255.255.255.255',
    'http://[::192.9.5.5]/ipng',
    'http://[1080:0:0:0:8:800:200C:417A]/index.html',
    'http://[::FFFF:129.144.52.38]:80/index.html',
    'http://userid:password@example.com:8080/',
    'http://userid:@example.com',
    "http://-._~!$&'()*+,;=%40:80%2f@example.com",
    'http://✪df.ws/123',
    'http://例子.测试',
    'http://exämple.com/ä',
    'https://xn--fiqs8s.xn--p1ai/',
    'http://example.com?something=value',
    'http://a.b-c.de',
    `http://${'a'.repeat(63)}.com`,
    `http://${'a.'.repeat(125)}com`,
    `http://example.com/${'a'.repeat(2_029)}`,
  ])('%s is one', (value) => expect(shown(url(), value)).toBe(value));

  it.each([
    'foo',
    'http://',
    'http://example',
    'http://example.',
    'http://.com',
    'http://invalid-.com',
    'http://-invalid.com',
    'http://invalid.com-',
    'http://inv-.alid-.com',
    'http://##/',
    'http:// shouldfail.com',
    'http://foo.bar/foo bar',
    ':// should fail',
    'rdar://1234',
    'h://test',
    'javascript:alert(1)',
    '//example.com',
    'http://256.1.1.1',
    'http://01.2.3.4',
    'http://1.1.1.1.1',
    'http://123.123.123',
    'http://3628126748',
    'http://[a',
    'http://[::1:2::3]:8080/',
    'http://[fe80::1%25eth0]/',
    'http://foo@bar@example.com',
    'http://foo/bar@example.com',
    'http://foo:bar:baz@example.com',
    'http://:@example.com',
    'http://example.com:123456/',
    'http://example.com:/',
    'http://a_b.com',
    'http://www.asdasdasdasdsadfm.com.br\n.de',
    `http://${'a'.repeat(64)}.com`,
    `http://${'a.'.repeat(127)}com`,
    `http://example.com/${'a'.repeat(2048)}`,
    'ssh://example.com',
    12,
  ])('%j is none', (value) => expect(shown(url(), value)).toEqual(refused('invalid')));

  it.each([`http://${'a@'.repeat(50_000)}`, `http://${'a.'.repeat(1000)}-`, `http://${'-'.repeat(2000)}`])(
    'a long text is refused in linear time',
    (value) => {
      const start = performance.now();
      expect(shown(url(), value)).toEqual(refused('invalid'));
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );

  it('describes itself as a URL', () => expect(url().describe()).toEqual({ type: 'url', schema: { type: 'string', format: 'uri' } }));
});
