import assert from 'node:assert/strict';
import { nextAskMs } from '../../src/engine/poller.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, startRig, statusOf, stopRigs } from './engineRig.ts';

describe('nextAskMs', () => {
  it('goes by the usual interval where nothing is known of the progress', () => {
    for (const progress of [undefined, 0, 100, 250]) assert.equal(nextAskMs(5_000, 60_000, progress), 5_000);
    assert.equal(nextAskMs(5_000, null, 50), 5_000);
  });

  it('comes back when the clip should be done', () => {
    assert.equal(nextAskMs(5_000, 60_000, 90), 60_000 / 9);
    assert.equal(nextAskMs(500, 5_700, 95), 300);
  });

  it('neither hurries nor waits too long, whatever a vendor says', () => {
    assert.equal(nextAskMs(5_000, 60_000, 1), 10_000);
    assert.equal(nextAskMs(5_000, 60_000, 99.9), 1_000);
  });
});

describe('the poll loop', () => {
  const database = useDatabase();
  afterEach(stopRigs);

  it('writes down in one statement when the clips of a batch are asked after again', async () => {
    const { db } = database;
    const statements: string[] = [];
    const listen = ({ sql }: { sql: string }) => {
      if (/^(with clips as|update "steps")/.test(sql.trim()) && sql.includes('not_before')) statements.push(sql);
    };
    const asked = new Map<string, number>();
    await startRig(database, {
      upstream: {
        pollMs: 300,
        async poll(id) {
          asked.set(id, (asked.get(id) ?? 0) + 1);
          return asked.get(id) === 3 ? { status: 'completed' } : { status: 'running' };
        },
      },
      steps: allSteps(async ({ pay, standing, step }) => {
        if ((await standing('video'))?.status === 'succeeded') return { end: 'done', result: {} };
        await pay({
          ...{ vendor: 'tuzi', purpose: 'video', model: 'test', request: {}, maxCostMicros: 1 },
          send: async () => ({ vendorId: step.id }),
          lookup: async () => undefined,
          upstreamId: ({ vendorId }) => vendorId,
        });
        return { end: 'waiting', pollMs: 1_500, giveUpMs: 60_000 };
      }),
    });
    const clips = Array.from({ length: 8 }, (_, n) => ({ key: `${n}`, kind: 'shootClip' as const }));
    const taskId = await plan(db, await addUser(db), clips);
    db.on('query', listen);
    await eventually('all clips are made', async () => (await statusOf(db, taskId)) === 'completed', 20_000);
    db.removeListener('query', listen);
    assert.deepEqual([...asked.values()], Array(8).fill(3));
    assert.ok(statements.length < 16, `${statements.length} statements for 16 answers`);
  });
});
