import { Module, type DynamicModule } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import {
  BasicAuthentication,
  AllowAny,
  FilterSetBackend,
  OrderingFilter,
  PageNumberPagination,
  RestModule,
  SearchFilter,
  TokenAuthentication,
  type RestOptions,
} from 'nest-rest-framework';
import type { PrismaClient } from './generated/client/client.js';
import { models, type User } from './generated/models.js';
import { LibraryModule } from './library.module.js';

declare module 'nest-rest-framework' {
  interface RestTypes {
    user: Omit<User, 'password'>;
  }
}

/** The library on a database: what its server, its tests and the bench are made of. */
@Module({})
export class AppModule {
  static on(prisma: PrismaClient, overrides: Partial<RestOptions> = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        RestModule.forRoot({
          prisma: prisma as never,
          models,
          users: { model: models.user },
          authentication: [TokenAuthentication, BasicAuthentication],
          permissions: [AllowAny],
          pagination: PageNumberPagination,
          pageSize: 10,
          filterBackends: [FilterSetBackend, SearchFilter, OrderingFilter],
          ...overrides,
        }),
        LibraryModule,
        RouterModule.register([{ path: 'library', module: LibraryModule }]),
      ],
    };
  }
}
