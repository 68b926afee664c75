/**
 * One process of an application that counts in Redis: what is published, started by the test. It says its address on the first line of its output, and
 * takes `X-User` for who asks.
 */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createClient } from 'redis';
import {
  APIView,
  AllowAny,
  AnonRateThrottle,
  Authentication,
  RedisThrottleStorage,
  redisClientOptions,
  restAdapter,
  RestModule,
  UserRateThrottle,
  View,
} from 'nest-rest-framework';

const { REDIS_URL, PREFIX } = process.env;

class NamedUser extends Authentication {
  authenticate({ headers }) {
    const name = headers['x-user'];
    return name === undefined ? null : [{ id: name, isActive: true, isStaff: false }, null];
  }
}

class LoginThrottle extends AnonRateThrottle {
  scope = 'login';
  beforeAuthentication = true;
  whenStorageFails = 'refuse';
}

class PingView extends APIView {
  get() {
    return { ping: 'pong' };
  }
}
View('ping', { throttles: [UserRateThrottle] })(PingView);

class LoginView extends APIView {
  get() {
    return {};
  }
}
View('login', { throttles: [LoginThrottle] })(LoginView);

const client = createClient(redisClientOptions(REDIS_URL));
client.on('error', () => {});
void client.connect();

class Root {}
Module({
  imports: [
    RestModule.forRoot({
      authentication: [NamedUser],
      permissions: [AllowAny],
      throttleRates: { user: '50/minute', login: '1000/minute' },
      throttleStorage: new RedisThrottleStorage(client, { prefix: PREFIX }),
    }),
  ],
  controllers: [PingView, LoginView],
})(Root);

const app = await NestFactory.create(Root, restAdapter(), { logger: ['error', 'log', 'warn'] });
await app.listen(0, '127.0.0.1');
console.log(`listening at ${await app.getUrl()}`);
