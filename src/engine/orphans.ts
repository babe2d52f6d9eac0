import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import { endedStatuses, ofGeneration } from './doubts.ts';
import { move } from './ledgerStore.ts';

interface Orphan {
  id: string;
  op_key: string;
  step_id: string;
  task_id: string;
  fence: number;
  answer: object;
  upstream_id: string | null;
}

/**
 * Puts answers that came too late into the ledger where their call is still in doubt: the doubt is over, and a step that waits for a decision
 * goes on with what was bought; one that ended otherwise has it for its retry. An answer to a call somebody has decided about, or that has
 * another answer, stays an orphan.
 */
export async function adoptOrphans(db: Knex, log: Log): Promise<number> {
  const orphans: Orphan[] = await db('provider_orphans as o')
    .join('provider_calls as c', 'c.op_key', 'o.op_key')
    .join('steps as s', 's.id', 'c.step_id')
    .whereNull('o.adopted_at')
    .where({ 'c.status': 'ambiguous' })
    .whereIn('s.status', endedStatuses)
    .whereRaw(ofGeneration('c'))
    .select('o.id', 'o.op_key', 'c.step_id', 's.task_id', 's.fence', 'o.answer', 'o.upstream_id')
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
  const { step_id: stepId, task_id: taskId } = orphan;
  await trx('tasks').where({ id: taskId }).select('id').forUpdate();
  const step = await trx('steps')
    .where({ id: stepId })
    .whereIn('status', endedStatuses)
    .forUpdate()
    .first<{ status: string } | undefined>('status');
  if (!step || !(await bookLate(trx, orphan))) return false;
  await trx('provider_orphans').where({ id: orphan.id }).update({ adopted_at: trx.fn.now() });
  if (step.status !== 'needs_review') return true;
  await trx('steps')
    .where({ id: stepId })
    .update({ status: 'ready', error: null, not_before: trx.fn.now(), updated_at: trx.fn.now() });
  await trx.raw('select wake_workers(1, now())');
  await trx.raw('select settle_task(?, ?, null)', [taskId, stepId]);
  return true;
}

async function bookLate(trx: Knex, { op_key, answer, upstream_id, fence }: Orphan): Promise<boolean> {
  const columns = {
    fence,
    answer: JSON.stringify(answer),
    upstream_id,
    cost_micros: trx.raw('max_cost_micros'),
    doubt_count: trx.raw('greatest(doubt_count - 1, 0)'),
    accepted_at: trx.fn.now(),
  };
  const to = upstream_id ? 'accepted' : 'succeeded';
  return (await move(trx, { op_key }, { from: 'ambiguous', to, columns, note: 'its answer came late' })) > 0;
}
