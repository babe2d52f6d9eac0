import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { Client } from 'pg';
import { sweepWorkers as sweepSql } from '../../src/engine/housekeeping.ts';
import { adoptOrphans } from '../../src/engine/orphans.ts';
import { FencedError, type VendorPolicy } from '../../src/engine/step.ts';
import { claimStep, failStep, finishStep, leaveWaiting, releaseStep } from '../../src/engine/stepStore.ts';
import { cancelTask, resolveStep, retryTask } from '../../src/engine/tasks.ts';
import { plan, silentLog } from '../engine/engineRig.ts';
import { useDatabase } from '../support/database.ts';
import { addUser } from '../support/rows.ts';
import { absenceCommands, alignAbsence, compareAbsence } from './modelAbsence.ts';
import {
  buy,
  callsInModel,
  callsInSql,
  moneyInModel,
  moneyInSql,
  type Owner,
  pairsOfTries,
  tryToBuy,
} from './modelCalls.ts';
import { createRandom, type Random } from './random.ts';
import * as claims from './simulation/claims.ts';
import * as model from './simulation/database.ts';
import * as orders from './simulation/orders.ts';
import type { Kind, StepRow } from './simulation/rows.ts';
import { createWorld } from './simulation/world.ts';

const shape: [Kind, number[]][] = [
  ['writeScreenplay', []],
  ['drawSceneImage', [0]],
  ['shootSceneClip', [1]],
  ['shootSceneClip', [0]],
  ['assembleFilm', [2, 3]],
];
const kinds = shape.map(([kind]) => kind);
const modes: Pick<VendorPolicy, 'idempotency' | 'onDoubt'>[] = [
  { idempotency: 'key', onDoubt: 'hold' },
  { idempotency: 'lookup', onDoubt: 'hold' },
  { idempotency: 'none', onDoubt: 'hold' },
  { idempotency: 'none', onDoubt: 'resend' },
];
const failure = { code: 7001, key: 'provider_refused', params: {} } as const;
const lifeClass = 7301;

interface Pool {
  name: string;
  life: Client;
}

/** One task in PostgreSQL and in the model, taken through the same commands. */
async function createPair(database: { db: Knex; url: string }, userId: string, seed: number) {
  const { db } = database;
  const world = createWorld({ seed, policy: modes[seed % modes.length] ?? { idempotency: 'key', onDoubt: 'hold' } });
  Object.assign(world, { calmAt: 0, budgetMicros: Number.POSITIVE_INFINITY });
  world.policy.maxInFlight = 50;
  await db('vendor_limits').delete();
  const steps = shape.map(([kind, after]) => ({
    kind,
    vendor: kind === 'assembleFilm' ? null : ('tuzi' as const),
    after: after.map(String),
  }));
  const taskId = await plan(db, userId, steps);
  const ids: string[] = await db('steps').where({ task_id: taskId }).orderBy('position').pluck('id');
  const task = orders.addTask(world.db, { id: taskId, user: userId, plan: shape });
  const pools: Pool[] = [];
  const owners: Owner[] = [];
  const stepOf = (id: string): StepRow => {
    const step = task.steps[ids.indexOf(id)];
    assert.ok(step);
    return step;
  };
  const times = { alignedAt: performance.now(), dueForMs: 1_000 };
  return { db, world, taskId, task, ids, pools, owners, stepOf, userId, url: database.url, ...times };
}
type Pair = Awaited<ReturnType<typeof createPair>>;

async function join({ pools, world, url, db }: Pair): Promise<void> {
  const name = `pool ${pools.length} ${Math.random()}`;
  const life = new Client({ connectionString: url, application_name: 'a life' });
  life.on('error', () => undefined);
  await life.connect();
  const { rows } = await life.query<{ slot: number }>("select nextval('worker_slots')::int as slot");
  await life.query('select pg_advisory_lock($1, $2)', [lifeClass, rows[0]?.slot]);
  const session = { pool_id: name, slot: rows[0]?.slot, host: 'model', backend_pid: 0, backend_start: new Date(0) };
  await db('worker_sessions').insert(session);
  await db('worker_beats').insert({ pool_id: name });
  const row = { pool: name, locked: true, beatAt: 0, fencedAt: undefined, draining: false };
  world.db.sessions.set(name, row);
  pools.push({ name, life });
}

/** The same refusal on both sides, or none. */
async function both(sql: () => Promise<unknown>, inModel: () => unknown): Promise<void> {
  const refused = await sql().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refused !== undefined && !(refused instanceof FencedError)) throw refused;
  if (refused) assert.throws(inModel, FencedError);
  else inModel();
}

const commands: Record<string, (pair: Pair, random: Random) => Promise<void>> = {
  ...absenceCommands,
  async claim(pair, random) {
    const { db, world, pools, owners, stepOf } = pair;
    if (pools.length === 0) await join(pair);
    const { name } = random.pick(pools);
    const claimed = await claimStep(db, { poolId: name, kinds, caps: {} });
    const offered = claims.claimable(world.db, name, 100);
    assert.equal(claimed !== undefined, offered.length > 0, 'one has a step to claim and the other has none');
    if (!claimed) return;
    const step = stepOf(claimed.step.id);
    assert.ok(offered.includes(step), 'PostgreSQL gave a step that the model would not');
    owners.push({ sql: claimed.step, model: claims.claim(world.db, name, step) });
  },
  buy: ({ db, world, owners }, random) => withOwner(owners, random, (one) => buy(db, world, one, random)),
  async edit({ task }, random) {
    random.pick(task.steps).edition += 1;
  },
  /** The answer of a call comes to a worker that was replaced. */
  async answerLate({ db, world, task, ids }, random) {
    const doubted = [...world.db.calls.values()].filter(({ status }) => status === 'ambiguous');
    const call = doubted[0] && random.pick(doubted);
    if (!call) return;
    const isClip = call.step.kind === 'shootSceneClip';
    const [, generation] = call.opKey.split(':');
    const upstreamId = `late ${random.next()}`;
    world.db.orphans.push({ opKey: call.opKey, upstreamId });
    await db('provider_orphans').insert({
      op_key: `${ids[task.steps.indexOf(call.step)]}:${isClip ? 'video' : 'image'}:${generation}`,
      upstream_id: isClip ? upstreamId : null,
      answer: JSON.stringify({}),
    });
    await adoptOrphans(db, silentLog);
    model.adoptOrphans(world.db);
  },
  finish: ({ db, world, owners }, random) =>
    withOwner(owners, random, (one) =>
      both(
        () => finishStep(db, one.sql, {}),
        () => model.finishStep(world.db, one.model, 'done'),
      ),
    ),
  fail: ({ db, world, owners }, random) =>
    withOwner(owners, random, (one) => {
      const status = random.pick(['failed', 'needs_review'] as const);
      return both(
        () => failStep(db, one.sql, failure, { status }),
        () => model.failStep(world.db, one.model, 'running', status),
      );
    }),
  release: ({ db, world, owners }, random) =>
    withOwner(owners, random, (one) => {
      const from = random.pick(['running', 'waiting'] as const);
      const how = { from, delayMs: 0, countsFailure: random.chance(0.5), givesBackAttempt: random.chance(0.5) };
      return both(
        () => releaseStep(db, one.sql, how),
        () => model.releaseStep(world.db, one.model, how),
      );
    }),
  wait: ({ db, world, owners }, random) =>
    withOwner(owners, random, (one) =>
      both(
        () => leaveWaiting(db, one.sql, 0, 60_000),
        () => model.waitStep(world.db, one.model, 0, 60_000),
      ),
    ),
  /** Whoever runs a step, if anybody does. */
  async die({ pools, world, task }) {
    const busy = pools.findIndex(({ name }) => task.steps.some(({ owner }) => owner === name));
    const [gone] = pools.splice(Math.max(busy, 0), 1);
    const session = world.db.sessions.get(gone?.name ?? '');
    if (session) session.locked = false;
    await gone?.life.end();
  },
  /** A worker that stops gives up its lease by itself, whatever it has left behind. */
  async stop({ db, pools, world, task }) {
    const busy = pools.findIndex(({ name }) => task.steps.some(({ owner }) => owner === name));
    const [gone] = pools.splice(Math.max(busy, 0), 1);
    const session = world.db.sessions.get(gone?.name ?? '');
    if (!gone || !session) return;
    Object.assign(session, { fencedAt: world.clock.now(), locked: false });
    await db('worker_sessions').where({ pool_id: gone.name }).update({ fenced_at: db.fn.now() });
    await gone.life.end();
  },
  async sweep({ db, world, pools }) {
    world.clock.run(0, () => true);
    await sweepSql(db, 8);
    for (const { name } of pools) {
      const session = world.db.sessions.get(name);
      if (session) session.beatAt = world.clock.now();
    }
    model.sweepWorkers(world.db);
  },
  join: (pair) => join(pair),
  async cancel({ db, world, task, taskId, userId }) {
    if (task.status !== 'processing') return;
    await cancelTask(db, taskId, userId);
    orders.cancelTask(world.db, task);
  },
  async retry({ db, world, task, taskId, userId }) {
    const living = task.steps.some(({ status }) => status === 'running' || status === 'waiting');
    if ((task.status !== 'failed' && task.status !== 'cancelled') || living) return;
    await retryTask(db, taskId, userId);
    orders.retryTask(world.db, task);
  },
  async resolve({ db, world, task, taskId, userId, ids }, random) {
    const index = task.steps.findIndex(({ status }) => status === 'needs_review');
    const step = task.steps[index];
    if (!step) return;
    const decision = random.pick(['retry', 'accept_loss'] as const);
    await resolveStep(db, taskId, ids[index] ?? '', userId, decision);
    orders.resolveStep(world.db, step, decision);
  },
};

async function withOwner(owners: Owner[], random: Random, act: (one: Owner) => Promise<void>): Promise<void> {
  if (owners.length > 0) await act(random.chance(0.7) ? (owners.at(-1) ?? random.pick(owners)) : random.pick(owners));
}

async function compare(pair: Pair, after: string): Promise<void> {
  const { db, world, task, taskId, ids, userId, dueForMs } = pair;
  await compareAbsence(pair, after);
  await alignAbsence(pair);
  await db('steps')
    .where({ task_id: taskId })
    .update({ not_before: db.raw("now() - ? * interval '1 millisecond'", [dueForMs]) });
  for (const step of task.steps) step.notBefore = -dueForMs;
  const rows: Record<string, unknown>[] = await db('steps').where({ task_id: taskId }).orderBy('position');
  const sql = rows.map((row) => [
    ...[row.status, row.waits_for, row.fence, row.attempts, row.failures, row.crash_count, row.generation],
  ]);
  const inModel = ids.map((_, index) => {
    const step = task.steps[index];
    return [
      ...[step?.status, step?.waitsFor, step?.fence, step?.attempts, step?.failures, step?.crashes, step?.generation],
    ];
  });
  assert.deepEqual(inModel, sql, `after ${after}`);
  const { status } = (await db('tasks').where({ id: taskId }).first<{ status: string }>('status')) ?? {};
  assert.equal(task.status, status, `the task after ${after}`);
  assert.deepEqual(callsInModel(world), await callsInSql(db, taskId), `the calls after ${after}`);
  assert.deepEqual(moneyInModel(world), await moneyInSql(db, userId), `the money after ${after}`);
}

/** A step of a task of its own, claimed on both sides. */
async function claimNew({ db, world, pools, userId }: Pair): Promise<Owner> {
  const taskId = await plan(db, userId, [{ kind: 'drawSceneImage', vendor: null }]);
  const task = orders.addTask(world.db, { id: taskId, user: userId, plan: [['drawSceneImage', []]] });
  const pool = pools[0]?.name ?? '';
  const claimed = await claimStep(db, { poolId: pool, kinds: ['drawSceneImage'], caps: {} });
  assert.ok(claimed?.step.taskId === taskId && task.steps[0]);
  return { sql: claimed.step, model: claims.claim(world.db, pool, task.steps[0]) };
}

describe('the model of the simulation', () => {
  const database = useDatabase();
  const often = [
    'claim',
    'claim',
    'claim',
    'claim',
    'buy',
    'buy',
    'buy',
    'buy',
    'finish',
    'finish',
    'die',
    'sweep',
    'sweep',
    'retry',
    'retry',
    'resolve',
  ];

  async function compareMany(name: string, weighted: string[]): Promise<void> {
    const { db } = database;
    for (let seed = 1; seed <= 8; seed += 1) {
      const userId = await addUser(db, `${name}${seed}`);
      const random = createRandom(seed);
      const pair = await createPair(database, userId, seed);
      await join(pair);
      const done: string[] = [];
      for (let n = 0; n < 50; n += 1) {
        const command = random.pick(weighted);
        done.push(command);
        await commands[command]?.(pair, random);
        await compare(pair, `seed ${seed}: ${done.join(', ')}`);
      }
      await Promise.all(pair.pools.map(({ life }) => life.end()));
      await db('steps').where({ task_id: pair.taskId }).delete();
    }
  }

  it('changes rows as the functions in PostgreSQL do, whatever comes after whatever', () =>
    compareMany('user', [...often, ...Object.keys(commands)]));

  it('waits for a vendor that is away as the functions in PostgreSQL do', () => {
    const awhile = Object.keys(absenceCommands).flatMap((name) => [name, name]);
    return compareMany('waiting', [...awhile, 'meetAbsence', 'claim', 'claim', 'claim', 'buy', 'release', 'retry']);
  });

  it('books a call as the engine does, however two tries of it end, with an edit between them or without', async function () {
    this.timeout(60_000);
    const { db } = database;
    const userId = await addUser(db, 'tries');
    for (const [mode] of modes.entries()) {
      const pair = await createPair(database, userId, mode);
      await join(pair);
      for (const [n, [first, second, edited]] of pairsOfTries().entries()) {
        const one = await claimNew(pair);
        const id = `v${mode}.${n}`;
        await tryToBuy(db, pair.world, one, { end: first, id, known: false, ageMs: 0 });
        if (edited) one.model.edition += 1;
        await tryToBuy(db, pair.world, one, { end: second, id, known: n % 3 === 0, ageMs: 10_000 });
        const what = `${modes[mode]?.idempotency}, ${modes[mode]?.onDoubt}: ${first}, ${second}, ${edited}`;
        assert.deepEqual(callsInModel(pair.world), await callsInSql(db, one.sql.taskId), what);
        pair.world.db.calls.clear();
      }
      await Promise.all(pair.pools.map(({ life }) => life.end()));
    }
  });
});
