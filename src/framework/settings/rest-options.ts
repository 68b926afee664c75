import type { JWTSettings } from '../jwt/jwt-settings.js';
import type { PolicySettings, RestSettings } from './settings.js';

/** What `RestModule.forRoot` takes: every setting has a default but `authentication` and `permissions`. */
export type RestOptions = Pick<RestSettings, 'authentication' | 'permissions'> &
  Partial<Omit<RestSettings, Grouped | 'jwt'>> & { readonly jwt?: JWTSettings } & { readonly [Name in Grouped]?: Partial<RestSettings[Name]> };

/** Settings that are groups of others, each with a default. */
type Grouped = 'limits' | 'loginRates' | 'sessions' | 'csrf';

/** What a module, a view or an action may set over the level above. */
export type PolicyOptions = Partial<PolicySettings>;
