import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { saveLimits } from '../../src/db/adminUsers.ts';
import { findBudget, saveBudget } from '../../src/db/budgets.ts';
import { type Entry, reserve, writeIntent } from '../../src/engine/ledgerStore.ts';
import type { StepContext, VendorPolicy } from '../../src/engine/step.ts';
import { cancelTask, resolveStep, retryTask } from '../../src/engine/tasks.ts';
import { VendorError } from '../../src/errors.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, startRig, statusOf, stopRigs } from './engineRig.ts';

type Answer = (signal: AbortSignal) => Promise<{ ok: true }>;
const price = 100;

const ok: Answer = async () => ({ ok: true });
const refused: Answer = async () => {
  const failure = {
    code: 7001,
    key: 'provider_refused',
    params: { vendor: 'x', input: 'prompt', reason: 'x' },
  } as const;
  throw new VendorError(failure, { accepted: 'no', retryable: false });
};
const lost: Answer = async () => {
  const failure = { code: 7002, key: 'provider_unavailable', params: { vendor: 'x', reason: 'x' } } as const;
  throw new VendorError(failure, { accepted: 'unknown', retryable: true, retryAfterMs: 10 });
};
const never: Answer = (signal) =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

const held = { kind: 'drawImage', subjectId: null, fence: 1, failures: 0, generation: 0 } as const;
const purchase = { purpose: 'image', model: 'test', request: {}, maxCostMicros: price } as const;

describe('what is spent', () => {
  const database = useDatabase();
  let db: Knex;
  let users = 0;
  let sends = 0;
  let userId: string;
  let answer: Answer;

  before(() => {
    db = database.db;
  });
  beforeEach(async () => {
    users += 1;
    sends = 0;
    answer = ok;
    userId = await addUser(db, `user${users}`);
  });
  afterEach(stopRigs);

  /** Of any vendor, so that the vendor's own lock is not what keeps purchases apart. */
  const vendorOf = (id: string) => (['glm', 'gemini', 'tuzi'] as const)[Number.parseInt(id.slice(-2), 16) % 3] ?? 'glm';
  const buy = ({ pay, step }: Pick<StepContext, 'pay' | 'step'>) =>
    pay({
      ...{ ...purchase, vendor: vendorOf(step.id) },
      send: ({ signal }) => {
        sends += 1;
        return answer(signal);
      },
      lookup: async () => undefined,
    });
  const start = (policy: Partial<VendorPolicy> = {}) =>
    startRig(database, {
      policy,
      concurrency: 8,
      steps: allSteps(async (context) => ({ end: 'done', result: await buy(context) })),
    });
  const ended = (taskId: string, status: string) =>
    eventually(`the task is ${status}`, async () => (await statusOf(db, taskId)) === status);
  const stepIs = async (taskId: string, status: string): Promise<string> => {
    const row = await eventually(
      `a step is ${status}`,
      () => db('steps').where({ task_id: taskId, status }).first(),
      20_000,
    );
    return row.id;
  };
  const money = async () => {
    const { startsAt: _, endsAt: __, ...day } = (await findBudget(db, userId)).day;
    return day;
  };
  const sums = (spentMicros: number, reservedMicros = 0, inDoubtMicros = 0) => ({
    ...{ spentMicros, reservedMicros, inDoubtMicros },
  });

  it('never exceeds the budget, also with fifty tasks at once; a retry goes on when it is raised', async () => {
    await saveBudget(db, userId, { dayMicros: 7 * price + 1 });
    const tasks = await Promise.all(Array.from({ length: 50 }, () => plan(db, userId, [{}])));
    await Promise.all([start(), start()]);
    const open = () => db('tasks').where({ user_id: userId, status: 'processing' }).first();
    await eventually('all have ended', async () => !(await open()), 30_000);
    assert.equal(sends, 7);
    assert.deepEqual(await money(), sums(7 * price));
    const failed = await db('tasks').where({ user_id: userId, status: 'failed' });
    assert.equal(failed.length, 43);
    const [{ error, id }] = failed;
    assert.deepEqual(error, {
      ...{ code: 5001, key: 'over_budget', params: { limit: 'the budget of the day' } },
      message: 'This would cost more than the budget of the day allows.',
    });
    assert.equal(await db('provider_calls').where({ task_id: id }).first(), undefined);
    await saveBudget(db, userId, { dayMicros: null, monthMicros: 8 * price });
    await retryTask(db, id, userId);
    await ended(id, 'completed');
    assert.equal(sends, 8);
    assert.equal(tasks.length, 50);
  });

  it('is held to the lower of the own limit and the ceiling of an administrator, whichever was set last', async () => {
    const taskId = await plan(db, userId, [{}]);
    const refusalOf = async (micros: number): Promise<string | null> => {
      const { rows } = await db.raw('select reserve_money(?, ?, ?) as limit', [userId, taskId, micros]);
      return rows[0].limit;
    };
    assert.equal(await refusalOf(1_001), null);
    await saveBudget(db, userId, { dayMicros: 1_000 });
    await saveLimits(db, userId, { maxDayMicros: 50 });
    assert.deepEqual([await refusalOf(50), await refusalOf(51)], [null, 'day']);
    await saveBudget(db, userId, { dayMicros: null });
    assert.equal(await refusalOf(51), 'day', 'an own limit taken away leaves the ceiling');
    await saveLimits(db, userId, { maxDayMicros: null, maxMonthMicros: 70 });
    assert.deepEqual([await refusalOf(70), await refusalOf(71)], [null, 'month']);
    await saveBudget(db, userId, { dayMicros: 10 });
    assert.equal(await refusalOf(11), 'day');
  });

  it('lets one intent of a user through at a time: the next sees what the first reserved', async () => {
    await saveBudget(db, userId, { monthMicros: price });
    const taskId = await plan(db, userId, [{}, {}]);
    const steps = await db('steps').where({ task_id: taskId }).select<{ id: string }[]>('id');
    const [first, second] = steps.map(({ id }, index): Entry => {
      const step = { ...held, id, taskId, userId };
      const vendor = index === 0 ? ('glm' as const) : ('tuzi' as const);
      return { step, opKey: id, purchase: { ...purchase, vendor } };
    });
    assert.ok(first && second);
    const trx = await db.transaction();
    await reserve(trx, first, price);
    await writeIntent(trx, first, undefined, { replaces: true, recognisedBy: 'none' });
    const late = assert.rejects(() => db.transaction((other) => reserve(other, second, price)), /budget of the month/);
    const waits = () =>
      db('pg_stat_activity').whereRaw('datname = current_database()').where({ wait_event_type: 'Lock' }).first();
    await eventually('the second waits for the first', waits);
    await trx.commit();
    await late;
  });

  it('holds a task to its maxCost, whatever the budget', async () => {
    const taskId = await plan(db, userId, [{ key: 'a' }, { key: 'b' }, { key: 'c' }]);
    await db('tasks')
      .where({ id: taskId })
      .update({ params: { maxCost: 2 * price } });
    await start();
    await ended(taskId, 'failed');
    assert.equal(sends, 2);
    const task = await db('tasks').where({ id: taskId }).first();
    assert.deepEqual(task.error.params, { limit: 'maxCost' });
  });

  it('is reserved while a call is on its way, and free again when it was refused', async () => {
    const taskId = await plan(db, userId, [{}]);
    const gate = Promise.withResolvers<void>();
    answer = async (signal) => {
      await gate.promise;
      return refused(signal);
    };
    await start();
    await eventually('the call is on its way', async () => (await money()).reservedMicros === price);
    gate.resolve();
    await ended(taskId, 'failed');
    assert.deepEqual(await money(), sums(0));
  });

  for (const decision of ['accept_loss', 'retry'] as const) {
    it(`counts a lost call as in doubt until the user decides, then as spent: ${decision}`, async () => {
      answer = lost;
      const taskId = await plan(db, userId, [{}]);
      await start({ idempotency: 'none', onDoubt: 'hold' });
      const stepId = await stepIs(taskId, 'needs_review');
      assert.deepEqual(await money(), sums(0, 0, price));
      answer = ok;
      await resolveStep(db, taskId, stepId, userId, decision);
      await ended(taskId, decision === 'retry' ? 'completed' : 'failed');
      assert.deepEqual(await money(), sums(decision === 'retry' ? 2 * price : price));
    });
  }

  it('counts both sends where a lost call was sent again', async () => {
    const answers = [lost, ok];
    answer = (signal) => (answers.shift() ?? ok)(signal);
    const taskId = await plan(db, userId, [{}]);
    await start({ idempotency: 'none', onDoubt: 'resend' });
    await ended(taskId, 'completed');
    assert.deepEqual(await money(), sums(price, 0, price));
  });

  it('leaves nothing reserved after a cancel, whether the call was on its way or its worker had died', async () => {
    answer = never;
    const taskId = await plan(db, userId, [{}, {}]);
    await start();
    await eventually('both are on their way', async () => (await money()).reservedMicros === 2 * price);
    await cancelTask(db, taskId, userId);
    await eventually('nothing is reserved', async () => (await money()).reservedMicros === 0);
    assert.deepEqual(await money(), sums(0, 0, 2 * price));
    const orphaned = await plan(db, userId, [{}]);
    const stepId = await stepIs(orphaned, 'running');
    await eventually('the call is on its way', async () => (await money()).reservedMicros === price);
    await stopRigs();
    await db('steps').where({ id: stepId }).update({ status: 'ready', owner_pool: null });
    assert.equal((await money()).reservedMicros, price);
    await cancelTask(db, orphaned, userId);
    assert.deepEqual(await money(), sums(0, 0, 3 * price));
  });

  it('goes on under the same key when a dead step is retried, and costs once', async () => {
    answer = lost;
    const taskId = await plan(db, userId, [{}]);
    await start();
    await eventually('the call left', () => sends > 0);
    await stopRigs();
    await db('steps').where({ task_id: taskId }).update({ status: 'dead', owner_pool: null });
    await db('tasks').where({ id: taskId }).update({ status: 'failed' });
    assert.deepEqual(await money(), sums(0, 0, price));
    answer = ok;
    await retryTask(db, taskId, userId);
    await start();
    await ended(taskId, 'completed');
    assert.deepEqual(await money(), sums(price));
    const calls = await db('provider_calls').where({ task_id: taskId });
    assert.deepEqual([calls.length, calls[0].doubt_count], [1, 0]);
  });

  it('is the sum of the ledger, day by day', async () => {
    const { rows } = await db.raw(
      `select coalesce(c.user_id, s.user_id) as who, coalesce(c.spent, 0) - coalesce(s.spent_micros, 0) as spent,
         coalesce(c.reserved, 0) - coalesce(s.reserved_micros, 0) as reserved, coalesce(c.doubt, 0) - coalesce(s.doubt_micros, 0) as doubt
       from spending s full join (
         select user_id, booked_on, sum(spent_micros) as spent, sum(reserved_micros) as reserved, sum(doubt_micros) as doubt
         from provider_calls group by 1, 2) c on c.user_id = s.user_id and c.booked_on = s.day`,
    );
    assert.ok(rows.length >= 7);
    for (const row of rows) assert.deepEqual([Number(row.spent), Number(row.reserved), Number(row.doubt)], [0, 0, 0]);
  });
});
