import { readMigrations, readSchema, writeMigration } from './migration-folder.js';
import { type AdapterFactory, withSchemaEngine } from './schema-engine.js';

export interface MigrationStatus {
  /** In the folder, and not yet in the database. */
  readonly pending: readonly string[];
  /** Begun and not finished: `markRolledBack` lets them be tried again. */
  readonly failed: readonly string[];
  /** Changed in the folder after they were applied. */
  readonly edited: readonly string[];
  /** In the database, and not in the folder. */
  readonly missing: readonly string[];
}

const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Applies and writes migrations with Prisma's own engine, on any database that a driver adapter reaches, the embedded one too: its folders and
 * its table `_prisma_migrations` are those of `prisma migrate`.
 *
 * @example
 * await new Migrations(new PrismaPg({ connectionString }), 'prisma/migrations').apply();
 */
export class Migrations {
  readonly #database: AdapterFactory;
  readonly #folder: string;

  /**
   * @param database opened for each call and closed after it. Give it no statement time-out: a migration may take long.
   * @param folder the path of the migrations, relative to the working directory.
   */
  constructor(database: AdapterFactory, folder: string) {
    this.#database = database;
    this.#folder = folder;
  }

  async status(): Promise<MigrationStatus> {
    const migrationsList = await readMigrations(this.#folder);
    const found = await withSchemaEngine(this.#database, (engine) =>
      engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: FILTERS }),
    );
    const { history } = found;
    return {
      pending: history !== null && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [],
      failed: found.failedMigrationNames,
      edited: found.editedMigrationNames,
      missing: history !== null && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : [],
    };
  }

  /** The names of the migrations that `apply` would apply. */
  async pending(): Promise<readonly string[]> {
    return (await this.status()).pending;
  }

  /**
   * Applies what is pending, in order, each in a transaction of its own. Returns the names.
   *
   * Throws the engine's error where a migration fails, or one that failed before stands in the way.
   */
  async apply(): Promise<readonly string[]> {
    const migrationsList = await readMigrations(this.#folder);
    const { appliedMigrationNames } = await withSchemaEngine(this.#database, (engine) =>
      engine.applyMigrations({ migrationsList, filters: FILTERS }),
    );
    return appliedMigrationNames;
  }

  /** Lets a migration that failed be applied again, after what it left behind has been put right. */
  async markRolledBack(migrationName: string): Promise<void> {
    await withSchemaEngine(this.#database, (engine) => engine.markMigrationRolledBack({ migrationName }));
  }

  /**
   * Writes the migration that leads from the folder's migrations to the schema. Returns the script's path, or nothing where they agree.
   *
   * Call it on an empty database that may be thrown away, such as PGlite's in memory: the folder's migrations are applied to it to compare.
   *
   * @param name letters, digits and underscores; the moment goes before it.
   * @param schema a `.prisma` file, or the folder of several.
   */
  async create(name: string, schema: string): Promise<string | undefined> {
    const { files } = await readSchema(schema);
    await this.apply();
    const { exitCode, stdout } = await withSchemaEngine(this.#database, (engine) =>
      engine.diff({
        from: { tag: 'schemaDatasource', files, configDir: '.' },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: true,
        filters: FILTERS,
      }),
    );
    if (exitCode === 0 || stdout === null) return undefined;
    const moment = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    return writeMigration(this.#folder, `${moment}_${name}`, stdout, this.#database.provider);
  }
}
