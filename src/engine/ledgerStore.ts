import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { newId } from '../db/ids.ts';
import { PermanentFailure, type StoredFailure } from '../errors.ts';
import {
  AwayError,
  BusyError,
  type CallStatus,
  FencedError,
  type HeldStep,
  type Purchase,
  type UpstreamResult,
} from './step.ts';

export interface CallRow {
  op_key: string;
  status: CallStatus;
  request_hash: Buffer;
  doubt_count: number;
  sending_at: Date | null;
  age_ms: number;
  answer: object | null;
  error: StoredFailure | null;
}

/** What identifies a call in the book: its key, its step and what is bought. */
export interface Entry {
  step: HeldStep;
  opKey: string;
  purchase: Pick<Purchase<object>, 'vendor' | 'purpose' | 'model' | 'request' | 'maxCostMicros'>;
}

export const opKeyOf = (step: Pick<HeldStep, 'id' | 'generation'>, purpose: string, part = 0): string =>
  `${step.id}:${purpose}:${step.generation}${part > 0 ? `.${part}` : ''}`;

export const hashOf = (request: object): Buffer => createHash('sha256').update(JSON.stringify(request)).digest();

export async function assertHeld(trx: Knex, step: HeldStep): Promise<void> {
  const held = await trx('steps').where({ id: step.id, fence: step.fence, status: 'running' }).forShare().first('id');
  if (!held) throw new FencedError(`step ${step.id} is not held under fence ${step.fence}`);
}

/** The call under its lock, with the age of its last send by the database's clock. */
export async function findCall(trx: Knex, opKey: string): Promise<CallRow | undefined> {
  return trx<CallRow>('provider_calls')
    .where({ op_key: opKey })
    .forUpdate()
    .first('*', trx.raw('(extract(epoch from clock_timestamp() - sending_at) * 1000)::float8 as age_ms'));
}

/**
 * Counts the vendor's calls in flight under its lock, so that the cap holds across processes. A call that nobody is sending any more is not
 * in flight: were those in doubt counted, as many as the cap would keep each other, and themselves, from ever being sent again. A pause
 * is looked for once the lock is held, which whoever pauses takes too: nothing is let through any more when that has been answered.
 */
export async function admit(
  trx: Knex,
  opKey: string,
  { vendor, maxInFlight }: { vendor: string; maxInFlight: number },
): Promise<void> {
  const { rows } = await trx.raw<{ rows: { cool_ms: number; asking: boolean; over: boolean }[] }>(admission, {
    vendor,
    opKey,
  });
  const [{ cool_ms: coolMs, asking, over } = { cool_ms: 0, asking: false, over: false }] = rows;
  if (coolMs > 0 && !asking) throw over ? awayTooLong(vendor) : new BusyError(vendor, coolMs);
  const living = trx('steps')
    .whereRaw('steps.id = step_id')
    .whereRaw(
      `case provider_calls.status when 'accepted' then steps.status in ('ready', 'running', 'waiting')
         else steps.status = 'running' and steps.fence = provider_calls.fence end`,
    )
    .select(trx.raw('1'));
  const [counted] = await trx('provider_calls')
    .where({ vendor })
    .whereNot({ op_key: opKey })
    .whereIn('status', ['sending', 'accepted'])
    .whereExists(living)
    .select(trx.raw("exists (select from spending_pauses where scope in (?, 'all')) as paused", [vendor]))
    .count<{ n: number; paused: boolean }[]>({ n: '*' });
  if (counted?.paused) throw new BusyError(vendor, pausedForMs);
  if (Number(counted?.n ?? 0) >= maxInFlight) throw new BusyError(vendor, 250 + Math.random() * 500);
}

/** While a vendor is away, one call in two seconds asks whether it is back: that of the step which the claim chose for it, as a rule. */
const admission = `
  with limits as (
    insert into vendor_limits as l (vendor) values (:vendor)
      on conflict (vendor) do update set
        cool_until = case when l.away_since is not null and l.cool_until <= clock_timestamp()
          then clock_timestamp() + interval '2 seconds' else l.cool_until end,
        probe_step = case when l.away_since is not null and l.cool_until <= clock_timestamp()
          then split_part(:opKey, ':', 1)::uuid else l.probe_step end
      returning cool_until, away_since, probe_step)
  select (extract(epoch from l.cool_until - clock_timestamp()) * 1000)::float8 as cool_ms, coalesce(l.probe_step = s.id, false) as asking,
    coalesce(greatest(l.away_since, coalesce(s.away_since, s.not_before)) < now() - interval '15 minutes', false) as over
  from limits l left join steps s on s.id = split_part(:opKey, ':', 1)::uuid`;

const awayTooLong = (vendor: string): AwayError => {
  const failure = {
    code: 7002,
    key: 'provider_unavailable',
    params: { vendor, reason: 'away for 15 minutes' },
  } as const;
  return new AwayError(failure, { delayMs: 0, known: true, over: true });
};

/** A step that has paid before is not kept from running by a pause, only from paying again: it comes back this soon. */
const pausedForMs = 3_000;

const limitNames = { task: 'maxCost', day: 'the budget of the day', month: 'the budget of the month' } as const;

/**
 * Refuses what the task's `maxCost` or the user's budgets don't allow. The user's intents pass one at a time from here to their
 * commit, so that no two of them spend the same money. After the vendor's lock, never before.
 */
export async function reserve(trx: Knex, { step, purchase }: Entry): Promise<void> {
  if (purchase.maxCostMicros === 0) return;
  const { rows } = await trx.raw<{ rows: { exceeded: keyof typeof limitNames | null }[] }>(
    'select reserve_money(?, ?, ?) as exceeded',
    [step.userId, step.taskId, purchase.maxCostMicros],
  );
  const exceeded = rows[0]?.exceeded;
  if (exceeded) throw new PermanentFailure({ code: 5001, key: 'over_budget', params: { limit: limitNames[exceeded] } });
}

export async function writeIntent(
  trx: Knex,
  { opKey, purchase, step }: Entry,
  row: CallRow | undefined,
  why: { note?: string; doubts?: number } = {},
): Promise<void> {
  await trx.raw(
    `insert into provider_calls (id, op_key, step_id, task_id, user_id, vendor, model, purpose, status, request_hash,
         request, fence, send_count, max_cost_micros, sending_at)
       values (:id, :opKey, :stepId, :taskId, :userId, :vendor, :model, :purpose, 'sending', :hash,
         :request, :fence, 1, :cost, clock_timestamp())
       on conflict (op_key) do update set status = 'sending', fence = excluded.fence, updated_at = now(), error = null,
         send_count = provider_calls.send_count + 1, doubt_count = provider_calls.doubt_count + :doubts,
         sending_at = clock_timestamp()`,
    {
      id: newId(),
      opKey,
      stepId: step.id,
      taskId: step.taskId,
      userId: step.userId,
      vendor: purchase.vendor,
      model: purchase.model,
      purpose: purchase.purpose,
      hash: hashOf(purchase.request),
      request: JSON.stringify(purchase.request),
      fence: step.fence,
      cost: purchase.maxCostMicros,
      doubts: why.doubts ?? 0,
    },
  );
  await writeHistory(trx, { opKey, fence: step.fence, from: row?.status ?? null, to: 'sending', note: why.note });
}

async function writeHistory(
  db: Knex,
  entry: { opKey: string; fence: number; from: string | null; to: string; note?: string | undefined },
): Promise<void> {
  await db('provider_call_events').insert({
    op_key: entry.opKey,
    fence: entry.fence,
    from_status: entry.from,
    to_status: entry.to,
    note: entry.note ?? null,
  });
}

/** One 429 stops every process from calling this vendor; the steps kept back get their wake-ups for when it ends. */
export async function coolDown(db: Knex, vendor: string, forMs: number): Promise<void> {
  await db.raw(
    `insert into vendor_limits (vendor, cool_until) values (:vendor, clock_timestamp() + :forMs * interval '1 millisecond')
       on conflict (vendor) do update set cool_until = greatest(vendor_limits.cool_until, excluded.cool_until)`,
    { vendor, forMs },
  );
  await db.raw(
    `select wake_workers((select count(*)::int from steps where status = 'ready' and vendor = :vendor),
       clock_timestamp() + :forMs * interval '1 millisecond')`,
    { vendor, forMs },
  );
}

/** Puts a call that a former owner sent under the present owner's fence. Its row is locked. */
export async function takeOver(trx: Knex, { opKey, step }: Entry): Promise<void> {
  await trx('provider_calls').where({ op_key: opKey }).update({ fence: step.fence, updated_at: trx.fn.now() });
}

/** Leaves a call that is in doubt to the user. Its row is locked, so whoever sent it has not answered. */
export async function hold(trx: Knex, { opKey, step }: Entry): Promise<void> {
  await trx('provider_calls')
    .where({ op_key: opKey, status: 'sending' })
    .update({
      status: 'ambiguous',
      fence: step.fence,
      doubt_count: trx.raw('doubt_count + 1'),
      updated_at: trx.fn.now(),
    });
  await writeHistory(trx, { opKey, fence: step.fence, from: 'sending', to: 'ambiguous', note: 'held' });
}

/** Moves a call on under its fence; false when a later owner has it. */
export async function move(
  db: Knex,
  { opKey, step }: Entry,
  to: CallStatus,
  columns: object = {},
  note?: string,
): Promise<boolean> {
  const moved = db('provider_calls')
    .where({ op_key: opKey, fence: step.fence, status: 'sending' })
    .update({ ...columns, status: to, updated_at: db.fn.now() })
    .returning(['op_key', 'fence', 'status']);
  const told = await db
    .with('moved', moved)
    .into(db.raw('provider_call_events (op_key, fence, from_status, to_status, note)'))
    .insert(db('moved').select('op_key', 'fence', db.raw("'sending'"), 'status', db.raw('?::text', [note ?? null])))
    .returning('op_key');
  return told.length > 0;
}

/** Whether a call stands like this under its fence: what an earlier try wrote, whose own answer was lost. */
export async function stands(db: Knex, { opKey, step }: Entry, status: CallStatus): Promise<boolean> {
  return (await db('provider_calls').where({ op_key: opKey, fence: step.fence, status }).first('id')) !== undefined;
}

/** The result of a step's submitted call, if the poll loop has booked it. */
export async function readCollected(db: Knex, step: HeldStep): Promise<UpstreamResult | undefined> {
  const row = await db('provider_calls')
    .where({ op_key: opKeyOf(step, 'video'), status: 'succeeded' })
    .first<{ upstream_id: string; answer: { url?: string } | null; cost_micros: string } | undefined>();
  return row && { upstreamId: row.upstream_id, url: row.answer?.url ?? null, costMicros: Number(row.cost_micros) };
}

/**
 * Locks all calls of these tasks that are on their way or in doubt. Whoever changes one of them wants the day's sums next, so a transaction
 * that changes the calls of several steps takes this before the first. The tasks are locked.
 */
export async function lockCalls(trx: Knex, taskIds: readonly string[]): Promise<void> {
  await trx('provider_calls')
    .whereIn('task_id', taskIds)
    .whereIn('status', ['sending', 'ambiguous'])
    .orderBy('id')
    .forUpdate()
    .select('id');
}

/** Somebody has decided about a step in doubt: its lost calls count as spent from now on. */
export async function writeOff(trx: Knex, stepId: string): Promise<void> {
  const lost = await trx('provider_calls')
    .where({ step_id: stepId, status: 'ambiguous' })
    .update({
      status: 'abandoned',
      lost_micros: trx.raw('doubt_count * max_cost_micros'),
      updated_at: trx.fn.now(),
    })
    .returning<{ op_key: string; fence: number }[]>(['op_key', 'fence']);
  for (const { op_key: opKey, fence } of lost) {
    await writeHistory(trx, { opKey, fence, from: 'ambiguous', to: 'abandoned', note: 'decided' });
  }
}
