import assert from 'node:assert/strict';
import { connect } from '../../src/db/connect.ts';
import { useDatabase } from '../support/database.ts';
import { startProxy } from '../support/proxy.ts';

describe('connect', () => {
  const database = useDatabase();

  it('gives up a connection that has fallen silent, and goes on with a new one', async () => {
    const proxy = await startProxy(database.url);
    const db = connect(proxy.url, { max: 1, applicationName: 'half open', silentAtMostMs: 300 });
    try {
      await db.raw('select 1');
      proxy.goSilent();
      const askedAt = performance.now();
      await assert.rejects(db.raw('select 1'));
      assert.ok(performance.now() - askedAt < 1_000);
      const { rows } = await db.raw<{ rows: { n: number }[] }>('select 2 as n');
      assert.deepEqual(rows, [{ n: 2 }]);
    } finally {
      await db.destroy();
      await proxy.close();
    }
  });
});
