import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { newId } from '../db/ids.ts';
import { PermanentFailure, type StoredFailure } from '../errors.ts';
import { type Admission, whyNotNow } from './absenceRules.ts';
import {
  type Bought,
  type CallStatus,
  FencedError,
  type HeldStep,
  type Purchase,
  type Purpose,
  type Standing,
  StopError,
  type VendorPolicy,
} from './step.ts';

export interface CallRow {
  op_key: string;
  status: CallStatus;
  model: string;
  request_hash: Buffer;
  request: { label?: object };
  max_cost_micros: number;
  cost_micros: number | null;
  upstream_id: string | null;
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
  purchase: Pick<Purchase<object>, 'vendor' | 'purpose' | 'model' | 'request' | 'label' | 'maxCostMicros'>;
}

/** What a call is, as it was sent: all of what it bought but the answer. */
export type Asked<Label extends object> = Omit<Bought<object, Label>, 'answer'>;

type AskedRow = Pick<CallRow, 'model' | 'request' | 'max_cost_micros'> & Partial<Pick<CallRow, 'cost_micros'>>;

export const askedOf = <Label extends object>(row: AskedRow): Asked<Label> => ({
  model: row.model,
  costMicros: row.cost_micros ?? row.max_cost_micros,
  label: row.request.label as Label | undefined,
});

export const opKeyOf = (step: Pick<HeldStep, 'id' | 'generation'>, purpose: string, part = 0): string =>
  `${step.id}:${purpose}:${step.generation}${part > 0 ? `.${part}` : ''}`;

export const hashOf = (request: object): Buffer => createHash('sha256').update(JSON.stringify(request)).digest();

/** Nothing is bought by a worker that was replaced, nor for a task whose cancel has committed. */
export async function assertHeld(trx: Knex, step: HeldStep): Promise<void> {
  const held = await trx('steps as s')
    .join('tasks as t', 't.id', 's.task_id')
    .where({ 's.id': step.id, 's.fence': step.fence, 's.status': 'running' })
    .forShare('s')
    .first<{ status: string } | undefined>('t.status');
  if (!held) throw new FencedError(`step ${step.id} is not held under fence ${step.fence}`);
  if (held.status === 'cancelled') throw new StopError('cancelled');
}

/** The call under its lock, with the age of its last send by the database's clock. */
export async function findCall(trx: Knex, opKey: string): Promise<CallRow | undefined> {
  return trx<CallRow>('provider_calls')
    .where({ op_key: opKey })
    .forUpdate()
    .first('*', trx.raw('(extract(epoch from clock_timestamp() - sending_at) * 1000)::float8 as age_ms'));
}

/**
 * Counts the vendor's calls in flight under its lock, so that the cap holds across processes. All calls to the vendor pass here one at a time:
 * nothing comes between this and the commit. A call that nobody is sending any more is not in flight: were those in doubt counted, as many
 * as the cap would keep each other, and themselves, from ever being sent again. A pause is looked for once the lock is held, which whoever
 * pauses takes too: nothing is let through any more when that has been answered.
 */
export async function admit(
  trx: Knex,
  opKey: string,
  { vendor, maxInFlight }: { vendor: string; maxInFlight: number },
): Promise<void> {
  const { rows } = await trx.raw<{ rows: [Admission] }>('select * from admit_call(?, ?)', [vendor, opKey]);
  const refusal = whyNotNow(rows[0], { vendor, maxInFlight });
  if (refusal) throw refusal;
}

const limitNames = { task: 'maxCost', day: 'the budget of the day', month: 'the budget of the month' } as const;

/**
 * Refuses what the task's `maxCost` or the user's budgets don't allow. The user's intents pass one at a time from here to their
 * commit, so that no two of them spend the same money. Before the vendor's lock, never after.
 */
export async function reserve(trx: Knex, { step }: Entry, micros: number): Promise<void> {
  const { rows } = await trx.raw<{ rows: { exceeded: keyof typeof limitNames | null }[] }>(
    'select reserve_money(?, ?, ?) as exceeded',
    [step.userId, step.taskId, micros],
  );
  const exceeded = rows[0]?.exceeded;
  if (exceeded) throw new PermanentFailure({ code: 5001, key: 'over_budget', params: { limit: limitNames[exceeded] } });
}

const replacement = `, model = excluded.model, request = excluded.request, request_hash = excluded.request_hash,
         max_cost_micros = excluded.max_cost_micros`;

/**
 * In one statement with its line in the history. `replaces`: what was written down before never became a call, or never arrived; the books
 * tell of this one alone.
 */
export async function writeIntent(
  trx: Knex,
  { opKey, purchase, step }: Entry,
  row: CallRow | undefined,
  how: { note?: string; doubts?: number; replaces: boolean; recognisedBy: VendorPolicy['idempotency'] },
): Promise<AskedRow> {
  const { rows } = await trx.raw<{ rows: [AskedRow] }>(
    `with intent as (
       insert into provider_calls (id, op_key, step_id, task_id, user_id, vendor, model, purpose, status, request_hash,
           request, fence, send_count, max_cost_micros, recognised_by, sending_at)
         values (:id, :opKey, :stepId, :taskId, :userId, :vendor, :model, :purpose, 'sending', :hash,
           :request, :fence, 1, :cost, :recognisedBy, clock_timestamp())
         on conflict (op_key) do update set status = 'sending', fence = excluded.fence, updated_at = now(), error = null,
           send_count = provider_calls.send_count + 1, doubt_count = provider_calls.doubt_count + :doubts,
           recognised_by = excluded.recognised_by, sending_at = clock_timestamp()${how.replaces ? replacement : ''}
         returning op_key, fence, status, model, request, max_cost_micros),
     told as (
       insert into provider_call_events (op_key, fence, from_status, to_status, note)
         select op_key, fence, :from::text, status, :note::text from intent)
     select model, request, max_cost_micros from intent`,
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
      request: JSON.stringify({ ...purchase.request, ...(purchase.label && { label: purchase.label }) }),
      fence: step.fence,
      cost: purchase.maxCostMicros,
      recognisedBy: how.recognisedBy,
      doubts: how.doubts ?? 0,
      from: row?.status ?? null,
      note: how.note ?? null,
    },
  );
  return rows[0];
}

/**
 * One 429 stops every process from calling this vendor; the steps kept back get their wake-ups for when it ends. It ends with a half second: of
 * fifty calls that are refused at once, one or two move it and wake.
 */
export async function coolDown(db: Knex, vendor: string, forMs: number): Promise<void> {
  await db.raw(
    `with given as (
       select to_timestamp(ceil(2 * extract(epoch from clock_timestamp() + :forMs * interval '1 millisecond')) / 2) as until),
     moved as (
       insert into vendor_limits (vendor, cool_until) select :vendor, until from given
       on conflict (vendor) do update set cool_until = excluded.cool_until
         where vendor_limits.cool_until < excluded.cool_until
       returning cool_until)
     select wake_workers(
       (select least(1000, count(*))::int from steps where status = 'ready' and vendor = :vendor), cool_until) from moved`,
    { vendor, forMs },
  );
}

/** Puts a call that a former owner sent under the present owner's fence. Its row is locked. */
export async function takeOver(trx: Knex, { opKey, step }: Entry): Promise<void> {
  await trx('provider_calls').where({ op_key: opKey }).update({ fence: step.fence, updated_at: trx.fn.now() });
}

/** Leaves a call that is in doubt to the user; its key is no way to end the doubt. Its row is locked, so whoever sent it has not answered. */
export async function hold(trx: Knex, { opKey, step }: Entry, from: CallStatus): Promise<void> {
  if (from !== 'sending' && from !== 'reserved') return;
  const doubts = from === 'sending' ? 1 : 0;
  const columns = { fence: step.fence, recognised_by: 'none', doubt_count: trx.raw('doubt_count + ?', [doubts]) };
  await move(trx, { op_key: opKey }, { from, to: 'ambiguous', columns, note: 'held' });
}

export interface Change {
  from: CallStatus;
  to: CallStatus;
  /** Written along with it. */
  columns?: object;
  note?: string | undefined;
}

/** Moves calls on, each with its line in the history, in one statement; answers how many stood as `from` says. */
export async function move(
  db: Knex,
  which: Record<string, unknown> | Knex.QueryCallback,
  { from, to, columns = {}, note }: Change,
): Promise<number> {
  const moved = db('provider_calls')
    .where({ status: from })
    .andWhere(which)
    .update({ ...columns, status: to, updated_at: db.fn.now() })
    .returning(['op_key', 'fence', 'status']);
  const told = await db
    .with('moved', moved)
    .into(db.raw('provider_call_events (op_key, fence, from_status, to_status, note)'))
    .insert(
      db('moved').select('op_key', 'fence', db.raw('?::text', [from]), 'status', db.raw('?::text', [note ?? null])),
    )
    .returning('op_key');
  return told.length;
}

/** What this owner has sent and nobody has answered. */
export const sentBy = ({ opKey, step }: Entry) => ({ op_key: opKey, fence: step.fence });

/** Whether a call stands like this under its fence: what an earlier try wrote, whose own answer was lost. */
export async function stands(db: Knex, { opKey, step }: Entry, status: CallStatus): Promise<boolean> {
  return (await db('provider_calls').where({ op_key: opKey, fence: step.fence, status }).first('id')) !== undefined;
}

/** A step's call of its present generation, unless none has left. */
export async function readStanding<Answer extends object, Label extends object>(
  db: Knex,
  step: HeldStep,
  purpose: Purpose,
): Promise<Standing<Answer, Label> | undefined> {
  const row = await db<CallRow>('provider_calls')
    .where({ op_key: opKeyOf(step, purpose) })
    .whereNot({ status: 'reserved' })
    .first();
  if (!row) return undefined;
  const { status, upstream_id: upstreamId, answer } = row;
  return { ...askedOf<Label>(row), status, upstreamId, answer: (answer ?? {}) as Answer };
}
