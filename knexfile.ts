import { fileURLToPath } from 'node:url';
import { runMigrations } from 'graphile-worker';
import type { Knex } from 'knex';

/** How knex finds and runs the migrations; the connection comes from the configuration. */
export const migrations: Knex.MigratorConfig = {
  directory: fileURLToPath(new URL('./migrations', import.meta.url)),
  extension: 'ts',
  loadExtensions: ['.ts'],
  tableName: 'schema_migrations',
};

const connectionString = process.env.DATABASE_URL ?? '';

/** For the knex command line: our functions call graphile-worker's schema, so it has to be there first, as `src/db/migrate.ts` has it. */
const withWorkerSchema: Knex.MigratorConfigWithLifecycleHooks = {
  ...migrations,
  beforeAll: () => runMigrations({ connectionString }),
};

const config: Knex.Config = { client: 'pg', connection: connectionString, migrations: withWorkerSchema };

export default config;
