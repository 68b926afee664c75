export { type AdapterFactory } from './schema-engine.js';
export { Migrations, type MigrationStatus } from './migrations.js';
