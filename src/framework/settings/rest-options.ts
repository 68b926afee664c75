import type { PolicySettings, RestSettings } from './settings.js';

/** What `RestModule.forRoot` takes: every setting has a default but `authentication` and `permissions`. */
export type RestOptions = Pick<RestSettings, 'authentication' | 'permissions'> &
  Partial<Omit<RestSettings, 'limits' | 'loginRates'>> & {
    readonly limits?: Partial<RestSettings['limits']>;
    readonly loginRates?: Partial<RestSettings['loginRates']>;
  };

/** What a module, a view or an action may set over the level above. */
export type PolicyOptions = Partial<PolicySettings>;
