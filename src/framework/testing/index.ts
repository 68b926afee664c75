export { FrozenClock } from './frozen-clock.js';
export { countStatements, type StatementCounter } from './statement-counter.js';
export { throttleStorageConformance, type ConformanceCase, type OpenedThrottleStorage } from './throttle-storage-conformance.js';
