import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { VendorPolicy } from '../../src/engine/step.ts';
import { VendorError } from '../../src/errors.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, startRig, stopRigs } from './engineRig.ts';

const failure = { code: 7002, key: 'provider_unavailable', params: { vendor: 'gemini', reason: 'HTTP 503' } } as const;
const away = (accepted: 'no' | 'unknown') => new VendorError(failure, { accepted, retryable: true, away: true });

/** A vendor that can be sent away, and how often it was called meanwhile. */
interface Site {
  away: boolean;
  accepted: 'no' | 'unknown';
  sends: string[];
  /** Steps whose request it never takes. */
  chokesOn: Set<string>;
  /** What happens between a step's claim and its call. */
  prepare: () => Promise<unknown>;
  /** What happens to what was bought. */
  fetch: () => Promise<unknown>;
}

describe('a vendor that is away', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;
  let site: Site;

  before(async () => {
    db = database.db;
    userId = await addUser(db);
  });
  beforeEach(async () => {
    const nothing = async () => undefined;
    site = { away: true, accepted: 'unknown', sends: [], chokesOn: new Set(), prepare: nothing, fetch: nothing };
    await db('vendor_limits').delete();
  });
  afterEach(stopRigs);

  const startWorkerOf = (policy: Partial<VendorPolicy> = {}) =>
    startRig(database, {
      policy,
      steps: allSteps(async ({ pay, step }) => {
        await site.prepare();
        const result = await pay({
          vendor: 'gemini',
          purpose: 'image',
          model: 'test',
          request: { prompt: 'a cat' },
          maxCostMicros: 1,
          async send() {
            site.sends.push(step.id);
            if (site.away || site.chokesOn.has(step.id)) throw away(site.accepted);
            return { ok: true };
          },
          lookup: async () => undefined,
        });
        await site.fetch();
        return { end: 'done', result };
      }),
    });
  const stepsOf = (taskId: string) => db('steps').where({ task_id: taskId }).orderBy('position');
  const limits = () => db('vendor_limits').where({ vendor: 'gemini' }).first();
  const isDone = (taskId: string) => async () => (await stepsOf(taskId)).every(({ status }) => status === 'done');

  it('is asked by one call at a time, and all that waited is done at once when it is back', async function () {
    this.timeout(30_000);
    await startWorkerOf();
    const taskId = await plan(
      db,
      userId,
      Array.from({ length: 30 }, () => ({})),
    );
    await eventually('it is known to be away', async () => (await limits())?.away_count >= 3, 10_000);
    const before = site.sends.length;
    await delay(4_000);
    const asked = site.sends.length - before;
    assert.ok(asked >= 1 && asked <= 5, `${asked} calls in 4 s`);
    assert.ok(new Set(site.sends.slice(-2)).size === 2 || asked < 2, 'not always the same one asks');
    site.away = false;
    const at = performance.now();
    await eventually('all is done', isDone(taskId), 10_000);
    assert.ok(performance.now() - at < 5_000, `${performance.now() - at} ms`);
    const steps = await stepsOf(taskId);
    assert.ok(
      steps.every(({ failures }) => failures <= 1),
      `failures: ${steps.map(({ failures }) => failures)}`,
    );
    const { away_since: awaySince } = await limits();
    assert.equal(awaySince, null);
    assert.ok(steps.every((step) => step.away_since === null || step.status === 'done'));
  });

  it('costs a step that comes meanwhile none of its tries, whatever the vendor knows of keys, if it was surely not taken', async function () {
    this.timeout(30_000);
    site.accepted = 'no';
    await startWorkerOf({ idempotency: 'none', onDoubt: 'hold' });
    await plan(db, userId, [{}]);
    await eventually('it is known to be away', async () => (await limits())?.away_count >= 3, 10_000);
    const late = await plan(db, userId, [{}]);
    await eventually('the late one has met it', async () => (await stepsOf(late))[0]?.away_since, 10_000);
    site.away = false;
    await eventually('it is done', isDone(late), 5_000);
    const [step] = await stepsOf(late);
    assert.deepEqual([step?.failures, step?.attempts <= 2], [0, true]);
  });

  it('stays in doubt where a call may have been taken and the vendor knows no keys', async () => {
    await startWorkerOf({ idempotency: 'none', onDoubt: 'hold' });
    const taskId = await plan(db, userId, [{}]);
    await eventually('it is held', async () => (await stepsOf(taskId))[0]?.status === 'needs_review', 10_000);
    assert.equal(site.sends.length, 1);
    assert.equal((await limits())?.away_since, null);
  });

  it('is waited for 15 minutes, then what waits fails as unavailable, called or not', async function () {
    this.timeout(20_000);
    site.accepted = 'no';
    const taskId = await plan(db, userId, [{}, {}]);
    const longAgo = db.raw("now() - interval '16 minutes'");
    await db('steps').where({ task_id: taskId }).update({ not_before: longAgo });
    await db('vendor_limits').insert({
      vendor: 'gemini',
      away_since: longAgo,
      away_count: 9,
      cool_until: db.raw("now() + interval '1 hour'"),
    });
    const fresh = await plan(db, userId, [{}]);
    await startWorkerOf();
    const ended = async () => (await stepsOf(taskId)).every(({ status }) => status === 'failed');
    await eventually('both have failed', ended, 10_000);
    assert.deepEqual(
      (await stepsOf(taskId)).map(({ error }) => error.code),
      [7002, 7002],
    );
    assert.deepEqual(site.sends, []);
    assert.equal((await stepsOf(fresh))[0]?.status, 'ready');
  });

  it('is waited for from when a step was due, also by one that had never been let through', async () => {
    site.accepted = 'no';
    const longAgo = db.raw("now() - interval '16 minutes'");
    await db('vendor_limits').insert({ vendor: 'gemini', away_since: longAgo, away_count: 9, cool_until: db.fn.now() });
    const taskId = await plan(db, userId, [{}]);
    await db('steps').where({ task_id: taskId }).update({ not_before: longAgo });
    await startWorkerOf();
    await eventually('it has failed', async () => (await stepsOf(taskId))[0]?.status === 'failed');
    assert.equal(site.sends.length, 1, 'it asked once');
  });

  it('is waited for from when a step was due, also by one that is told to wait each time', async () => {
    await db('vendor_limits').insert({ vendor: 'gemini', away_since: db.fn.now(), cool_until: db.fn.now() });
    const taskId = await plan(db, userId, [{}]);
    const due = db.raw("now() - interval '5 minutes'");
    const [wanted] = await db('steps').where({ task_id: taskId }).update({ not_before: due }).returning('not_before');
    const asking = { probe_step: null, cool_until: db.raw("now() + interval '1 hour'") };
    site.prepare = () => db('vendor_limits').update(asking);
    await startWorkerOf();
    const told = async () => {
      const [step] = await stepsOf(taskId);
      return step?.fence === 1 && step.status === 'ready';
    };
    await eventually('it was told to wait', told);
    const [step] = await stepsOf(taskId);
    assert.deepEqual(step?.away_since, wanted.not_before);
    assert.ok(step?.not_before > new Date());
    assert.deepEqual(site.sends, []);
    await db('tasks').where({ id: taskId }).delete();
  });

  it('is waited for anew where nobody asked for long, and nothing is given up while one asks', async () => {
    const longAgo = db.raw("now() - interval '1 hour'");
    await db('vendor_limits').insert({ vendor: 'gemini', away_since: longAgo, away_count: 9, cool_until: longAgo });
    const taskId = await plan(db, userId, [{}, {}, {}]);
    await db('steps').where({ task_id: taskId }).update({ not_before: longAgo });
    const { promise, resolve } = Promise.withResolvers<void>();
    site.away = false;
    site.prepare = () => promise;
    await startWorkerOf();
    try {
      await eventually('one is to ask', async () => (await limits()).probe_step !== null);
      assert.ok((await limits()).away_since > Date.now() - 60_000, 'its absence begins anew');
      await db('vendor_limits').update({ away_since: longAgo, cool_until: db.raw("now() + interval '1 hour'") });
      await delay(1_500);
      const untouched = (await stepsOf(taskId)).filter(({ fence }) => fence === 0);
      assert.equal(untouched.length, 2, 'the others wait for its answer');
    } finally {
      resolve();
    }
    await eventually('all are done', isDone(taskId), 5_000);
  });

  it('keeps nobody from what is bought already, and who fetches that is not made the one that asks', async () => {
    site.away = false;
    const cooling = { vendor: 'gemini', away_since: db.fn.now(), cool_until: db.raw("now() + interval '1 hour'") };
    site.fetch = async () => {
      site.fetch = async () => undefined;
      await db('vendor_limits').delete();
      await db('vendor_limits').insert(cooling);
      throw new Error('a file that breaks off');
    };
    await startWorkerOf();
    const taskId = await plan(db, userId, [{}]);
    await eventually('it is done', isDone(taskId), 8_000);
    assert.equal(site.sends.length, 1);
    const { probe_step: probe, cool_until: coolUntil } = await limits();
    assert.deepEqual([probe, coolUntil > new Date()], [null, true]);
  });

  it('is not taken for away by the others for a request at which it alone falls over', async function () {
    this.timeout(30_000);
    site.away = false;
    const choking = await plan(db, userId, [{}]);
    await db('steps').where({ task_id: choking }).update({ failures: 7 });
    const [step] = await stepsOf(choking);
    site.chokesOn.add(step?.id);
    await startWorkerOf();
    await eventually('it is out of tries, and its call in doubt', async () => {
      return (await stepsOf(choking))[0]?.status === 'needs_review';
    });
    const other = await plan(db, userId, [{}]);
    await eventually('the other is done', isDone(other), 5_000);
  });

  it('is asked by whoever calls first, also where all take so long that another has been chosen to ask by then', async () => {
    const away = { away_since: db.raw("now() - interval '1 minute'"), away_count: 9, cool_until: db.fn.now() };
    await db('vendor_limits').insert({ vendor: 'gemini', ...away });
    const other = '00000000-0000-7000-8000-000000000000';
    site.away = false;
    site.prepare = () =>
      db('vendor_limits')
        .whereNotNull('away_since')
        .update({ probe_step: other, cool_until: db.raw("now() + interval '2 seconds'") });
    await startWorkerOf();
    const taskId = await plan(db, userId, [{}]);
    await eventually('it is done', isDone(taskId), 5_000);
    assert.equal((await limits())?.away_since, null);
  });

  it('fails nothing that is long in line because it only cools down', async () => {
    site.away = false;
    site.prepare = () =>
      db('vendor_limits')
        .insert({ vendor: 'gemini', cool_until: db.raw("now() + interval '1 hour'") })
        .onConflict('vendor')
        .ignore();
    const taskId = await plan(db, userId, [{}]);
    await db('steps')
      .where({ task_id: taskId })
      .update({ not_before: db.raw("now() - interval '16 minutes'") });
    await startWorkerOf();
    await eventually('it was given back', async () => {
      const [step] = await stepsOf(taskId);
      return step?.fence > 0 && step?.status !== 'running';
    });
    assert.equal((await stepsOf(taskId))[0]?.status, 'ready');
    assert.deepEqual(site.sends, []);
  });

  it('is waited for anew by a step that had met it away before', async function () {
    this.timeout(20_000);
    site.accepted = 'no';
    const taskId = await plan(db, userId, [{}]);
    await db('steps')
      .where({ task_id: taskId })
      .update({ away_since: db.raw("now() - interval '16 minutes'") });
    await startWorkerOf();
    await eventually('it has asked', async () => (await limits())?.away_count >= 2, 10_000);
    assert.notEqual((await stepsOf(taskId))[0]?.status, 'failed');
    site.away = false;
    await eventually('it is done', isDone(taskId), 5_000);
  });
});
