import assert from 'node:assert/strict';
import { parseCrontab } from 'graphile-worker';
import { choresOf, crontab } from '../../src/engine/chores.ts';
import { cleanUp } from '../../src/engine/cleanUp.ts';
import { pruneEvents } from '../../src/realtime/prunedEvents.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addTask, addUser } from '../support/rows.ts';
import { allSteps, silentLog, startRig, stopRigs } from './engineRig.ts';

const kept = { eventsDays: 30, idempotencyKeysDays: 30 };
const days = (count: number) => new Date(Date.now() - count * 86_400_000);

describe('cleanUp', () => {
  const database = useDatabase();
  let userId: string;
  let users = 0;
  beforeEach(async () => {
    users += 1;
    userId = await addUser(database.db, `user${users}`);
  });
  after(stopRigs);

  const key = (name: string, created: Date) => ({
    user_id: userId,
    key: name,
    operation: 'createTask',
    request_hash: Buffer.from(''),
    locked_until: created,
    created_at: created,
  });
  const session = (name: string, fenced: Date | null) => ({
    pool_id: name,
    slot: 1,
    host: 'test',
    backend_pid: 1,
    backend_start: days(3),
    fenced_at: fenced,
  });
  const ticket = (name: string, expires: Date) => ({
    ...{ ticket_hash: Buffer.from(name), user_id: userId, expires_at: expires },
  });
  const token = (name: string, expires: Date) => ({
    ...{ id: crypto.randomUUID(), family_id: crypto.randomUUID(), user_id: userId },
    ...{ token_hash: Buffer.from(name), expires_at: expires },
  });
  let seq = 0;
  const event = (taskId: string | null, created = days(0)) => {
    seq += 1;
    return { user_id: userId, seq, task_id: taskId, type: 'x', data: {}, created_at: created };
  };
  const eventsOf = (taskId: string) => database.db('events').where({ task_id: taskId });

  it('deletes what has served its time and keeps the rest', async () => {
    const { db } = database;
    await db('idempotency_keys').insert([key('old', days(31)), key('young', days(29))]);
    await db('worker_sessions').insert([
      session('gone', days(2)),
      session('just fenced', days(0.5)),
      session('alive', null),
    ]);
    await db('stream_tickets').insert([ticket('spent', days(1)), ticket('good', days(-1))]);
    await db('refresh_tokens').insert([token('expired', days(8)), token('just expired', days(6))]);
    await cleanUp(db, kept);
    assert.deepEqual(await db('idempotency_keys').pluck('key'), ['young']);
    assert.deepEqual((await db('worker_sessions').pluck('pool_id')).sort(), ['alive', 'just fenced']);
    const hashes = async (table: string, column: string) => (await db(table).pluck(column)).map(String);
    assert.deepEqual(await hashes('stream_tickets', 'ticket_hash'), ['good']);
    assert.deepEqual(await hashes('refresh_tokens', 'token_hash'), ['just expired']);
  });

  it('goes on where it stopped, through any number of tasks, and again through one that was retried', async () => {
    const { db } = database;
    const many = Array.from({ length: 1_200 }, (_, index) => ({
      ...{ id: crypto.randomUUID(), user_id: userId, type: 'film', status: 'completed' },
      completed_at: new Date(days(60).getTime() + Math.floor(index / 7)),
    }));
    const young = await addTask(db, userId);
    await db('tasks')
      .where({ id: young })
      .update({ status: 'completed', completed_at: days(1) });
    await db('tasks').insert(many);
    await db('events').insert([...many, ...many].map(({ id }) => event(id)));
    await db('events').insert([event(young), event(young), event(null, days(31)), event(null, days(29))]);
    assert.equal(await pruneEvents(db, days(30)), 1_201);
    assert.equal(await pruneEvents(db, days(30)), 0);
    assert.equal((await eventsOf(young)).length, 2);
    const again = many[0]?.id ?? '';
    await db('events').insert(event(again));
    await db('tasks')
      .where({ id: again })
      .update({ completed_at: days(31) });
    assert.equal(await pruneEvents(db, days(30)), 1);
    assert.equal((await eventsOf(again)).length, 1);
  });

  it('is done every hour by a worker: the clock has it, and what the clock starts does it', async () => {
    const { db } = database;
    const chores = Object.keys(choresOf({ db, kept, lists: [], log: silentLog }));
    assert.deepEqual(
      parseCrontab(crontab).map(({ task }) => task),
      chores,
    );
    assert.ok(crontab.split('\n').every((line) => /^\d+ \* \* \* \* /.test(line)));
    await db('idempotency_keys').insert(key('old', days(31)));
    await startRig(database, { steps: allSteps(async () => ({ end: 'done', result: {} })) });
    const known = () => db('graphile_worker._private_known_crontabs').orderBy('identifier').pluck('identifier');
    await eventually('graphile-worker keeps the time', async () => (await known()).length === chores.length);
    await db.raw("select graphile_worker.add_job('clean_up')");
    const gone = async () => !(await db('idempotency_keys').where({ key: 'old' }).first());
    await eventually('a worker has cleaned up', gone);
  });
});
