import type { Knex } from 'knex';
import { connect } from '../../src/db/connect.ts';
import { eventually } from './eventually.ts';
import { databaseName, type TestServer, testServer, urlOf } from './postgres.ts';

export interface TestDatabase {
  readonly url: string;
  /** A small pool for the test's own questions; closed by the harness. */
  readonly db: Knex;
}

async function connectionsTo(server: TestServer, database: string): Promise<string[]> {
  const { rows } = await server.admin.query<{ name: string }>(
    `select coalesce(nullif(application_name, ''), 'unnamed') || ': ' || left(query, 80) as name
     from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
    [database],
  );
  return rows.map((row) => row.name);
}

async function dropDatabase(server: TestServer, database: string): Promise<void> {
  let left: string[] = [];
  const closed = async () => {
    left = await connectionsTo(server, database);
    return left.length === 0;
  };
  await eventually('all connections are closed', closed, 1500).catch(() => undefined);
  await server.admin.query(`drop database ${database} with (force)`);
  if (left.length > 0) throw new Error(`connections left open:\n  ${left.join('\n  ')}`);
}

/**
 * Gives the surrounding `describe` a migrated database of its own. It goes after the describe's own `after` hooks have run, and a
 * connection still open then fails the run.
 */
export function useDatabase(): TestDatabase {
  let open: TestDatabase | undefined;
  const opened = () => {
    if (!open) throw new Error('the database exists from the first `before` hook on');
    return open;
  };

  before('makes its database', async function () {
    this.timeout(60_000);
    const server = await testServer();
    const database = databaseName('db');
    await server.admin.query(`create database ${database} template ${server.template}`);
    const url = urlOf(server.url, database);
    const db = connect(url, { max: 4, applicationName: 'test' });
    open = { url, db };
    this.test?.parent?.afterAll('drops its database', async () => {
      await db.destroy();
      await dropDatabase(server, database);
    });
  });

  return {
    get url() {
      return opened().url;
    },
    get db() {
      return opened().db;
    },
  };
}
