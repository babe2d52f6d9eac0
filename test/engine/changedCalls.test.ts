import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { adoptOrphans } from '../../src/engine/orphans.ts';
import { type Bought, type Purchase, StopError, type VendorPolicy } from '../../src/engine/step.ts';
import { cancelTask, resolveStep, retryTask } from '../../src/engine/tasks.ts';
import { VendorError } from '../../src/errors.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, silentLog, startRig, statusOf, stopRigs } from './engineRig.ts';

type Call = Parameters<Purchase<{ ok: true }>['send']>[0];
type Sending = (call: Call) => Promise<{ ok: true }>;

const ok: Sending = async () => ({ ok: true });
const fails =
  (accepted: 'no' | 'unknown', more: { retryable?: boolean } = {}): Sending =>
  async () => {
    throw new VendorError(
      { code: 7002, key: 'provider_unavailable', params: { vendor: 'gemini', reason: 'test' } },
      { accepted, retryable: more.retryable ?? true, retryAfterMs: 10 },
    );
  };
/** Until the step is told to stop. */
const hangs: Sending = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const stops: Sending = async () => {
  throw new StopError('draining');
};

const none = { idempotency: 'none', onDoubt: 'hold' } as const;

describe('a paid call', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;

  before(async () => {
    db = database.db;
    userId = await addUser(db);
  });
  afterEach(stopRigs);

  /** A task of one step that buys one picture a run; its nth run (from 0) asks for the nth request, or the last one given. */
  async function buying(given: {
    policy?: Partial<VendorPolicy>;
    sends: Sending[];
    asks?: { prompt: string; model?: string; price?: number }[];
    /** What it does with what it bought, in its nth run. */
    uses?: ((bought: Bought<object>) => void)[];
    before?: () => Promise<void>;
    known?: boolean;
  }) {
    const keys: string[] = [];
    const bought: Bought<object>[] = [];
    let runs = 0;
    const { policy = {}, asks = [{ prompt: 'a cat' }] } = given;
    await startRig(database, {
      policy,
      steps: allSteps(async ({ pay }) => {
        const { prompt, model = 'test', price = 7 } = asks[Math.min(runs, asks.length - 1)] ?? { prompt: '' };
        const use = given.uses?.[runs];
        runs += 1;
        await given.before?.();
        const got = await pay({
          ...{
            vendor: 'gemini',
            purpose: 'image',
            model,
            request: { prompt },
            label: { prompt },
            maxCostMicros: price,
          },
          lookup: async () => (given.known ? ({ ok: true } as const) : undefined),
          send: (call) => {
            keys.push(call.key);
            return (given.sends[keys.length - 1] ?? ok)(call);
          },
        });
        bought.push(got);
        use?.(got);
        return { end: 'done', result: {} };
      }),
    });
    const taskId = await plan(db, userId, [{}]);
    const step = () => db('steps').where({ task_id: taskId }).first();
    return {
      taskId,
      keys,
      bought,
      step,
      calls: () => db('provider_calls').where({ task_id: taskId }).orderBy('created_at'),
      /** Waits for a status of the step; every pause before another try is cut short. */
      until: (status: string) =>
        eventually(
          `the step is ${status}`,
          async () => {
            const now = db.raw("now() - interval '1 second'");
            await db('steps').where({ task_id: taskId, status: 'ready' }).update({ not_before: now });
            await db.raw('select wake_workers(1, now())');
            return (await step()).status === status;
          },
          15_000,
        ),
      resolve: async () => resolveStep(db, taskId, (await step()).id, userId, 'retry'),
    };
  }

  const money = async (taskId: string) => {
    const [sums] = await db('provider_calls')
      .where({ task_id: taskId })
      .select(
        db.raw('sum(spent_micros)::int as spent, sum(doubt_micros)::int as doubt, sum(reserved_micros)::int as held'),
      );
    return sums;
  };
  const fail = () => {
    throw new Error('the download failed');
  };
  const edited = [{ prompt: 'first' }, { prompt: 'edited' }];

  describe('whose request is another one by now', () => {
    it('is used when its answer was kept, and told as it was sent', async () => {
      const { taskId, keys, bought, until } = await buying({ policy: none, sends: [ok], asks: edited, uses: [fail] });
      await until('done');
      assert.deepEqual(
        bought.map(({ label }) => label),
        [{ prompt: 'first' }, { prompt: 'first' }],
      );
      assert.deepEqual([keys.length, await money(taskId)], [1, { spent: 7, doubt: 0, held: 0 }]);
    });

    it('is used after a look-up found it', async () => {
      const policy = { idempotency: 'lookup' } as const;
      const { keys, bought, until } = await buying({ policy, sends: [fails('unknown')], asks: edited, known: true });
      await until('done');
      assert.deepEqual([keys.length, bought[0]?.label], [1, { prompt: 'first' }]);
    });

    it('is held where it may have been taken under its key, and the retry is a new purchase', async () => {
      const { taskId, keys, bought, until, resolve, calls } = await buying({ sends: [fails('unknown')], asks: edited });
      await until('needs_review');
      assert.equal(keys.length, 1);
      await resolve();
      await until('done');
      assert.deepEqual([new Set(keys).size, bought[0]?.label], [2, { prompt: 'edited' }]);
      assert.deepEqual(
        (await calls()).map(({ status }) => status),
        ['abandoned', 'succeeded'],
      );
      assert.deepEqual(await money(taskId), { spent: 14, doubt: 0, held: 0 });
    });

    it('is booked as it is sent where the former surely was not taken: model, request and price', async () => {
      const asks = [
        { prompt: 'old', model: 'cheap', price: 7 },
        { prompt: 'new', model: 'dear', price: 700 },
      ];
      const { calls, until } = await buying({ policy: none, sends: [fails('no')], asks });
      await until('done');
      const [call] = await calls();
      assert.deepEqual(
        [call.model, call.request, call.max_cost_micros, call.cost_micros],
        ['dear', { prompt: 'new', label: { prompt: 'new' } }, 700, 700],
      );
    });

    it('does not get past the budget because the former cost less', async () => {
      const asks = [
        { prompt: 'old', price: 7 },
        { prompt: 'new', price: 700 },
      ];
      const before = async () => {
        await db('tasks')
          .where({ user_id: userId, status: 'processing' })
          .update({ params: { maxCost: 100 } });
      };
      const { keys, until, step } = await buying({ policy: none, sends: [fails('no')], asks, before });
      await until('failed');
      assert.deepEqual([keys.length, (await step()).error.key], [1, 'over_budget']);
    });
  });

  it('is taken up under its key by the decision to retry, and costs once', async () => {
    const { taskId, keys, until, resolve } = await buying({ sends: Array<Sending>(8).fill(fails('unknown')) });
    await until('needs_review');
    await resolve();
    await until('done');
    assert.deepEqual([keys.length, new Set(keys).size, await money(taskId)], [9, 1, { spent: 7, doubt: 0, held: 0 }]);
  });

  it('is bought anew by the decision to retry where the vendor refused it under its key for good', async () => {
    const sends = [fails('unknown'), fails('no', { retryable: false })];
    const { taskId, keys, until } = await buying({ sends });
    await until('failed');
    await retryTask(db, taskId, userId);
    await until('done');
    assert.deepEqual([keys.length, new Set(keys).size, await money(taskId)], [3, 2, { spent: 14, doubt: 0, held: 0 }]);
  });

  it('counts as two in doubt when it was sent again in doubt and cut off by a cancel', async () => {
    const { taskId, keys, calls } = await buying({
      policy: { ...none, onDoubt: 'resend' },
      sends: [fails('unknown'), hangs],
    });
    await eventually('it is sent again', () => keys.length === 2, 10_000);
    await cancelTask(db, taskId, userId);
    await eventually('it is in doubt', async () => (await calls())[0].status === 'ambiguous', 10_000);
    assert.deepEqual([(await calls())[0].doubt_count, await money(taskId)], [2, { spent: 0, doubt: 14, held: 0 }]);
  });

  it('does not leave once the cancel of its task has committed', async () => {
    const asked = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const before = async () => {
      asked.resolve();
      await go.promise;
    };
    const { taskId, keys, calls, until } = await buying({ sends: [], before });
    await asked.promise;
    await cancelTask(db, taskId, userId);
    go.resolve();
    await until('cancelled');
    assert.deepEqual([keys.length, await calls()], [0, []]);
  });

  it('counts as spent when the task of its step was cancelled and is retried, which buys anew', async () => {
    const { taskId, keys, until } = await buying({ policy: none, sends: [stops] });
    await until('needs_review');
    await cancelTask(db, taskId, userId);
    await retryTask(db, taskId, userId);
    await until('done');
    assert.deepEqual([keys.length, await money(taskId)], [2, { spent: 14, doubt: 0, held: 0 }]);
  });

  it('has its late answer taken where its step is dead, and the retry uses it', async () => {
    const { taskId, keys, until, step, calls } = await buying({ policy: none, sends: [stops] });
    await until('needs_review');
    const { id } = await step();
    await db('steps').where({ id }).update({ status: 'dead' });
    await db('tasks').where({ id: taskId }).update({ status: 'failed' });
    await db('provider_orphans').insert({ op_key: `${id}:image:0`, answer: JSON.stringify({ ok: true }) });
    await adoptOrphans(db, silentLog);
    assert.deepEqual([(await calls())[0].status, (await step()).status], ['succeeded', 'dead']);
    await retryTask(db, taskId, userId);
    await until('done');
    assert.deepEqual([keys.length, await money(taskId)], [1, { spent: 7, doubt: 0, held: 0 }]);
    assert.equal(await statusOf(db, taskId), 'completed');
  });
});
