import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { stopTasksOf } from '../../src/engine/redrive.ts';
import { resolveStep } from '../../src/engine/tasks.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { plan } from './engineRig.ts';

interface Bought {
  taskId: string;
  stepId: string;
  opKey: string;
}

describe('the lock order', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;
  let users = 0;

  before(() => {
    db = database.db;
  });
  beforeEach(async () => {
    users += 1;
    userId = await addUser(db, `user${users}`);
  });

  /** A step that stands like this, with a call that stands like that. */
  async function bought(step: object, call: 'sending' | 'ambiguous', taskId?: string): Promise<Bought> {
    const task = await plan(db, userId, [{}], taskId);
    const row = await db('steps').where({ task_id: task }).orderBy('id', 'desc').first<{ id: string }>('id');
    await db('steps').where({ id: row.id }).update(step);
    const opKey = `${row.id}:image:0`;
    await db('provider_calls').insert({
      ...{ id: crypto.randomUUID(), op_key: opKey, step_id: row.id, task_id: task, user_id: userId },
      ...{ vendor: 'gemini', model: 'm', purpose: 'image', status: call, doubt_count: call === 'ambiguous' ? 1 : 0 },
      ...{ request_hash: Buffer.from(''), request: '{}', fence: 0, max_cost_micros: 5 },
    });
    return { taskId: task, stepId: row.id, opKey };
  }

  const isBlocked = async () => {
    const { rows } = await db.raw(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length > 0;
  };

  /** An answer arrives and is booked while `work` waits for its call: they must not wait for each other. */
  async function whileBooking({ opKey }: Bought, work: () => PromiseLike<unknown>): Promise<void> {
    const call = { op_key: opKey };
    const { working } = await db.transaction(async (trx) => {
      await trx('provider_calls').where(call).forUpdate().first('id');
      const working = Promise.resolve(work());
      await Promise.race([working, eventually('it waits', isBlocked)]);
      await trx('provider_calls').where(call).update({ status: 'succeeded', cost_micros: 5 });
      return { working };
    });
    await working;
  }

  const sumsOf = async () => {
    const { rows } = await db.raw<{ rows: number[][] }>(
      `select array[sum(spent_micros), sum(reserved_micros), sum(doubt_micros)]::int[] as sums from spending where user_id = ?`,
      [userId],
    );
    return rows;
  };

  it('is kept by a decision about one call while a sibling books another', async () => {
    const doubted = await bought({ status: 'needs_review' }, 'ambiguous');
    const sibling = await bought({ status: 'running' }, 'sending', doubted.taskId);
    await whileBooking(sibling, () => resolveStep(db, doubted.taskId, doubted.stepId, userId, 'accept_loss'));
    assert.deepEqual(await sumsOf(), [{ sums: [10, 0, 0] }]);
  });

  it('is kept by the end of all work of a user', async () => {
    await bought({ status: 'ready' }, 'sending');
    const other = await bought({ status: 'ready' }, 'sending');
    await whileBooking(other, () => db.transaction((trx) => stopTasksOf(trx, userId)));
    assert.deepEqual(await sumsOf(), [{ sums: [5, 0, 5] }]);
  });

  it('is kept by the sweeper when steps of several tasks die at once', async () => {
    const session = { pool_id: 'gone', slot: 1_000_000, host: 'here:1', backend_pid: 0, backend_start: new Date(0) };
    await db('worker_sessions').insert(session);
    await db('worker_beats').insert({ pool_id: 'gone', beat_at: new Date(0) });
    const dying = { status: 'running', owner_pool: 'gone', crash_count: 7 };
    await bought(dying, 'sending');
    const other = await bought(dying, 'sending');
    await whileBooking(other, () => db.raw("select sweep_workers('15 seconds', 8)"));
    assert.deepEqual(await sumsOf(), [{ sums: [5, 0, 5] }]);
    assert.equal(await db('steps').where({ owner_pool: 'gone' }).first(), undefined);
  });
});
