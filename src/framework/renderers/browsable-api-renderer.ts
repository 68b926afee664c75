import { STATUS_CODES } from 'node:http';
import { jsonText } from './json-renderer.js';
import { escapeHtml } from './html/escape-html.js';
import { linkedJson } from './html/linked-json.js';
import { Renderer, type RendererContext } from './renderer.js';

const INDENT = 4;
const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1b1b1b;background:#fff}' +
  'h1{margin:0 0 .25rem}pre{background:#f5f5f5;border:1px solid #ddd;border-radius:4px;padding:1rem;overflow:auto}a{color:#0b57a4}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}pre{background:#222;border-color:#444}a{color:#8ab8ff}}';

/**
 * A page for browsers (REND-6): the request, the answer's status and headers, and its data as indented JSON with links to follow.
 * It runs no script. All that comes from data or from the client is escaped; a link is one only if it leads to this host.
 */
export class BrowsableAPIRenderer extends Renderer {
  override readonly mediaType: string = 'text/html';
  override readonly format: string = 'api';

  override render(data: unknown, context: RendererContext): string {
    const { request } = context;
    const name = escapeHtml(request.handler?.name || 'API');
    const description = request.handler?.description;
    return [
      '<!DOCTYPE html>',
      '<html lang="en">',
      '<head>',
      '<meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      '<meta name="robots" content="noindex">',
      `<title>${name}</title>`,
      `<style>${STYLE}</style>`,
      '</head>',
      '<body>',
      `<h1>${name}</h1>`,
      ...(description ? [`<p>${escapeHtml(description)}</p>`] : []),
      `<pre><b>${escapeHtml(request.method)}</b> ${escapeHtml(request.raw.url)}</pre>`,
      `<pre>${this.#head(context)}\n\n${this.#content(data, context)}</pre>`,
      '</body>',
      '</html>',
      '',
    ].join('\n');
  }

  #head({ status, headers = {} }: RendererContext): string {
    const lines = Object.entries(headers).map(([name, value]) => `<b>${escapeHtml(titled(name))}:</b> ${escapeHtml(String(value))}`);
    return [`<b>HTTP ${status} ${escapeHtml(STATUS_CODES[status] ?? '')}</b>`, ...lines].join('\n');
  }

  #content(data: unknown, { request }: RendererContext): string {
    return data === null || data === undefined ? '' : linkedJson(jsonText(data, INDENT), request.baseUrl);
  }
}

const titled = (header: string) => header.replace(/(?<![a-z])[a-z]/gi, (letter) => letter.toUpperCase());
