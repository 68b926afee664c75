export type { ConformanceCase } from './conformance-case.js';
export { FrozenClock } from './frozen-clock.js';
export { MemoryStorage } from './memory-storage.js';
export { countStatements, type StatementCounter } from './statement-counter.js';
export { sessionStoreConformance, type OpenedSessionStore } from './session-store-conformance.js';
export { storageConformance } from './storage-conformance.js';
export { throttleStorageConformance, type OpenedThrottleStorage } from './throttle-storage-conformance.js';
