import { defineConfig } from 'prisma/config';

// Paths are relative to this folder. Migrations are run by `nest-rest migrate`, which needs no engine to be downloaded.
export default defineConfig({ schema: '../prisma', migrations: { path: '../prisma/migrations' } });
