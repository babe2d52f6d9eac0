import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../../src/db/migrate.ts';
import { startEmbeddedPostgres } from '../../../src/postgres/embedded.ts';
import { urlOf } from '../../support/postgres.ts';
import type { Stage } from './stage.ts';

const log = { info: () => undefined, error: (facts: object, message: string) => console.error(message, facts) };

/** A Postgres server of the stage's own, as durable as a user's: commits reach the disk. Answers the URL of a migrated database. */
export async function startPostgres(stage: Stage): Promise<string> {
  const server = await startEmbeddedPostgres({ dataDir: join(stage.dir, 'database'), log });
  stage.later(() => server.stop());
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('create database bench');
  await admin.end();
  const url = urlOf(server.url, 'bench');
  await migrate(url);
  return url;
}
