import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../../src/db/migrate.ts';
import { startEmbeddedPostgres } from '../../../src/postgres/embedded.ts';
import { urlOf } from '../../support/postgres.ts';
import type { Stage } from './stage.ts';

const log = { info: () => undefined, error: (facts: object, message: string) => console.error(message, facts) };

/** A Postgres server of the stage's own, as durable as a user's: commits reach the disk. Answers the URL of a migrated database. */
export async function startPostgres(stage: Stage): Promise<string> {
  const [url = ''] = await startDatabases(stage, ['bench']);
  return url;
}

/** Several migrated databases on one such server. */
export async function startDatabases(stage: Stage, names: readonly string[]): Promise<string[]> {
  const server = await startEmbeddedPostgres({ dataDir: join(stage.dir, 'database'), log });
  stage.later(() => server.stop());
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  for (const name of names) await admin.query(`create database ${name}`);
  await admin.end();
  const urls = names.map((name) => urlOf(server.url, name));
  for (const url of urls) await migrate(url);
  return urls;
}
