#!/usr/bin/env node
/**
 * Replays recorded requests against a running server and compares what it answers with what Django REST framework answered.
 *
 *   node replay.mjs --base http://127.0.0.1:3000 [--cases DIR] [--deviations FILE] [--area NAME] [--name TEXT] [--show N] [--json FILE]
 *
 * Before each scenario it POSTs to /reset/, which must put the database back to fixture.json and empty caches and throttles.
 *
 * Compared: the status; media type and charset; Allow as a set; Vary (a recorded name must be there, Cookie aside, and never `*`); Cache-Control
 * (a recorded directive must be there, and none that contradicts it); Location, WWW-Authenticate, Link and Content-Disposition, present or
 * absent; Retry-After within 2 s; and the body: JSON without regard to the order of keys, integers to the last digit. Where Django answered an
 * error as HTML, JSON with a `detail` is expected.
 *
 * A deviations file lists differences that are meant: [{ "area", "scenario", "step": 1, "reason", "expect": { "status": 400, "body"?: … } }]; steps count
 * from 1. They are counted apart, and one that answers otherwise than it says, or no longer differs, is a failure.
 *
 * Exit status: 0 when every request is answered alike or deviates as listed, 1 otherwise, 2 when nothing was replayed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import http from 'node:http';

const { values: options } = parseArgs({
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:3000' },
    cases: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), 'cases') },
    deviations: { type: 'string' },
    area: { type: 'string' },
    name: { type: 'string' },
    show: { type: 'string', default: '20' },
    json: { type: 'string' },
  },
});
const base = options.base.replace(/\/$/, '');
const { hostname, port } = new URL(base);
const deviations = options.deviations ? JSON.parse(readFileSync(options.deviations, 'utf8')) : [];

/** Percent-encodes what the recorder's `urllib.parse.quote` did, byte by byte, and nothing else: no path is normalised on its way. */
function quote(path) {
  let quoted = '';
  for (const byte of Buffer.from(path, 'utf8')) {
    const character = String.fromCharCode(byte);
    quoted += /[A-Za-z0-9_.~/?&=%:+,;@!$'()*#[\]-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return quoted;
}

function multipartBody(parts, boundary) {
  const text = parts.map(
    (part) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${part.filename !== undefined ? `; filename="${part.filename}"` : ''}` +
      `${part.type !== undefined ? `\r\nContent-Type: ${part.type}` : ''}\r\n\r\n${part.value}\r\n`,
  );
  return Buffer.from(`${text.join('')}--${boundary}--\r\n`);
}

/** Sends one recorded request; headers go out as they were written, without any that a client would add by itself. */
function send({ method, path, headers = {}, json, text, multipart }) {
  const sent = { ...headers };
  let body;
  if (json !== undefined) {
    body = Buffer.from(JSON.stringify(json));
    sent['Content-Type'] ??= 'application/json';
  } else if (text !== undefined) {
    body = Buffer.from(text);
  } else if (multipart) {
    body = multipartBody(multipart, 'conformance-boundary');
    sent['Content-Type'] ??= 'multipart/form-data; boundary=conformance-boundary';
  }
  if (body || ['POST', 'PUT', 'PATCH'].includes(method)) sent['Content-Length'] = body?.length ?? 0;
  return new Promise((resolve, reject) => {
    const request = http.request({ host: hostname, port, path: quote(path), method, headers: sent, agent: false, timeout: 30_000 }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, raw: Buffer.concat(chunks).toString('utf8') }));
      answer.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in 30 s')));
    request.on('error', reject);
    request.end(body);
  });
}

/** JSON.parse that keeps integers too large for a double apart, as text. */
const parseExactly = (text) =>
  JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|(?<![\w.+])-?\d{16,}(?![\d.eE])/g, (token) => (token.startsWith('"') ? token : `"<integer ${token}>"`)));

const NEW = new Set(['created_at', 'updated_at', 'borrowed_at', 'returned_at']);

/** A string of ours as the recorder would have written it. */
function normalise(text, area, key) {
  let value = text.replaceAll(base, '{base}').replace(/cursor=[^&]+/g, 'cursor=<cursor>');
  if (area === 'throttling') value = value.replace(/available in \d+ seconds?/g, 'available in <n> seconds');
  if (NEW.has(key) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(value) && Math.abs(Date.now() - Date.parse(value)) < 10 * 60e3)
    value = '<now>';
  if (key === 'token' && value !== '') value = '<token>';
  if (key === 'id' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value) && !value.startsWith('00000000-'))
    value = '<uuid>';
  return value;
}

function differences(expected, actual, area, at = 'body', key) {
  const differ = () => [`${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)?.slice(0, 300)}`];
  if (expected !== null && typeof expected === 'object' && '$prefix' in expected)
    return typeof actual === 'string' && actual.startsWith(expected.$prefix) ? [] : differ();
  if (typeof expected === 'string' && typeof actual === 'string') return expected === normalise(actual, area, key) ? [] : differ();
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length)
      return [`${at}: expected ${expected.length} items, got ${actual.length}: ${JSON.stringify(actual).slice(0, 200)}`];
    return expected.flatMap((item, index) => differences(item, actual[index], area, `${at}[${index}]`, key));
  }
  if (expected && actual && typeof expected === 'object' && typeof actual === 'object' && !Array.isArray(expected) && !Array.isArray(actual)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(actual)])].flatMap((name) => {
      if (!(name in actual)) return [`${at}.${name}: missing, expected ${JSON.stringify(expected[name])}`];
      if (!(name in expected)) return [`${at}.${name}: not expected, got ${JSON.stringify(actual[name])?.slice(0, 200)}`];
      return differences(expected[name], actual[name], area, `${at}.${name}`, name);
    });
  }
  return expected === actual ? [] : differ();
}

const tokens = (header) =>
  (header ?? '')
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter(Boolean)
    .sort();
const mediaType = (header) =>
  (header ?? '')
    .toLowerCase()
    .replace(/\s*;\s*/g, '; ')
    .trim();

function cacheControlDiffers(expected, actual) {
  const wanted = tokens(expected);
  const given = tokens(actual);
  if (wanted.some((token) => !given.includes(token))) return true;
  const shared = given.some((token) => token === 'public' || token.startsWith('s-maxage'));
  if (wanted.length === 0) return shared;
  const kept = wanted.some((token) => token.startsWith('max-age') && token !== 'max-age=0') && !wanted.includes('no-store');
  return kept ? given.some((token) => token === 'no-store' || token === 'no-cache' || token === 'max-age=0') : shared;
}

function compareHeaders(expected, answer, area) {
  const found = [];
  const differ = (name, value) => found.push(`${name}: expected ${JSON.stringify(value)}, got ${JSON.stringify(answer.headers[name])}`);
  for (const name of ['location', 'www-authenticate', 'link', 'content-disposition']) {
    const actual = answer.headers[name];
    if (expected.headers[name] !== (actual === undefined ? undefined : normalise(actual, area))) differ(name, expected.headers[name]);
  }
  const { allow, vary, 'retry-after': wait, 'cache-control': caching, 'content-type': type } = expected.headers;
  if (allow !== undefined && tokens(allow).join() !== tokens(answer.headers.allow).join()) differ('allow', allow);
  const varied = tokens(answer.headers.vary);
  if (varied.includes('*') || !tokens(vary).every((token) => token === 'cookie' || varied.includes(token))) differ('vary', vary);
  if (cacheControlDiffers(caching, answer.headers['cache-control'])) differ('cache-control', caching);
  if (wait === undefined ? answer.headers['retry-after'] !== undefined : !(Math.abs(Number(answer.headers['retry-after']) - Number(wait)) <= 2))
    differ('retry-after', wait);
  const html = type?.startsWith('text/html');
  if (!html && mediaType(type) !== mediaType(answer.headers['content-type'])) differ('content-type', type);
  return found;
}

function compareBody(expected, answer, area) {
  const html = expected.headers['content-type']?.startsWith('text/html');
  if (html && expected.status < 400) return [];
  if (expected.text !== undefined)
    return expected.text === answer.raw ? [] : [`text: expected ${JSON.stringify(expected.text)}, got ${JSON.stringify(answer.raw.slice(0, 200))}`];
  if (expected.body === undefined && !html) return answer.raw === '' ? [] : [`body: expected none, got ${answer.raw.slice(0, 200)}`];
  let actual;
  try {
    actual = parseExactly(answer.raw);
  } catch {
    return [`body: not JSON: ${answer.raw.slice(0, 200)}`];
  }
  if (html) return typeof actual?.detail === 'string' ? [] : [`body: expected an object with a detail, got ${answer.raw.slice(0, 200)}`];
  return differences(expected.body, actual, area);
}

function compare(expected, answer, method, area) {
  if (expected.status !== answer.status) return [`status: expected ${expected.status}, got ${answer.status} ${answer.raw.slice(0, 300)}`];
  return [...compareHeaders(expected, answer, area), ...(method === 'HEAD' ? [] : compareBody(expected, answer, area))];
}

function compareDeviation({ expect, reason }, answer, found) {
  if (found.length === 0) return [`listed as a deviation (${reason}) but answered alike: strike it from the list`];
  if (expect.status !== answer.status)
    return [`status: the listed deviation says ${expect.status}, got ${answer.status} ${answer.raw.slice(0, 300)}`];
  return expect.body === undefined ? [] : differences(expect.body, JSON.parse(answer.raw));
}

const pick = (body, path) => path.split('.').reduce((value, key) => value?.[key], body);

async function run(area, scenario, exact) {
  const reset = await send({ method: 'POST', path: '/reset/' });
  if (reset.status !== 204) throw new Error(`POST /reset/ answered ${reset.status} ${reset.raw.slice(0, 300)}`);
  const captured = {};
  const results = [];
  for (const [index, { request, capture = {} }] of scenario.steps.entries()) {
    const path = request.path.replace(/\{(\w+)\}/g, (whole, name) => captured[name] ?? whole);
    const deviation = deviations.find((item) => item.area === area && item.scenario === scenario.name && item.step === index + 1);
    let found;
    try {
      const answer = await send({ ...request, path });
      found = compare(exact.steps[index].response, answer, request.method, area);
      if (deviation) found = compareDeviation(deviation, answer, found);
      for (const [name, at] of Object.entries(capture)) {
        let value;
        try {
          value = pick(JSON.parse(answer.raw), at);
        } catch {
          /* no JSON: nothing to capture, which is said below */
        }
        if (value === undefined || value === null) found.push(`capture ${name}: the answer has no ${at}`);
        else captured[name] = String(value).replace(base, '');
      }
    } catch (error) {
      found = [`no answer: ${error.message}`];
    }
    results.push({ step: index + 1, request: { ...request, path }, found, deviates: deviation !== undefined && found.length === 0 });
  }
  return results;
}

const areas = {};
const failures = [];
for (const file of readdirSync(options.cases)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  const area = file.slice(0, -5);
  if (options.area && options.area !== area) continue;
  const text = readFileSync(join(options.cases, file), 'utf8');
  const exact = parseExactly(text);
  const count = { scenarios: 0, requests: 0, alike: 0, deviating: 0 };
  for (const [index, scenario] of JSON.parse(text).entries()) {
    if (options.name && !scenario.name.includes(options.name)) continue;
    count.scenarios += 1;
    for (const { step, request, found, deviates } of await run(area, scenario, exact[index])) {
      count.requests += 1;
      if (found.length) failures.push({ area, scenario: scenario.name, step, request, found });
      else if (deviates) count.deviating += 1;
      else count.alike += 1;
    }
  }
  if (count.scenarios) areas[area] = count;
}

for (const { area, scenario, step, request, found } of failures.slice(0, Number(options.show))) {
  const body = request.json !== undefined ? JSON.stringify(request.json) : (request.text ?? '');
  console.log(`\n${area} › ${scenario} › step ${step}\n  ${request.method} ${request.path} ${body.slice(0, 160)}`);
  for (const line of found.slice(0, 6)) console.log(`    ${line}`);
}
if (failures.length > Number(options.show)) console.log(`\n… and ${failures.length - Number(options.show)} more`);
const total = Object.values(areas).reduce(
  (sum, one) => ({ requests: sum.requests + one.requests, alike: sum.alike + one.alike, deviating: sum.deviating + one.deviating }),
  { requests: 0, alike: 0, deviating: 0 },
);
console.log();
const report = (name, { alike, requests, deviating, scenarios }) =>
  console.log(
    `${name.padEnd(14)} ${String(alike).padStart(5)} / ${String(requests).padEnd(5)} alike${deviating ? `, ${deviating} deviate as listed` : ''}${scenarios ? `, ${scenarios} scenarios` : ''}`,
  );
for (const [area, count] of Object.entries(areas)) report(area, count);
report('all', total);
if (options.json) writeFileSync(options.json, JSON.stringify({ areas, total, failures }, null, 1));
process.exitCode = total.requests === 0 ? 2 : failures.length ? 1 : 0;
