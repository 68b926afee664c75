import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  resolve: {
    // The package's name means the source here, the build everywhere else: one copy of every class in a test run.
    alias: [
      { find: /^nest-rest-framework$/, replacement: `${root}src/framework/index.ts` },
      { find: /^nest-rest-framework\/migrations$/, replacement: `${root}src/framework/prisma/migrations/index.ts` },
      { find: /^#library\/(.+)\.js$/, replacement: `${root}src/library/$1.ts` },
      { find: /^nest-rest-framework\/(.+)$/, replacement: `${root}src/framework/$1/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.spec.ts'],
    typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], tsconfig: 'test/tsconfig.json', ignoreSourceErrors: true },
    // Vitest leaves one of the machine's processors idle: of two that is half.
    maxWorkers: '100%',
    globalSetup: ['test/database-template.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
