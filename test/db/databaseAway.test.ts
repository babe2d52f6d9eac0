import assert from 'node:assert/strict';
import { Client } from 'pg';
import { connect } from '../../src/db/connect.ts';
import { isDatabaseAway, isSurelyDatabaseAway } from '../../src/db/databaseAway.ts';
import { useDatabase } from '../support/database.ts';

describe('isDatabaseAway', () => {
  const database = useDatabase();
  const failureOf = async (query: PromiseLike<unknown>): Promise<unknown> =>
    Promise.resolve(query).then(
      () => assert.fail('the query was answered'),
      (error: unknown) => error,
    );

  it('knows a connection that its server has ended, and one that was closed', async () => {
    const client = new Client(database.url);
    client.on('error', () => undefined);
    await client.connect();
    const ended = await failureOf(client.query('select pg_terminate_backend(pg_backend_pid())'));
    assert.ok(isDatabaseAway(ended), String(ended));
    const afterwards = await failureOf(client.query('select 1'));
    assert.ok(isDatabaseAway(afterwards), String(afterwards));
    const other = new Client(database.url);
    await other.connect();
    await other.end();
    const closed = await failureOf(other.query('select 1'));
    assert.ok(isDatabaseAway(closed), String(closed));
  });

  it('knows a pool that is gone, also to those who waited for it', async () => {
    const db = connect(database.url, { max: 1, applicationName: 'a pool that goes' });
    const held = await db.transaction();
    const waiting = failureOf(db.raw('select 1'));
    await Promise.all([db.destroy(), held.rollback()]);
    for (const failure of [await waiting, await failureOf(db.raw('select 1'))]) {
      assert.ok(isDatabaseAway(failure), String(failure));
    }
  });

  it('takes no fault of a statement for it', async () => {
    const failure = await failureOf(database.db.raw('select nothing'));
    assert.equal(isDatabaseAway(failure), false);
  });

  it('blames the database alone only for what was said with a statement', async () => {
    const broken = (message: string) => Object.assign(new Error(message), { code: 'ECONNRESET' });
    assert.equal(isSurelyDatabaseAway(broken('select now() - read ECONNRESET')), true);
    assert.equal(isSurelyDatabaseAway(broken('read ECONNRESET')), false);
    assert.equal(isSurelyDatabaseAway(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })), false);
    const slow = database.db.transaction(async (trx) => {
      await trx.raw('set local statement_timeout = 10');
      await trx.raw('select pg_sleep(10)');
    });
    assert.equal(isSurelyDatabaseAway(await failureOf(slow)), true);
  });
});
