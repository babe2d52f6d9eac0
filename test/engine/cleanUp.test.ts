import assert from 'node:assert/strict';
import { cleanUp } from '../../src/engine/cleanUp.ts';
import { useDatabase } from '../support/database.ts';
import { addUser } from '../support/rows.ts';

describe('cleanUp', () => {
  const database = useDatabase();

  it('deletes what has served its time and keeps the rest', async () => {
    const { db } = database;
    const userId = await addUser(db);
    const days = (count: number) => new Date(Date.now() - count * 86_400_000);
    const key = (name: string, created: Date) => ({
      user_id: userId,
      key: name,
      operation: 'createTask',
      request_hash: Buffer.from(''),
      locked_until: created,
      created_at: created,
    });
    await db('idempotency_keys').insert([key('old', days(31)), key('young', days(29))]);
    const session = (name: string, fenced: Date | null) => ({
      pool_id: name,
      slot: 1,
      host: 'test',
      backend_pid: 1,
      backend_start: days(3),
      fenced_at: fenced,
    });
    await db('worker_sessions').insert([
      session('gone', days(2)),
      session('just fenced', days(0.5)),
      session('alive', null),
    ]);
    await cleanUp(db, { eventsDays: 30, idempotencyKeysDays: 30 });
    assert.deepEqual(await db('idempotency_keys').pluck('key'), ['young']);
    assert.deepEqual((await db('worker_sessions').pluck('pool_id')).sort(), ['alive', 'just fenced']);
  });
});
