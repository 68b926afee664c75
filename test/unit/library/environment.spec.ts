import { describe, expect, it } from 'vitest';
import { EnvironmentError, readEnvironment } from '../../../src/library/environment.js';

describe('the environment', () => {
  it('needs nothing to be set', () => {
    const defaults = { port: 3000, host: '127.0.0.1', embeddedDatabase: '.data/postgres' };
    expect(readEnvironment({})).toEqual(defaults);
    expect(readEnvironment({ PORT: '', HOST: '', DATABASE_URL: '', EMBEDDED_DATABASE: '', REDIS_URL: '', ADMIN_PASSWORD: '' })).toEqual(defaults);
  });

  it.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: '65535' }, { port: 65_535 }],
    [{ HOST: '::1' }, { host: '::1' }],
    [{ DATABASE_URL: 'postgres://u:p@host:5432/db' }, { databaseUrl: 'postgres://u:p@host:5432/db' }],
    [{ DATABASE_URL: 'postgresql:///db?host=/var/run/postgresql' }, { databaseUrl: 'postgresql:///db?host=/var/run/postgresql' }],
    [{ EMBEDDED_DATABASE: 'memory://' }, { embeddedDatabase: 'memory://' }],
    [{ REDIS_URL: 'rediss://u:p@host:6379/1' }, { redisUrl: 'rediss://u:p@host:6379/1' }],
  ])('%o is read as %o', (variables, expected) => {
    expect(readEnvironment(variables)).toMatchObject(expected);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['PORT', '0x50'],
    ['HOST', 'a b'],
    ['DATABASE_URL', 'host:5432/db'],
    ['DATABASE_URL', 'mysql://host/db'],
    ['DATABASE_URL', 'postgresql://host'],
    ['REDIS_URL', 'there:6379'],
    ['REDIS_URL', 'http://host'],
    ['REDIS_URL', 'redis:///0'],
    ['ADMIN_PASSWORD', 'short'],
  ])('%s=%s is refused by name, without its value', (name, value) => {
    const read = () => readEnvironment({ [name]: value });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(`- ${name} must `);
    expect(read).not.toThrow(value);
  });

  it('says everything that is wrong at once', () => {
    expect(() => readEnvironment({ PORT: 'x', HOST: ' ' })).toThrow(/PORT[^]*HOST/);
  });
});
