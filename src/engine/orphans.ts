import type { Knex } from 'knex';
import type { Log } from '../log.ts';

interface Orphan {
  id: string;
  op_key: string;
  step_id: string;
  task_id: string;
  max_cost_micros: number;
  answer: object;
  upstream_id: string | null;
}

/**
 * Puts answers that came too late into the ledger where their call is still in doubt: the doubt is over, and the step goes on with what
 * was bought. An answer to a call somebody has decided about, or that has another answer, stays an orphan.
 */
export async function adoptOrphans(db: Knex, log: Log): Promise<number> {
  const orphans: Orphan[] = await db('provider_orphans as o')
    .join('provider_calls as c', 'c.op_key', 'o.op_key')
    .join('steps as s', 's.id', 'c.step_id')
    .whereNull('o.adopted_at')
    .where({ 'c.status': 'ambiguous', 's.status': 'needs_review' })
    .whereRaw("split_part(split_part(c.op_key, ':', 3), '.', 1) = s.generation::text")
    .select('o.id', 'o.op_key', 'c.step_id', 's.task_id', 'c.max_cost_micros', 'o.answer', 'o.upstream_id')
    .orderBy('o.id')
    .limit(100);
  for (const orphan of orphans) {
    const adopted = await db.transaction((trx) => adopt(trx, orphan));
    if (adopted)
      log.warn({ stepId: orphan.step_id, opKey: orphan.op_key }, 'an answer that came late was taken after all');
  }
  return orphans.length;
}

async function adopt(trx: Knex, orphan: Orphan): Promise<boolean> {
  await trx('tasks').where({ id: orphan.task_id }).select('id').forUpdate();
  const step = { id: orphan.step_id, status: 'needs_review' };
  const held = await trx('steps').where(step).forUpdate().first('id');
  if (!held) return false;
  const booked = await trx('provider_calls')
    .where({ op_key: orphan.op_key, status: 'ambiguous' })
    .update({
      status: orphan.upstream_id ? 'accepted' : 'succeeded',
      answer: JSON.stringify(orphan.answer),
      upstream_id: orphan.upstream_id,
      cost_micros: orphan.max_cost_micros,
      doubt_count: trx.raw('greatest(doubt_count - 1, 0)'),
      accepted_at: trx.fn.now(),
      updated_at: trx.fn.now(),
    });
  if (booked === 0) return false;
  await trx('provider_orphans').where({ id: orphan.id }).update({ adopted_at: trx.fn.now() });
  await trx('provider_call_events').insert({
    op_key: orphan.op_key,
    fence: trx('steps').where({ id: orphan.step_id }).select('fence'),
    from_status: 'ambiguous',
    to_status: orphan.upstream_id ? 'accepted' : 'succeeded',
    note: 'its answer came late',
  });
  await trx('steps')
    .where(step)
    .update({ status: 'ready', error: null, not_before: trx.fn.now(), updated_at: trx.fn.now() });
  await trx.raw('select wake_workers(1, now())');
  await trx.raw('select settle_task(?, ?, null)', [orphan.task_id, orphan.step_id]);
  return true;
}
