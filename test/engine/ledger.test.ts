import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connect.ts';
import { coolDown } from '../../src/engine/ledgerStore.ts';
import type { Pay, VendorPolicy } from '../../src/engine/step.ts';
import { VendorError } from '../../src/errors.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, startRig, statusOf, stopRigs } from './engineRig.ts';

interface Vendor {
  sends: string[];
  /** What the nth send (from 0) does; a vendor that throws after `reached` has taken the call. */
  answers: ((key: string) => Promise<{ ok: true }>)[];
  lookups: number;
  known: boolean;
  /** What a look-up shows of a call that is known. */
  found?: () => Promise<{ ok: true }>;
}

const ok = async () => ({ ok: true as const });

const fail =
  (accepted: 'no' | 'unknown' | 'yes', more: { retryable?: boolean; coolDown?: boolean } = {}) =>
  async () => {
    throw new VendorError(
      { code: 7002, key: 'provider_unavailable', params: { vendor: 'gemini', reason: 'test' } },
      { accepted, retryable: more.retryable ?? true, retryAfterMs: 10, coolDown: more.coolDown ?? false },
    );
  };

const buy = (pay: Pay, vendor: Vendor) =>
  pay({
    vendor: 'gemini',
    purpose: 'image',
    model: 'test',
    request: { prompt: 'a cat' },
    maxCostMicros: 7,
    send: ({ key }) => {
      const answer = vendor.answers[vendor.sends.length] ?? ok;
      vendor.sends.push(key);
      return answer(key);
    },
    lookup: async () => {
      vendor.lookups += 1;
      return vendor.found?.() ?? (vendor.known ? ({ ok: true } as const) : undefined);
    },
  });

describe('pay', () => {
  const database = useDatabase();
  let db: Knex;
  /** The worker's own connections: what a test breaks there, it does not break for its own questions. */
  let workerDb: Knex;
  let userId: string;

  before(async () => {
    db = database.db;
    workerDb = connect(database.url, { applicationName: 'worker' });
    userId = await addUser(db);
  });

  afterEach(stopRigs);
  after(async () => workerDb.destroy());

  /** Runs one paid step to its end against a vendor that answers as told. */
  async function purchase(given: {
    answers: Vendor['answers'];
    policy?: Partial<VendorPolicy>;
    known?: boolean;
    found?: Vendor['found'];
    until: string;
  }): Promise<{
    vendor: Vendor;
    taskId: string;
    call: { status: string; send_count: number; cost_micros: number | null };
  }> {
    const { answers, known = false, found } = given;
    const vendor: Vendor = { sends: [], lookups: 0, answers, known, ...(found && { found }) };
    const rig = await startRig(
      { db: workerDb, url: database.url },
      {
        policy: given.policy ?? {},
        steps: allSteps(async ({ pay }) => ({ end: 'done', result: await buy(pay, vendor) })),
      },
    );
    const taskId = await plan(db, userId, [{}]);
    const stepStatus = async () =>
      (await db('steps').where({ task_id: taskId }).first<{ status: string }>('status'))?.status;
    await eventually(`the step is ${given.until}`, async () => (await stepStatus()) === given.until);
    await rig.stop();
    const call = await db('provider_calls').where({ task_id: taskId }).first();
    return { vendor, taskId, call };
  }

  /** Ends the connection that waits for the lock of a call. */
  async function cutWhoWaits(): Promise<void> {
    await eventually('a waiting connection is ended', async () => {
      const { rows } = await db.raw<{ rows: object[] }>(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%provider_calls%'`,
      );
      return rows.length > 0;
    });
  }

  it('books one send, its answer and its cost', async () => {
    const { vendor, call, taskId } = await purchase({ answers: [ok], until: 'done' });
    assert.equal(vendor.sends.length, 1);
    assert.deepEqual([call.status, call.send_count, call.cost_micros], ['succeeded', 1, 7]);
    assert.equal(await statusOf(db, taskId), 'completed');
  });

  it('keeps an answer whose booking lost its connection, and buys nothing again', async () => {
    let cut: Promise<void> | undefined;
    const answer = async () => {
      const holder = await db.transaction();
      await holder('provider_calls').where({ user_id: userId }).forUpdate();
      cut = cutWhoWaits().finally(() => holder.rollback());
      return ok();
    };
    const { vendor, call } = await purchase({
      answers: [answer],
      policy: { idempotency: 'none', onDoubt: 'hold' },
      until: 'done',
    });
    await cut;
    assert.deepEqual([vendor.sends.length, call.status, call.send_count], [1, 'succeeded', 1]);
  });

  it('repeats a lost call under the same key where the vendor honours keys', async () => {
    const { vendor, call } = await purchase({ answers: [fail('unknown'), ok], until: 'done' });
    assert.equal(new Set(vendor.sends).size, 1);
    assert.deepEqual([vendor.sends.length, call.send_count], [2, 2]);
  });

  it('looks a lost call up before anything else, and adopts what it finds', async () => {
    const { vendor, call } = await purchase({
      answers: [fail('unknown')],
      policy: { idempotency: 'lookup' },
      known: true,
      until: 'done',
    });
    assert.deepEqual([vendor.sends.length, vendor.lookups, call.status], [1, 1, 'succeeded']);
  });

  it('sends again only when a look-up long enough after finds nothing', async () => {
    const { vendor } = await purchase({
      answers: [fail('unknown'), ok],
      policy: { idempotency: 'lookup', shownWithinMs: 3_000 },
      until: 'done',
    });
    assert.deepEqual([vendor.sends.length, vendor.lookups >= 2], [2, true]);
  });

  it('holds a lost call for review where nobody can tell, and the task waits', async () => {
    const { vendor, call, taskId } = await purchase({
      answers: [fail('unknown')],
      policy: { idempotency: 'none', onDoubt: 'hold' },
      until: 'needs_review',
    });
    assert.deepEqual([vendor.sends.length, call.status, call.cost_micros], [1, 'ambiguous', null]);
    assert.equal(await statusOf(db, taskId), 'processing');
  });

  it('resends a cheap lost call once, then holds it', async () => {
    const { vendor, call } = await purchase({
      answers: [fail('unknown'), fail('unknown')],
      policy: { idempotency: 'none', onDoubt: 'resend' },
      until: 'needs_review',
    });
    assert.deepEqual([vendor.sends.length, call.status], [2, 'ambiguous']);
  });

  it('tries again what was surely not accepted, and cools down for all after a 429', async () => {
    const { call } = await purchase({ answers: [fail('no', { coolDown: true }), ok], until: 'done' });
    assert.equal(call.status, 'succeeded');
    const limit = await db('vendor_limits').where({ vendor: 'gemini' }).first<{ cool_until: Date }>();
    assert.ok(limit && limit.cool_until.getTime() > 0);
  });

  it('wakes what is kept back once or twice, however many calls are refused for haste at once', async () => {
    const taskId = await plan(db, userId, [{}, {}, {}]);
    const jobs = async () => Number((await db('graphile_worker.jobs').count<{ n: string }[]>({ n: '*' }))[0]?.n);
    const before = await jobs();
    await Promise.all(Array.from({ length: 30 }, () => coolDown(db, 'gemini', 5_000)));
    const woken = (await jobs()) - before;
    const ready = Number((await db('steps').where({ status: 'ready', vendor: 'gemini' }).count({ n: '*' }))[0]?.n);
    assert.ok(woken >= ready && woken <= 2 * ready, `${woken} wake-ups for ${ready} steps`);
    await db('vendor_limits').delete();
    await db('tasks').where({ id: taskId }).delete();
  });

  it('fails the step at once where trying again cannot help', async () => {
    const { vendor, call, taskId } = await purchase({ answers: [fail('no', { retryable: false })], until: 'failed' });
    assert.deepEqual([vendor.sends.length, call.status], [1, 'failed']);
    assert.equal(await statusOf(db, taskId), 'failed');
  });

  it('books what was charged for, also where nothing came of it, answered or looked up', async () => {
    const refused = fail('yes', { retryable: false });
    const answered = await purchase({ answers: [refused], until: 'failed' });
    assert.deepEqual([answered.call.status, answered.call.cost_micros], ['failed', 7]);
    const lookedUp = await purchase({
      answers: [fail('unknown')],
      policy: { idempotency: 'lookup' },
      found: refused,
      until: 'failed',
    });
    assert.deepEqual([lookedUp.call.status, lookedUp.call.cost_micros], ['failed', 7]);
    assert.deepEqual([lookedUp.vendor.sends.length, lookedUp.vendor.lookups], [1, 1]);
  });

  it('never has more calls in flight than the cap', async () => {
    let inFlight = 0;
    let most = 0;
    const slow = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inFlight -= 1;
      return { ok: true as const };
    };
    const vendor: Vendor = { sends: [], lookups: 0, known: false, answers: Array(12).fill(slow) };
    const rig = await startRig(database, {
      policy: { maxInFlight: 3 },
      steps: allSteps(async ({ pay }) => ({ end: 'done', result: await buy(pay, vendor) })),
    });
    const taskId = await plan(
      db,
      userId,
      Array.from({ length: 12 }, (_, index) => ({ key: `${index}` })),
    );
    await eventually('all are done', async () => (await statusOf(db, taskId)) === 'completed');
    await rig.stop();
    assert.equal(vendor.sends.length, 12);
    assert.ok(most <= 3, `${most} at once`);
  });

  it('keeps nobody else from the vendor while one waits for the money of its user', async () => {
    const other = await addUser(db, 'other');
    const vendor: Vendor = { sends: [], lookups: 0, known: false, answers: [] };
    const steps = allSteps(async ({ pay }) => ({ end: 'done', result: await buy(pay, vendor) }));
    await db('budgets').insert({ user_id: userId }).onConflict().ignore();
    const locked = await db.transaction();
    await locked('budgets').where({ user_id: userId }).forUpdate().select();
    const rig = await startRig({ db: workerDb, url: database.url }, { steps });
    const waiting = await plan(db, userId, [{}]);
    await eventually('the one waits for the money', async () => {
      const { rows } = await db.raw<{ rows: object[] }>(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%reserve_money%'`,
      );
      return rows.length > 0;
    });
    const free = await plan(db, other, [{}]);
    await eventually('the other is done', async () => (await statusOf(db, free)) === 'completed');
    await locked.rollback();
    await eventually('so is the one', async () => (await statusOf(db, waiting)) === 'completed');
    await rig.stop();
    assert.equal(vendor.sends.length, 2);
  });
});
