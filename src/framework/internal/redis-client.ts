/**
 * What the framework asks of a client of Redis: node-redis' has it. For another one, wrap it:
 * `{ sendCommand: ([name, ...args]) => ioredis.call(name, ...args) }`.
 */
export interface RedisClient {
  /** Whether it is connected. Where it is false, nothing is sent: a command that waits for a connection would make a request wait. */
  readonly isReady?: boolean;
  /** Sends one command and answers Redis' reply. */
  sendCommand(command: string[]): Promise<unknown>;
}

/**
 * Options for node-redis' `createClient`: no command waits for a connection, and a lost one is tried again at least once a second.
 *
 * @example
 * const client = createClient(redisClientOptions(process.env['REDIS_URL']));
 * client.on('error', () => {});
 * void client.connect();
 */
export function redisClientOptions(url?: string) {
  return {
    ...(url !== undefined && { url }),
    disableOfflineQueue: true,
    socket: { connectTimeout: 1000, reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 1000) },
  };
}
