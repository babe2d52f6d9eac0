import { runMigrations } from 'graphile-worker';
import type { Knex } from 'knex';
import { Client } from 'pg';
import { migrations } from '../../knexfile.ts';
import { connect } from './connect.ts';

const applicationName = 'directorai-migrate';
const migrationLock = 4_127_300_421;

/** Brings the database up to date: graphile-worker's schema first, because our functions call it. Nodes that start at once take turns. */
export async function migrate(databaseUrl: string): Promise<void> {
  const turn = new Client({
    connectionString: databaseUrl,
    application_name: applicationName,
    connectionTimeoutMillis: 5000,
  });
  const lost = new Promise<never>((_, reject) => turn.once('error', reject));
  lost.catch(() => undefined);
  await turn.connect();
  try {
    await turn.query('select pg_advisory_lock($1)', [migrationLock]);
    await Promise.race([migrateAlone(databaseUrl), lost]);
  } finally {
    await turn.end();
  }
}

async function migrateAlone(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl });
  const db = connect(databaseUrl, { max: 2, applicationName, statementTimeoutMs: 0 });
  try {
    await applyPending(db);
  } finally {
    await db.destroy();
  }
}

/** Knex's own lock outlives a killed process; ours does not and is held here, so whatever Knex finds locked is a leftover. */
async function applyPending(db: Knex): Promise<void> {
  await db.migrate.forceFreeMigrationsLock(migrations);
  const [, applied]: [number, string[]] = await db.migrate.latest(migrations);
  if (applied.length > 0) await db.raw('analyze');
}
