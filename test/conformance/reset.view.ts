import { Controller, HttpCode, Inject, Module, Post, type DynamicModule } from '@nestjs/common';
import { MemoryThrottleStorage } from 'nest-rest-framework';
import { empty, fill } from '#library/database/fill.js';
import type { PrismaClient } from '#library/generated/client/client.js';

const CLIENT = Symbol('client');

/** `POST /reset/` puts the rows of the fixture back, and empties the throttles' histories. A plain controller: it is no part of what is recorded. */
@Controller('reset')
class ResetController {
  constructor(
    @Inject(CLIENT) private readonly client: PrismaClient,
    @Inject(MemoryThrottleStorage) private readonly throttles: MemoryThrottleStorage,
  ) {}

  @Post()
  @HttpCode(204)
  async reset(): Promise<void> {
    await empty(this.client);
    await fill(this.client, { passwords: true });
    this.throttles.clear();
  }
}

@Module({ controllers: [ResetController] })
export class FixtureModule {
  constructor(
    @Inject(CLIENT) private readonly client: PrismaClient,
    @Inject(MemoryThrottleStorage) private readonly throttles: MemoryThrottleStorage,
  ) {}

  static of(client: PrismaClient, throttles: MemoryThrottleStorage): DynamicModule {
    return {
      module: FixtureModule,
      providers: [
        { provide: CLIENT, useValue: client },
        { provide: MemoryThrottleStorage, useValue: throttles },
      ],
    };
  }

  reset(): Promise<void> {
    return new ResetController(this.client, this.throttles).reset();
  }
}
