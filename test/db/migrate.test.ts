import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { migrations } from '../../knexfile.ts';
import { connect } from '../../src/db/connect.ts';
import { migrate } from '../../src/db/migrate.ts';
import { useDatabase } from '../support/database.ts';

const namesIn = async (db: Knex, catalogue: string) => {
  const { rows } = await db.raw<{ rows: { name: string }[] }>(catalogue);
  return rows.map((row) => row.name).sort();
};

const tables = `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
const functions = `select proname as name from pg_proc where pronamespace = 'public'::regnamespace`;
const bookkeeping = ['schema_migrations', 'schema_migrations_lock'];

describe('migrate', () => {
  const database = useDatabase();

  it('goes down to nothing and up again to the same schema', async () => {
    const { db, url } = database;
    const before = [await namesIn(db, tables), await namesIn(db, functions)];
    await db.migrate.rollback(migrations, true);
    assert.deepEqual(await namesIn(db, tables), bookkeeping);
    assert.deepEqual(await namesIn(db, functions), []);
    await migrate(url);
    assert.deepEqual([await namesIn(db, tables), await namesIn(db, functions)], before);
  });

  it('is safe to start on several nodes at once, also after one died halfway', async () => {
    const { db, url } = database;
    await db.migrate.rollback(migrations, true);
    await db('schema_migrations_lock').update({ is_locked: 1 });
    await Promise.all([migrate(url), migrate(url), migrate(url)]);
    assert.equal((await db('schema_migrations')).length, (await db.migrate.list(migrations))[0].length);
  });
});

describe('connect', () => {
  const database = useDatabase();

  it('reads bigint as a number and names itself to the server', async () => {
    const db = connect(database.url, { max: 1, applicationName: 'somebody' });
    try {
      const { rows } = await db.raw("select 9007199254740991 as big, current_setting('application_name') as name");
      assert.deepEqual(rows, [{ big: Number.MAX_SAFE_INTEGER, name: 'somebody' }]);
    } finally {
      await db.destroy();
    }
  });

  it('ends a statement that takes too long', async () => {
    const db = connect(database.url, { max: 1, applicationName: 'slow', statementTimeoutMs: 50 });
    try {
      await assert.rejects(async () => db.raw('select pg_sleep(5)'), { code: '57014' });
    } finally {
      await db.destroy();
    }
  });
});
