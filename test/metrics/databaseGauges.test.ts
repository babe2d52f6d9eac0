import assert from 'node:assert/strict';
import { connect } from '../../src/db/connect.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics, type Metrics } from '../../src/metrics/metrics.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { readSamples } from './samples.ts';

/** Without a label: their value is there from the start, unless it is taken away. */
const alone = [
  'worker_beat_age_seconds',
  'workers_fell_silent',
  'webhook_deliveries_pending',
  'webhook_delivery_overdue_seconds',
];

describe('the figures of the database', () => {
  const database = useDatabase();

  const shown = async (metrics: Metrics): Promise<Map<string, number>> =>
    new Map(readSamples(await metrics.text()).map(({ name, value }) => [name.replace('directorai_', ''), value]));

  /** They are read anew once a second at most. */
  const showing = (metrics: Metrics, up: number): Promise<Map<string, number>> =>
    eventually(`the database is ${up ? 'there' : 'away'}`, async () => {
      const scrape = await shown(metrics);
      return scrape.get('database_up') === up && scrape;
    });

  it('are the same for a scraper that comes while they are read for another', async () => {
    const metrics = createMetrics(database.db, createLog('silent'));
    const scrapes = await Promise.all([shown(metrics), shown(metrics), shown(metrics)]);
    for (const scrape of scrapes) {
      assert.equal(scrape.get('database_up'), 1);
      for (const name of ['workers', 'queue_age_seconds', 'spending_paused', ...alone])
        assert.ok(scrape.has(name), name);
    }
  });

  it('are missing, all of them, while the database is away, and there again with it', async () => {
    const db = connect(database.url, { max: 1, applicationName: 'figures' });
    const metrics = createMetrics(db, createLog('silent'));
    assert.equal((await shown(metrics)).get('database_up'), 1);
    await db.destroy();
    const without = await showing(metrics, 0);
    for (const name of ['workers', 'queue_age_seconds', ...alone]) assert.ok(!without.has(name), name);
    db.initialize();
    const back = await showing(metrics, 1);
    await db.destroy();
    for (const name of ['workers', 'queue_age_seconds', ...alone]) assert.ok(back.has(name), name);
  });

  it('tell of workers that fell silent, for five minutes after they were taken for dead', async () => {
    const session = { host: 'here', slot: 1, backend_pid: 1, backend_start: new Date(0) };
    const add = async (poolId: string, { fencedAgo, beatAgo }: { fencedAgo: number; beatAgo: number }) => {
      const ago = (seconds: number) => database.db.raw("now() - ? * interval '1 second'", [seconds]);
      await database.db('worker_sessions').insert({ ...session, pool_id: poolId, fenced_at: ago(fencedAgo) });
      await database.db('worker_beats').insert({ pool_id: poolId, beat_at: ago(beatAgo) });
    };
    await add('stopped as asked', { fencedAgo: 100, beatAgo: 101 });
    await add('killed', { fencedAgo: 100, beatAgo: 103 });
    await add('silent an hour ago', { fencedAgo: 3_600, beatAgo: 3_615 });
    const before = await shown(createMetrics(database.db, createLog('silent')));
    await add('silent', { fencedAgo: 100, beatAgo: 115 });
    const after = await shown(createMetrics(database.db, createLog('silent')));
    assert.deepEqual([before.get('workers_fell_silent'), after.get('workers_fell_silent')], [0, 1]);
    assert.deepEqual([after.get('workers'), after.get('worker_beat_age_seconds')], [0, 0], 'none of them is there');
  });
});
