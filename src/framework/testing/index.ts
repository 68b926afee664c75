export { FrozenClock } from './frozen-clock.js';
export { countStatements, type StatementCounter } from './statement-counter.js';
