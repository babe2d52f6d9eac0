import assert from 'node:assert/strict';
import { connect } from '../../src/db/connect.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics, type Metrics } from '../../src/metrics/metrics.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { readSamples } from './samples.ts';

/** Without a label: their value is there from the start, unless it is taken away. */
const alone = ['worker_beat_age_seconds', 'webhook_deliveries_pending', 'webhook_delivery_overdue_seconds'];

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
});
