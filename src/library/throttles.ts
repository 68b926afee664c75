import { AnonRateThrottle, RedisThrottleStorage, redisClientOptions, UserRateThrottle, type RestOptions } from 'nest-rest-framework';
import { createClient } from 'redis';

/** How often the library's server may be asked: counted in Redis where there is one, so that several processes count together. */
export function throttlesOn(redisUrl: string | undefined): Partial<RestOptions> {
  return {
    throttles: [AnonRateThrottle, UserRateThrottle],
    throttleRates: { anon: '300/minute', user: ['50/s', '1500/minute'] },
    ...(redisUrl && { throttleStorage: redisStorage(redisUrl) }),
  };
}

function redisStorage(url: string): RedisThrottleStorage {
  const client = createClient(redisClientOptions(url));
  // The framework says that it is away, and goes on; the client connects when it is there.
  client.on('error', () => {});
  void client.connect();
  return new RedisThrottleStorage(client, { prefix: 'library:throttle:' });
}
