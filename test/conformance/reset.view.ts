import { Controller, HttpCode, Inject, Module, Post, type DynamicModule } from '@nestjs/common';
import { empty, fill } from '#library/database/fill.js';
import type { PrismaClient } from '#library/generated/client/client.js';

const CLIENT = Symbol('client');

/** `POST /reset/` puts the rows of the fixture back. A plain controller: it is no part of what is recorded. */
@Controller('reset')
class ResetController {
  constructor(@Inject(CLIENT) private readonly client: PrismaClient) {}

  @Post()
  @HttpCode(204)
  async reset(): Promise<void> {
    await empty(this.client);
    await fill(this.client, { passwords: true });
  }
}

@Module({ controllers: [ResetController] })
export class FixtureModule {
  constructor(@Inject(CLIENT) private readonly client: PrismaClient) {}

  static of(client: PrismaClient): DynamicModule {
    return { module: FixtureModule, providers: [{ provide: CLIENT, useValue: client }] };
  }

  reset(): Promise<void> {
    return new ResetController(this.client).reset();
  }
}
