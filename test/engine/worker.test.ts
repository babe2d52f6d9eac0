import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { sweepWorkers } from '../../src/engine/housekeeping.ts';
import { cancelTask, resolveStep, retryTask } from '../../src/engine/tasks.ts';
import { PermanentFailure } from '../../src/errors.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, startRig, statusOf, stopRigs } from './engineRig.ts';

const film = [
  { key: 'sheet', kind: 'drawCharacterSheet' as const },
  { key: 'image', kind: 'drawSceneImage' as const, after: ['sheet'] },
  { key: 'clip', kind: 'shootSceneClip' as const, vendor: 'tuzi' as const, after: ['image'] },
  { key: 'cut', kind: 'assembleFilm' as const, vendor: null, after: ['clip', 'sheet'] },
];

const refusal = new PermanentFailure({
  code: 7001,
  key: 'provider_refused',
  params: { vendor: 'gemini', input: 'prompt', reason: 'no' },
});

describe('worker', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;

  before(async () => {
    db = database.db;
    userId = await addUser(db);
  });

  afterEach(stopRigs);

  const ends = (taskId: string, status: string) =>
    eventually(`the task is ${status}`, async () => (await statusOf(db, taskId)) === status);

  it('runs a graph of steps in order, tells of each, and completes the task', async () => {
    const order: string[] = [];
    const rig = await startRig(database, {
      steps: allSteps(async ({ step }) => {
        order.push(step.kind);
        return { end: 'done', result: {} };
      }),
    });
    const taskId = await plan(db, userId, film);
    await ends(taskId, 'completed');
    await rig.stop();
    assert.deepEqual(order, ['drawCharacterSheet', 'drawSceneImage', 'shootSceneClip', 'assembleFilm']);
    const events = await db('events')
      .where({ task_id: taskId })
      .orderBy('seq')
      .select<{ data: { progress: number } }[]>('data');
    assert.deepEqual(
      events.map(({ data }) => data.progress),
      [25, 50, 75, 100],
    );
    const wakeUps = await db.raw<{ rows: unknown[] }>('select from graphile_worker.jobs');
    assert.equal(wakeUps.rows.length, 0);
  });

  it('submits a clip, polls without holding a worker, and collects it in a second run', async () => {
    const runs: string[] = [];
    let polls = 0;
    const rig = await startRig(database, {
      upstream: {
        poll: async () => {
          polls += 1;
          return polls < 3 ? { status: 'running' } : { status: 'completed', url: 'there' };
        },
      },
      steps: allSteps(async ({ pay, standing }) => {
        const shot = await standing('video');
        runs.push(shot ? 'collect' : 'submit');
        if (shot) return { end: 'done', result: shot.answer };
        await pay({
          vendor: 'tuzi',
          purpose: 'video',
          model: 'test',
          request: {},
          maxCostMicros: 1,
          send: async () => ({ vendorId: 'v1' }),
          lookup: async () => undefined,
          upstreamId: ({ vendorId }) => vendorId,
        });
        return { end: 'waiting', pollMs: 10, giveUpMs: 60_000 };
      }),
    });
    const taskId = await plan(db, userId, [{ kind: 'shootClip', vendor: 'tuzi' }]);
    await ends(taskId, 'completed');
    await rig.stop();
    assert.deepEqual(runs, ['submit', 'collect']);
    assert.equal(polls, 3);
  });

  it('finishes the siblings of a failed step, and a retry runs only what failed', async () => {
    const ran: string[] = [];
    let refuses = true;
    const rig = await startRig(database, {
      steps: allSteps(async ({ step }) => {
        ran.push(step.kind);
        if (refuses && step.kind === 'drawSceneImage') throw refusal;
        return { end: 'done', result: {} };
      }),
    });
    const taskId = await plan(db, userId, [...film, { key: 'other', kind: 'drawImage' }]);
    await ends(taskId, 'failed');
    const failed = await db('tasks').where({ id: taskId }).first<{ error: { key: string } }>('error');
    assert.equal(failed?.error.key, 'provider_refused');
    refuses = false;
    await retryTask(db, taskId, userId);
    await ends(taskId, 'completed');
    await rig.stop();
    assert.equal(ran.filter((kind) => kind === 'drawImage').length, 1);
    assert.equal(ran.filter((kind) => kind === 'drawCharacterSheet').length, 1);
    assert.equal(ran.filter((kind) => kind === 'drawSceneImage').length, 2);
  });

  it('tries a transient failure again by itself', async () => {
    let tries = 0;
    const rig = await startRig(database, {
      steps: allSteps(async () => {
        tries += 1;
        if (tries === 1) throw new Error('a hiccup');
        return { end: 'done', result: {} };
      }),
    });
    const taskId = await plan(db, userId, [{}]);
    await ends(taskId, 'completed');
    await rig.stop();
    assert.equal(tries, 2);
  });

  it('holds a database that was too slow against no step', async () => {
    let tries = 0;
    const rig = await startRig(database, {
      steps: allSteps(async ({ db: own }) => {
        tries += 1;
        if (tries > 1) return { end: 'done', result: {} };
        return own.transaction(async (trx) => {
          await trx.raw('set local statement_timeout = 10');
          await trx.raw('select pg_sleep(10)');
          return { end: 'done', result: {} };
        });
      }),
    });
    const taskId = await plan(db, userId, [{}]);
    await ends(taskId, 'completed');
    await rig.stop();
    assert.equal(tries, 2);
    const step = await db('steps').where({ task_id: taskId }).first('failures', 'attempts');
    assert.deepEqual(step, { failures: 0, attempts: 1 });
  });

  it('stops a running step and everything behind it when the task is cancelled', async () => {
    const started = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<string>();
    const rig = await startRig(database, {
      steps: allSteps(({ signal }) => {
        started.resolve();
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            stopped.resolve(signal.reason.reason);
            reject(signal.reason);
          });
        });
      }),
    });
    const taskId = await plan(db, userId, film);
    await started.promise;
    const cancelled = await cancelTask(db, taskId, userId);
    assert.equal(cancelled.status, 'cancelled');
    assert.equal(await stopped.promise, 'cancelled');
    const statuses = () => db('steps').where({ task_id: taskId }).pluck('status');
    await eventually('all steps are cancelled', async () =>
      (await statuses()).every((status) => status === 'cancelled'),
    );
    await rig.stop();
    await assert.rejects(cancelTask(db, taskId, userId), { code: 4002 });
  });

  it('hands running work back on a drain, without counting it as an attempt', async () => {
    const started = Promise.withResolvers<void>();
    const rig = await startRig(database, {
      steps: allSteps(({ signal }) => {
        started.resolve();
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      }),
    });
    const taskId = await plan(db, userId, [{}]);
    await started.promise;
    await rig.stop(50);
    const step = await db('steps')
      .where({ task_id: taskId })
      .first<{ status: string; attempts: number; owner_pool: null }>();
    assert.deepEqual([step?.status, step?.attempts, step?.owner_pool], ['ready', 0, null]);
    await db('tasks').where({ id: taskId }).delete();
  });

  it('lets the user decide about a lost paid call', async () => {
    const taskId = await plan(db, userId, [{}]);
    const [stepId] = await db('steps').where({ task_id: taskId }).pluck('id');
    await db('steps').where({ id: stepId }).update({ status: 'needs_review' });
    const rig = await startRig(database, { steps: allSteps(async () => ({ end: 'done', result: {} })) });
    await resolveStep(db, taskId, stepId, userId, 'retry');
    await ends(taskId, 'completed');
    await rig.stop();
    const step = await db('steps').where({ id: stepId }).first<{ status: string }>('status');
    assert.equal(step?.status, 'done');
    await assert.rejects(resolveStep(db, taskId, stepId, userId, 'accept_loss'), { code: 4002 });
  });

  it('loses its lease when it is fenced, and its steps go to another worker', async () => {
    const lost = Promise.withResolvers<string>();
    const runs = Promise.withResolvers<void>();
    let hang = true;
    const steps = allSteps(({ signal }) => {
      runs.resolve();
      return hang
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : Promise.resolve({ end: 'done', result: {} });
    });
    const first = await startRig(database, { steps, onLost: lost.resolve });
    const taskId = await plan(db, userId, [{}]);
    await runs.promise;
    hang = false;
    await db.raw(`select pg_terminate_backend(backend_pid) from worker_sessions where pool_id = ?`, [
      first.worker.poolId,
    ]);
    assert.match(await lost.promise, /connection/);
    await first.stop();
    const second = await startRig(database, { steps });
    await eventually('the sweeper fences it', async () => (await sweepWorkers(db, 8)).includes(first.worker.poolId));
    await ends(taskId, 'completed');
    const step = await db('steps').where({ task_id: taskId }).first<{ fence: number; crash_count: number }>();
    assert.deepEqual([step?.fence, step?.crash_count], [2, 1]);
    await second.stop();
  });

  it('has what it left running when it stopped returned to others', async () => {
    const steps = allSteps(async () => ({ end: 'done', result: {} }));
    const first = await startRig(database, { steps });
    const taskId = await plan(db, userId, [{}]);
    const { poolId } = first.worker;
    await ends(taskId, 'completed');
    await db('steps').where({ task_id: taskId }).update({ status: 'running', result: null, owner_pool: poolId });
    await db('tasks').where({ id: taskId }).update({ status: 'processing' });
    await first.stop();
    await startRig(database, { steps });
    await sweepWorkers(db, 8);
    await ends(taskId, 'completed');
    const step = await db('steps').where({ task_id: taskId }).first<{ fence: number }>();
    assert.equal(step?.fence, 2);
  });

  it('gives up on a step under which its worker died too often, and says so', async () => {
    const taskId = await plan(db, userId, [{}]);
    await db('worker_sessions').insert({
      pool_id: 'dead',
      slot: -1,
      host: 'x',
      backend_pid: 0,
      backend_start: db.fn.now(),
    });
    await db('worker_beats').insert({ pool_id: 'dead' });
    await db('steps').where({ task_id: taskId }).update({ status: 'running', owner_pool: 'dead', crash_count: 7 });
    assert.deepEqual(await sweepWorkers(db, 8), ['dead']);
    const step = await db('steps').where({ task_id: taskId }).first<{ status: string; error: { key: string } }>();
    assert.deepEqual([step?.status, step?.error.key], ['dead', 'step_crashed']);
  });
});
