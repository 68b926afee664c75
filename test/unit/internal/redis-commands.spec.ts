import { stat } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedisClient } from '../../../src/framework/internal/redis-client.js';
import { RedisCommands, RedisUnavailable } from '../../../src/framework/internal/redis-commands.js';

/** A Redis that answers as it is told, and counts what it is sent. */
class Client implements RedisClient {
  isReady = true;
  sent = 0;
  answer: () => Promise<unknown> = async () => 'PONG';

  sendCommand(): Promise<unknown> {
    this.sent++;
    return this.answer();
  }
}

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const never = () => new Promise<never>(() => {});

describe('commands to Redis', () => {
  let client: Client;
  let commands: RedisCommands;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] });
    client = new Client();
    commands = new RedisCommands(client, { timeout: 100 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Sends one that is not answered, and lets its time pass. */
  async function unanswered(): Promise<unknown> {
    const sent = commands.send(['PING']).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(101);
    return sent;
  }

  it('answers what Redis does, and leaves no timer', async () => {
    expect(await commands.send(['PING'])).toBe('PONG');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hands on what Redis answers as an error', async () => {
    client.answer = () => Promise.reject(new Error('NOSCRIPT No matching script.'));
    for (let times = 0; times < 5; times++) await expect(commands.send(['EVALSHA'])).rejects.toThrow('NOSCRIPT');
    expect(client.sent).toBe(5);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sends nothing while the client is not connected, for it might wait until it is', async () => {
    client.isReady = false;
    await expect(commands.send(['PING'])).rejects.toThrow(new RedisUnavailable('Redis is not connected.'));
    expect(client.sent).toBe(0);
    client.isReady = true;
    expect(await commands.send(['PING'])).toBe('PONG');
  });

  it('fails when its time has passed', async () => {
    client.answer = never;
    expect(await unanswered()).toEqual(new RedisUnavailable('Redis has not answered for 100 ms.'));
  });

  it('gives a command its time from when it is written, however busy this process is before', async () => {
    vi.useRealTimers();
    // As node-redis, which writes when the turn of the event loop is over.
    client.answer = () => new Promise((resolve) => setImmediate(() => setTimeout(resolve, 5, 'in time')));
    commands = new RedisCommands(client, { timeout: 50 });
    const sent = commands.send(['PING']);
    busy(80);
    expect(await sent).toBe('in time');
  });

  it('reads what has arrived before it says that nothing has', async () => {
    vi.useRealTimers();
    client.answer = () => new Promise((resolve) => setImmediate(() => stat(import.meta.filename, () => resolve('in time'))));
    commands = new RedisCommands(client, { timeout: 50 });
    const sent = commands.send(['PING']);
    setImmediate(() => busy(80));
    expect(await sent).toBe('in time');
  });

  it('tries only one a second after three that were not answered, until one is', async () => {
    client.answer = never;
    for (let times = 0; times < 3; times++) await unanswered();
    for (let times = 0; times < 10; times++) await expect(commands.send(['PING'])).rejects.toThrow('Redis has not answered lately.');
    expect(client.sent).toBe(3);
    await vi.advanceTimersByTimeAsync(1000);
    const tried = unanswered();
    await expect(commands.send(['PING'])).rejects.toThrow('Redis has not answered lately.');
    await tried;
    expect(client.sent).toBe(4);
    client.answer = async () => 'PONG';
    await vi.advanceTimersByTimeAsync(1000);
    for (let times = 0; times < 10; times++) expect(await commands.send(['PING'])).toBe('PONG');
  });
});
