import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { listSteps } from '../../src/db/tasks.ts';
import { auditVendors } from '../../src/engine/auditor.ts';
import { takeLateAnswer } from '../../src/engine/lateAnswers.ts';
import { adoptOrphans } from '../../src/engine/orphans.ts';
import { type Step, type StepOutcome, StopError } from '../../src/engine/step.ts';
import { resolveStep, retryTask } from '../../src/engine/tasks.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, silentLog, startRig, statusOf, stopRigs } from './engineRig.ts';

const done: StepOutcome = { end: 'done', result: {} };

/** A step that buys one picture. */
const buying =
  (send: () => Promise<{ url: string }>): Step =>
  async ({ pay }) => {
    await pay({
      vendor: 'gemini',
      purpose: 'image',
      model: 'm',
      request: { prompt: 'a cat' },
      maxCostMicros: 134_000,
      send,
      lookup: async () => undefined,
    });
    return done;
  };

describe('adoptOrphans', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;

  before(async () => {
    db = database.db;
    userId = await addUser(db);
  });
  afterEach(stopRigs);

  /** A task whose one call is in doubt, as after a crash between send and answer. */
  async function inDoubt(): Promise<{ taskId: string; stepId: string; opKey: string; sends: () => number }> {
    let sends = 0;
    const send = async () => {
      sends += 1;
      throw new StopError('draining');
    };
    await startRig(database, { steps: allSteps(buying(send)), policy: { idempotency: 'none', onDoubt: 'hold' } });
    const taskId = await plan(db, userId, [{}]);
    const step = await eventually('the step needs review', () =>
      db('steps').where({ task_id: taskId, status: 'needs_review' }).first<{ id: string } | undefined>('id'),
    );
    return { taskId, stepId: step.id, opKey: `${step.id}:image:0`, sends: () => sends };
  }

  it('takes the answer that reached a replaced worker, and buys nothing', async () => {
    const { taskId, opKey, sends } = await inDoubt();
    await db('provider_orphans').insert({
      op_key: opKey,
      answer: JSON.stringify({ url: 'https://example.com/a.png' }),
    });
    await adoptOrphans(db, silentLog);
    await eventually('the task is completed', async () => (await statusOf(db, taskId)) === 'completed');
    assert.equal(sends(), 1);
    const call = await db('provider_calls').where({ op_key: opKey }).first('status', 'cost_micros', 'doubt_count');
    assert.deepEqual(call, { status: 'succeeded', cost_micros: 134_000, doubt_count: 0 });
    const { rows } = await db.raw<{ rows: { doubt: number; spent: number }[] }>(
      'select sum(doubt_micros)::int as doubt, sum(spent_micros)::int as spent from spending where user_id = ?',
      [userId],
    );
    assert.deepEqual(rows, [{ doubt: 0, spent: 134_000 }]);
  });

  it('books an answer before its call is sent again, once and under the present owner, and writes it into the history', async () => {
    const { opKey } = await inDoubt();
    await db('provider_calls').where({ op_key: opKey }).update({ status: 'sending', doubt_count: 2 });
    await db('provider_orphans').insert({ op_key: opKey, answer: '{}', upstream_id: 'clip-7' });
    const take = () => db.transaction((trx) => takeLateAnswer(trx, opKey, { fence: 9 }));
    assert.deepEqual([await take(), await take()], [true, false]);
    const call = await db('provider_calls')
      .where({ op_key: opKey })
      .first('status', 'fence', 'upstream_id', 'doubt_count');
    assert.deepEqual(call, { status: 'accepted', fence: 9, upstream_id: 'clip-7', doubt_count: 2 });
    const told = await db('provider_call_events').where({ op_key: opKey }).orderBy('id', 'desc').first();
    assert.deepEqual(
      [told.fence, told.from_status, told.to_status, told.note],
      [9, 'sending', 'accepted', 'its answer came late'],
    );
  });

  it('leaves alone what the user has decided about', async () => {
    const { taskId, stepId, opKey } = await inDoubt();
    await resolveStep(db, taskId, stepId, userId, 'accept_loss');
    await db('provider_orphans').insert({
      op_key: opKey,
      answer: JSON.stringify({ url: 'https://example.com/a.png' }),
    });
    await adoptOrphans(db, silentLog);
    assert.equal(await statusOf(db, taskId), 'failed');
  });

  it('completes a task that was cancelled while its last step was being finished, when it is retried', async () => {
    const finishing = Promise.withResolvers<void>();
    const step: Step = async () => {
      await finishing.promise;
      return { end: 'done', result: {}, taskResult: async () => ({ screenplayId: 'kept' }) };
    };
    await startRig(database, { steps: allSteps(step) });
    const taskId = await plan(db, userId, [{}]);
    await eventually('the step runs', () => db('steps').where({ task_id: taskId, status: 'running' }).first('id'));
    await db('tasks').where({ id: taskId }).update({ status: 'cancelled' });
    finishing.resolve();
    await eventually('the step is done', () => db('steps').where({ task_id: taskId, status: 'done' }).first('id'));
    const task = await retryTask(db, taskId, userId);
    assert.equal(task.status, 'completed');
    assert.deepEqual(task.result, { screenplayId: 'kept' });
  });

  it('runs a dead step again when its task is retried', async () => {
    await startRig(database, { steps: allSteps(async () => done) });
    const taskId = await plan(db, userId, [{ after: ['1'] }, {}]);
    await db('steps').where({ task_id: taskId }).update({ status: 'cancelled' });
    await db('steps').where({ task_id: taskId, waits_for: 0 }).update({ status: 'dead', crash_count: 8 });
    await db('tasks').where({ id: taskId }).update({ status: 'failed' });
    const [waiting, dead] = await listSteps(db, taskId);
    assert.deepEqual([waiting?.waitsFor, dead?.status, dead?.interruptions], [1, 'dead', 8]);
    await retryTask(db, taskId, userId);
    await eventually('the task is completed', async () => (await statusOf(db, taskId)) === 'completed');
  });
});

describe('auditVendors', () => {
  const database = useDatabase();

  it('reports what only the vendor or only the ledger knows, and nothing that is too young', async () => {
    const { db } = database;
    const userId = await addUser(db);
    const hourAgo = new Date(Date.now() - 3_600_000);
    const call = (upstreamId: string) => ({
      id: crypto.randomUUID(),
      op_key: upstreamId,
      user_id: userId,
      vendor: 'tuzi',
      model: 'm',
      purpose: 'video',
      status: 'accepted',
      request_hash: Buffer.from(''),
      request: '{}',
      fence: 1,
      max_cost_micros: 1,
      upstream_id: upstreamId,
      accepted_at: hourAgo,
    });
    await db('provider_calls').insert([call('known'), call('lost')]);
    await db('provider_orphans').insert({ op_key: 'x', upstream_id: 'late' });
    const older = new Date(hourAgo.getTime() - 60_000);
    const listed = [
      { id: 'known', createdAt: older },
      { id: 'late', createdAt: hourAgo },
      { id: 'never ours', createdAt: hourAgo },
      { id: 'on its way', createdAt: new Date() },
    ];
    const lists = [{ vendor: 'tuzi' as const, list: async () => listed }];
    for (const _ of [1, 2]) await auditVendors(db, { lists, log: silentLog });
    const found = await db('audit_findings').orderBy('upstream_id').select('upstream_id', 'kind');
    assert.deepEqual(found, [
      { upstream_id: 'lost', kind: 'missing' },
      { upstream_id: 'never ours', kind: 'unknown' },
    ]);
  });

  it('leaves vendors alone that keep no list', async () => {
    const { db } = database;
    const before = await db('audit_findings').select();
    await auditVendors(db, { lists: [{ vendor: 'tuzi', list: async () => undefined }], log: silentLog });
    assert.deepEqual(await db('audit_findings').select(), before);
  });
});
