import { DriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';

/**
 * An adapter whose `executeScript` sends the whole script in one message, which PostgreSQL runs in one transaction: a migration is applied whole
 * or not at all.
 *
 * adapter-pg cuts a script at each semicolon, within strings and functions too; pglite-prisma-adapter does not wait for its end, so that a
 * migration that fails would count as applied.
 */
export function runWholeScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const run = scriptRunner(adapter);
  if (run === undefined) return adapter;
  const executeScript = async (script: string): Promise<void> => {
    try {
      await run(script);
    } catch (error) {
      throw asAdapterError(error);
    }
  };
  let disposed: Promise<void> | undefined;
  const dispose = (): Promise<void> => (disposed ??= adapter.dispose());
  // A proxy, for the adapters keep their state in private fields and symbols.
  return new Proxy(adapter, {
    get(target, property) {
      if (property === 'executeScript') return executeScript;
      if (property === 'dispose') return dispose;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** How the driver beneath runs several statements at once, where it is one that is known. */
function scriptRunner(adapter: any): ((script: string) => Promise<unknown>) | undefined {
  const pool = typeof adapter.underlyingDriver === 'function' ? adapter.underlyingDriver() : undefined;
  if (typeof pool?.query === 'function') return (script) => pool.query(script);
  if (typeof adapter.client?.exec === 'function') return (script) => adapter.client.exec(script);
  return undefined;
}

function asAdapterError(error: any): unknown {
  if (typeof error?.code !== 'string' || typeof error.message !== 'string') return error;
  const { code, severity = 'ERROR', message, detail, column, hint } = error;
  return new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint });
}
