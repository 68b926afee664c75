import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { runWholeScripts } from './whole-scripts.js';

/** The driver adapter's factory that a Prisma client takes too: `new PrismaPg(…)`, `new PrismaPGlite(…)`. */
export type AdapterFactory = SqlMigrationAwareDriverAdapterFactory;

let compiled: Promise<typeof SchemaEngine> | undefined;

/**
 * Prisma's schema engine as WebAssembly. The package's own entry imports the file as a module, which Node does not do: it is compiled here,
 * once in a process and only when a migration is asked for.
 */
async function load(): Promise<typeof SchemaEngine> {
  const bindings: any = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  // Node has it; its types for TypeScript lie in the browser's library.
  const { WebAssembly } = globalThis as any;
  const { instance } = await WebAssembly.instantiate(await readFile(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': { ...bindings, ...withUnreferencedTimers(bindings) },
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

/** The engine leaves its lock's time-out of ten seconds behind, for which a command that has done its work would wait. */
function withUnreferencedTimers(bindings: any): Record<string, unknown> {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'));
  return Object.fromEntries(names.map((name) => [name, (callback: () => void, delay: number) => setTimeout(callback, delay >>> 0).unref()]));
}

/** Runs `work` with an engine on the database, and closes every connection that the engine opened. */
export async function withSchemaEngine<T>(factory: AdapterFactory, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const Engine = await (compiled ??= load());
  const opened: SqlDriverAdapter[] = [];
  const keep = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
    const whole = runWholeScripts(adapter);
    opened.push(whole);
    return whole;
  };
  const bound = bindMigrationAwareSqlAdapterFactory({
    adapterName: factory.adapterName,
    provider: factory.provider,
    connect: async () => keep(await factory.connect()),
    connectToShadowDb: async () => keep(await factory.connectToShadowDb()),
  });
  const engine = await Engine.new({ datamodels: undefined }, () => undefined, bound);
  try {
    return await work(engine);
  } finally {
    engine.free();
    for (const adapter of opened.reverse()) await adapter.dispose();
  }
}
