import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { RestOptions } from './rest-options.js';

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: REST_OPTIONS } = new ConfigurableModuleBuilder<RestOptions>({ moduleName: 'Rest' })
  .setClassMethodName('forRoot')
  .setExtras({}, (definition) => ({ ...definition, global: true }))
  .build();
