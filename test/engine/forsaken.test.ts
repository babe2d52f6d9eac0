import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { writeOffForsaken } from '../../src/engine/forsaken.ts';
import { useDatabase } from '../support/database.ts';
import { addUser } from '../support/rows.ts';
import { plan } from './engineRig.ts';

describe('calls of work that was deleted', () => {
  const database = useDatabase();
  let db: Knex;

  before(() => {
    db = database.db;
  });

  it('count as spent once nobody can answer or decide them any more, and keep no money reserved', async () => {
    const userId = await addUser(db);
    const taskId = await plan(db, userId, [{}, {}, {}, {}]);
    const steps: string[] = await db('steps').where({ task_id: taskId }).orderBy('position').pluck('id');
    const call = async (n: number, status: 'sending' | 'ambiguous', sentMinutesAgo: number) =>
      db('provider_calls').insert({
        ...{ id: crypto.randomUUID(), op_key: `${steps[n]}:message:0`, step_id: steps[n], task_id: taskId },
        ...{ user_id: userId, vendor: 'glm', model: 'm', purpose: 'message', status, fence: 0, max_cost_micros: 5 },
        ...{ request_hash: Buffer.from(''), request: '{}', doubt_count: status === 'ambiguous' ? 1 : 0 },
        sending_at: db.raw("now() - ? * interval '1 minute'", [sentMinutesAgo]),
      });
    await call(0, 'sending', 11);
    await call(1, 'sending', 1);
    await call(2, 'ambiguous', 1);
    await call(3, 'sending', 11);
    await db('steps').whereIn('id', steps.slice(0, 3)).delete();
    await writeOffForsaken(db);
    const calls: Record<string, unknown>[] = await db('provider_calls').where({ user_id: userId });
    const ended = steps.map((id) => {
      const { status, lost_micros: lost, reserved_micros: reserved } = calls.find((one) => one.step_id === id) ?? {};
      return [status, lost, reserved];
    });
    assert.deepEqual(ended, [
      ['abandoned', 5, 0],
      ['sending', 0, 5],
      ['abandoned', 5, 0],
      ['sending', 0, 5],
    ]);
  });
});
