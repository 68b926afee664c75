import { describe, expect, it } from 'vitest';
import { BrowsableAPIRenderer } from '../../../src/framework/renderers/browsable-api-renderer.js';
import { linkedJson } from '../../../src/framework/renderers/html/linked-json.js';
import { HANDLER, requestOf } from '../requests/request-of.js';

const renderer = new BrowsableAPIRenderer();
const EVIL = '</pre><script>alert("1")</script>&\'';

function page(data: unknown, raw: Parameters<typeof requestOf>[0] = {}, handler: object = HANDLER): string {
  return renderer.render(data, {
    request: requestOf(raw, handler),
    status: 200,
    acceptedMediaType: 'text/html',
    headers: { allow: 'GET, POST', 'content-type': 'application/json' },
  });
}

describe('the page for browsers', () => {
  it('is text/html in UTF-8 under the format api', () => {
    expect([renderer.mediaType, renderer.format, renderer.charset]).toEqual(['text/html', 'api', 'utf-8']);
  });

  it('shows name, description, request, status, headers and indented data', () => {
    const html = page({ id: 1, name: 'Çé' }, { url: '/books/?page=2' });
    for (const part of [
      '<title>Book List</title>',
      '<h1>Book List</h1>',
      'Books of the library.',
      '<b>GET</b> /books/?page=2',
      'HTTP 200 OK',
      '<b>Allow:</b> GET, POST',
      '<b>Content-Type:</b> application/json',
    ]) {
      expect(html).toContain(part);
    }
    expect(html).toContain('{\n    &quot;id&quot;: 1,\n    &quot;name&quot;: &quot;Çé&quot;\n}');
  });

  it.each([
    ['data', page({ text: EVIL, [EVIL]: 1 })],
    ['the address', page({}, { url: `/books/?q=${EVIL}` })],
    ['the method', page({}, { method: EVIL })],
    ['the name and the description', page({}, {}, { ...HANDLER, name: EVIL, description: EVIL })],
    ['a link', page({ url: `http://api.example/${EVIL}` })],
    ['the host', page({ url: 'http://api.example/' }, { host: EVIL })],
  ])('escapes what comes with %s, and holds no script', (_title, html) => {
    expect(html).not.toMatch(/<script/i);
    expect(html.match(/<\/pre>/g)).toHaveLength(2);
    expect(html).not.toContain('alert("');
  });

  it('forbids scripts to the browser too', () => {
    expect(page({})).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
  });

  it('shows no data where there is none', () => {
    expect(page(null)).not.toContain('null');
  });
});

describe('a text in the data', () => {
  const link = (url: string) => linkedJson(JSON.stringify({ url }), 'http://api.example:8000');

  it.each(['http://api.example:8000/books/1/', 'http://api.example:8000', 'http://API.example:8000/a?b=c&d=%22'])(
    'is a link where it is an address of this host: %s',
    (url) => {
      expect(link(url)).toContain(`<a href="${url.replace('&', '&amp;')}" rel="nofollow">`);
    },
  );

  it.each([
    'https://api.example:8000/',
    'http://api.example/',
    'http://api.example:8000@evil.example/',
    'http://api.example:8000.evil.example/',
    'http://evil.example/http://api.example:8000/',
    'javascript:alert(1)//http://api.example:8000/',
    'see http://api.example:8000/',
    '"http://api.example:8000/"',
    'http://',
    '/books/1/',
  ])('is none otherwise: %s', (url) => {
    expect(link(url)).not.toContain('<a ');
  });

  it('cannot leave the attribute', () => {
    expect(link(`http://api.example:8000/'onclick='x`)).toBe(
      '{&quot;url&quot;:&quot;<a href="http://api.example:8000/&#x27;onclick=&#x27;x" rel="nofollow">http://api.example:8000/&#x27;onclick=&#x27;x</a>&quot;}',
    );
  });

  it('is plain text where the host is none', () => {
    expect(linkedJson('"http://x/"', 'http://<>')).toBe('&quot;http://x/&quot;');
  });
});
