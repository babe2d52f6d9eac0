import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { newId } from '../../src/db/ids.ts';
import type { PauseScope } from '../../src/db/pauses.ts';
import { admit } from '../../src/engine/ledgerStore.ts';
import { pauseSpending, resumeSpending } from '../../src/engine/pauses.ts';
import type { Pay } from '../../src/engine/step.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, startRig, statusOf, stopRigs } from './engineRig.ts';

describe('a pause', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;
  let sends: string[] = [];
  before(async () => {
    db = database.db;
    userId = await addUser(db);
  });
  beforeEach(() => {
    sends = [];
  });
  afterEach(stopRigs);

  const pause = (scope: PauseScope) =>
    db.transaction((trx) => pauseSpending(trx, { scope, reason: 'test', by: userId }));
  const resume = (scope: PauseScope) => db.transaction((trx) => resumeSpending(trx, scope));
  const ended = (taskId: string) =>
    eventually('the task has ended', async () => (await statusOf(db, taskId)) === 'completed');
  const buy = (pay: Pay, vendor: 'gemini' | 'glm', part = 0) =>
    pay({
      ...{ vendor, part, purpose: 'image' as const, model: 'test', request: { part }, maxCostMicros: 1 },
      send: async () => {
        sends.push(`${vendor} ${part}`);
        return { ok: true };
      },
      lookup: async () => undefined,
    });

  it('keeps the steps of one vendor, and no others, until it ends', async () => {
    await pause('gemini');
    const kept = await plan(db, userId, [{ vendor: 'gemini' }, { vendor: 'gemini' }]);
    const free = await plan(db, userId, [{ vendor: 'glm' }, { vendor: null }]);
    const vendorOf = async (id: string) => (await db('steps').where({ id }).first()).vendor;
    await startRig(database, {
      steps: allSteps(async ({ step, pay }) => {
        const vendor = await vendorOf(step.id);
        return { end: 'done', result: vendor ? await buy(pay, vendor) : {} };
      }),
    });
    await ended(free);
    assert.deepEqual(sends, ['glm 0']);
    assert.deepEqual(await db('steps').where({ task_id: kept }).pluck('attempts'), [0, 0]);
    await resume('gemini');
    await ended(kept);
    assert.deepEqual(sends, ['glm 0', 'gemini 0', 'gemini 0']);
  });

  it('turns away the next purchase of a step that runs, which is made once it is over', async () => {
    const taskId = await plan(db, userId, [{ vendor: 'gemini' }]);
    let tries = 0;
    await startRig(database, {
      steps: allSteps(async ({ pay }) => {
        await buy(pay, 'gemini', 0);
        tries += 1;
        if (tries === 1) await pause('all');
        return { end: 'done', result: await buy(pay, 'gemini', 1) };
      }),
    });
    await eventually('it has come back to what is paid already', () => tries > 1);
    assert.deepEqual(sends, ['gemini 0']);
    await resume('all');
    await ended(taskId);
    assert.deepEqual(sends, ['gemini 0', 'gemini 1']);
    const [step] = await db('steps').where({ task_id: taskId });
    assert.deepEqual([step.failures, step.attempts], [0, 1]);
  });

  it('is answered once every purchase that was let through before is written down', async () => {
    const order: string[] = [];
    const admitted = await db.transaction();
    await admit(admitted, `${newId()}:image:0`, { vendor: 'tuzi', maxInFlight: 1 });
    const paused = pause('tuzi').then(() => order.push('paused'));
    const waits = () =>
      db('pg_stat_activity').where({ wait_event_type: 'Lock' }).whereLike('query', '%vendor_limits%').first();
    await eventually('the pause waits for it', waits);
    order.push('written down');
    await admitted.commit();
    await paused;
    assert.deepEqual(order, ['written down', 'paused']);
    await assert.rejects(
      db.transaction((trx) => admit(trx, `${newId()}:image:0`, { vendor: 'tuzi', maxInFlight: 1 })),
      { name: 'BusyError' },
    );
    await resume('tuzi');
  });
});
