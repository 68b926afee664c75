import { Module, type DynamicModule } from '@nestjs/common';
import type { PolicyOptions } from './rest-options.js';

export const REST_FEATURE = Symbol('rest.feature');

/** What one module's views set over the application's settings. */
@Module({})
export class RestFeatureModule {
  static with(options: PolicyOptions): DynamicModule {
    return { module: RestFeatureModule, providers: [{ provide: REST_FEATURE, useValue: options }], exports: [REST_FEATURE] };
  }
}
