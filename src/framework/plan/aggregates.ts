import type { Aggregate } from './read-plan.js';

/** The mean of a numeric field; null without rows. */
export const avg = (field: string): Aggregate => ({ operation: 'avg', field });
/** The sum of a numeric field; null without rows. */
export const sum = (field: string): Aggregate => ({ operation: 'sum', field });
/** The least value of a numeric field; null without rows. */
export const min = (field: string): Aggregate => ({ operation: 'min', field });
/** The greatest value of a numeric field; null without rows. */
export const max = (field: string): Aggregate => ({ operation: 'max', field });
/** The number of rows; with a field, of those where it is not null. */
export const count = (field?: string): Aggregate => (field === undefined ? { operation: 'count' } : { operation: 'count', field });
