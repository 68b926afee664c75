import { escapeHtml } from './escape-html.js';

/** JSON as HTML: escaped, and a text that is an http(s) address of the same host made a link. */
export function linkedJson(json: string, baseUrl: string): string {
  const origin = originOf(baseUrl);
  let html = '';
  let from = 0;
  for (const match of json.matchAll(/(?<!\\)"(https?:\/\/[^\s"\\]{1,2000})"/gi)) {
    const url = match[1]!;
    if (origin === null || originOf(url) !== origin) continue;
    const escaped = escapeHtml(url);
    html += `${escapeHtml(json.slice(from, match.index + 1))}<a href="${escaped}" rel="nofollow">${escaped}</a>`;
    from = match.index + 1 + url.length;
  }
  return html + escapeHtml(json.slice(from));
}

function originOf(url: string): string | null {
  return URL.canParse(url) && /^https?:/i.test(url) ? new URL(url).origin : null;
}
