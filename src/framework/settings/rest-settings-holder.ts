import { Inject, Injectable } from '@nestjs/common';
import type { RestOptions } from './rest-options.js';
import { REST_OPTIONS } from './rest.module-definition.js';
import { resolveSettings } from './resolve-settings.js';
import type { RestSettings } from './settings.js';

/** The application's settings, resolved once. */
@Injectable()
export class RestSettingsHolder {
  readonly settings: RestSettings;

  constructor(@Inject(REST_OPTIONS) options: RestOptions) {
    this.settings = resolveSettings(options);
  }
}
