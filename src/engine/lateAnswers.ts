import type { Knex } from 'knex';
import type { StoredFailure } from '../errors.ts';
import { move } from './ledgerStore.ts';
import type { HeldStep } from './step.ts';

/** Whoever sent this call knows that it gets no answer for it, so that nobody waits for one. Undone by the next send. */
export async function markUnanswered(
  db: Knex,
  { opKey, step }: { opKey: string; step: HeldStep },
  failure: StoredFailure,
): Promise<void> {
  await db('provider_calls')
    .where({ op_key: opKey, fence: step.fence, status: 'sending' })
    .update({ error: JSON.stringify(failure) });
}

/** An answer that a worker without a lease kept for a call, as it stands in `provider_orphans`. */
export interface LateAnswer {
  id: string;
  op_key: string;
  answer: object;
  upstream_id: string | null;
}

/**
 * Puts an answer that a worker without a lease kept for this call into the ledger, before anybody sends the call again. The call's row is
 * locked and `sending`.
 */
export async function takeLateAnswer(trx: Knex, opKey: string, { fence }: Pick<HeldStep, 'fence'>): Promise<boolean> {
  const late: LateAnswer | undefined = await trx('provider_orphans')
    .where({ op_key: opKey })
    .whereNull('adopted_at')
    .orderBy('id')
    .first('id', 'op_key', 'answer', 'upstream_id');
  return late !== undefined && bookLate(trx, late, { from: 'sending', fence });
}

/** Books an answer that came late for the owner of this fence, where its call still stands as `from` says: then it is an orphan no longer. */
export async function bookLate(
  trx: Knex,
  { id, op_key, answer, upstream_id }: LateAnswer,
  { from, fence }: { from: 'sending' | 'ambiguous'; fence: number },
): Promise<boolean> {
  const columns = {
    fence,
    answer: JSON.stringify(answer),
    upstream_id,
    cost_micros: trx.raw('max_cost_micros'),
    accepted_at: trx.fn.now(),
    ...(from === 'ambiguous' && { doubt_count: trx.raw('greatest(doubt_count - 1, 0)') }),
  };
  const to = upstream_id === null ? 'succeeded' : 'accepted';
  if ((await move(trx, { op_key }, { from, to, columns, note: 'its answer came late' })) === 0) return false;
  await trx('provider_orphans').where({ id }).update({ adopted_at: trx.fn.now() });
  return true;
}
