import type { Knex } from 'knex';
import type { StoredFailure } from '../errors.ts';
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

/**
 * Puts an answer that a worker without a lease kept for this call into the ledger, before anybody sends the call again. The call's row is
 * locked and `sending`.
 */
export async function takeLateAnswer(trx: Knex, opKey: string, step: HeldStep): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `with late as (
       update provider_orphans set adopted_at = now()
       where id = (select min(id) from provider_orphans where op_key = :opKey and adopted_at is null)
       returning answer, upstream_id),
     booked as (
       update provider_calls c set
         status = case when late.upstream_id is null then 'succeeded' else 'accepted' end,
         fence = :fence, answer = late.answer, upstream_id = late.upstream_id, cost_micros = c.max_cost_micros,
         accepted_at = now(), updated_at = now()
       from late where c.op_key = :opKey returning c.op_key, c.status)
     insert into provider_call_events (op_key, fence, from_status, to_status, note)
       select op_key, :fence, 'sending', status, 'its answer came late' from booked returning op_key`,
    { opKey, fence: step.fence },
  );
  return rows.length > 0;
}
