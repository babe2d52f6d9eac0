import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { createPay } from '../../src/engine/ledger.ts';
import { type HeldStep, StopError, type VendorPolicy } from '../../src/engine/step.ts';
import { VendorError } from '../../src/errors.ts';
import type { Random } from './random.ts';
import { pay } from './simulation/pay.ts';
import type { Process } from './simulation/process.ts';
import { type CallRow, type Held, priceMicros } from './simulation/rows.ts';
import type { World } from './simulation/world.ts';

/** Both sides of one step's owner: as PostgreSQL knows it, and as the model does. */
export interface Owner {
  sql: HeldStep;
  model: Held;
}

const failure = { code: 7002, key: 'provider_unavailable', params: {} } as const;

/** How a send may end: with an answer, or with an error. */
const endings: (Error | 'answered')[] = [
  'answered',
  new VendorError(failure, { accepted: 'unknown', retryable: true }),
  new VendorError(failure, { accepted: 'no', retryable: true }),
  new VendorError(failure, { accepted: 'no', retryable: false }),
  new VendorError(failure, { accepted: 'yes', retryable: false }),
  new StopError('cancelled'),
];

/** What two tries of a call may end with, and whether what they ask for was edited between them. */
export const pairsOfTries = () =>
  endings.flatMap((first) =>
    endings.flatMap((second) => [false, true].map((edited) => [first, second, edited] as const)),
  );

export interface Fate {
  end: Error | 'answered';
  /** The vendor's id of what it takes. */
  id: string;
  /** What a look-up finds. */
  known: boolean;
  /** Since the call was sent the last time. */
  ageMs: number;
}

/** One purchase, tried a few times. */
export async function buy(db: Knex, world: World, one: Owner, random: Random): Promise<void> {
  for (let tries = random.integer(1, 4); tries > 0; tries -= 1) {
    const fate = { end: random.pick(endings), id: `v${random.next()}`, known: random.chance(0.2) };
    await tryToBuy(db, world, one, { ...fate, ageMs: random.pick([0, 10_000]) });
  }
}

/** One try of a purchase on both sides, with the same answers of the vendor; both end alike. */
export async function tryToBuy(db: Knex, world: World, one: Owner, fate: Fate): Promise<void> {
  await db('provider_calls')
    .where({ step_id: one.sql.id })
    .update({ sending_at: db.raw("now() - ? * interval '1 millisecond'", [fate.ageMs]) });
  for (const call of world.db.calls.values()) if (call.step === one.model.step) call.sendingAt = -fate.ageMs;
  const sql = await nameOfEnd(() => buyInSql(db, world.policy, one, fate));
  const model = await nameOfEnd(async () => buyInModel(world, one.model, fate));
  assert.equal(model, sql, 'a purchase ends differently');
}

const nameOfEnd = (work: () => Promise<unknown>): Promise<string> =>
  work().then(
    () => 'bought',
    (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
  );

async function buyInSql(db: Knex, policy: VendorPolicy, { sql, model }: Owner, fate: Fate): Promise<void> {
  const crash = () => undefined;
  const purchase = createPay(
    { db, policies: { tuzi: policy }, assertAlive: () => undefined, crash },
    sql,
    new AbortController().signal,
  );
  const isClip = sql.kind === 'shootSceneClip';
  await purchase({
    vendor: 'tuzi',
    purpose: isClip ? 'video' : 'image',
    model: 'model',
    request: { edition: model.edition },
    maxCostMicros: priceMicros,
    send: async () => {
      if (fate.end !== 'answered') throw fate.end;
      return { id: fate.id };
    },
    lookup: async () => (fate.known ? { id: fate.id } : undefined),
    ...(isClip && { upstreamId: ({ id }: { id: string }) => id }),
  });
}

function buyInModel(world: World, held: Held, { end, id, known }: Fate): void {
  world.vendor.lookUp = () => (known ? id : undefined);
  world.vendor.send = function* () {
    yield 0;
    if (end !== 'answered') throw end;
    return { id };
  };
  const process: Process = {
    pool: 'a pool',
    alive: true,
    ...{ diedAt: 0, frozenUntil: 0, cut: false, registered: true, lastBeat: world.clock.now() },
    running: new Map(),
    session: undefined,
  };
  const routine = pay(world, process, { held, stop: undefined });
  while (!routine.next().done);
}

/** What there is to compare of a call: whose, how it stands, what was sent, and its money. */
type Line = (string | number)[];

export async function callsInSql(db: Knex, taskId: string): Promise<Line[]> {
  const rows: Record<string, string | number>[] = await db('provider_calls as c')
    .join('steps as s', 's.id', 'c.step_id')
    .where({ 'c.task_id': taskId })
    .select(
      'c.*',
      's.position',
      db.raw("split_part(c.op_key, ':', 3)::int as generation, c.request -> 'edition' as edition"),
    );
  return rows.map((row): Line => compared.map((column) => row[column] ?? 0)).toSorted(byStep);
}

const compared = [
  ...['position', 'generation', 'status', 'fence', 'send_count', 'doubt_count', 'edition', 'recognised_by'],
  ...['cost_micros', 'spent_micros', 'doubt_micros', 'reserved_micros'],
];

const byStep = ([step = 0, generation = 0]: Line, [other = 0, otherGeneration = 0]: Line): number =>
  Number(step) - Number(other) || Number(generation) - Number(otherGeneration);

const inDoubt = ({ doubts, lostMicros }: CallRow): number => Math.max(doubts * priceMicros - lostMicros, 0);
const reserved = ({ status }: CallRow): number => (status === 'sending' ? priceMicros : 0);

export function callsInModel({ db }: World): Line[] {
  return [...db.calls.values()]
    .map((c): Line => {
      const [, generation = ''] = c.opKey.split(':');
      return [
        ...[c.step.task.steps.indexOf(c.step), Number(generation), c.status, c.fence, c.sends, c.doubts],
        ...[c.edition, c.recognisedBy, c.costMicros, c.costMicros + c.lostMicros, inDoubt(c), reserved(c)],
      ];
    })
    .toSorted(byStep);
}

export async function moneyInSql(db: Knex, userId: string): Promise<Line> {
  const { rows } = await db.raw<{ rows: [{ spent: number; doubt: number; reserved: number }] }>(
    `select coalesce(sum(spent_micros), 0)::int as spent, coalesce(sum(doubt_micros), 0)::int as doubt,
       coalesce(sum(reserved_micros), 0)::int as reserved from spending where user_id = ?`,
    [userId],
  );
  return [rows[0].spent, rows[0].doubt, rows[0].reserved];
}

export function moneyInModel({ db }: World): Line {
  const sum = (of: (call: CallRow) => number) => [...db.calls.values()].reduce((total, call) => total + of(call), 0);
  return [sum(({ costMicros, lostMicros }) => costMicros + lostMicros), sum(inDoubt), sum(reserved)];
}
