import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import { endedStatuses, ofGeneration } from './doubts.ts';
import { bookLate, type LateAnswer } from './lateAnswers.ts';

interface Orphan extends LateAnswer {
  step_id: string;
  task_id: string;
  fence: number;
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
  const { step_id: stepId, task_id: taskId, fence } = orphan;
  await trx('tasks').where({ id: taskId }).select('id').forUpdate();
  const step = await trx('steps')
    .where({ id: stepId })
    .whereIn('status', endedStatuses)
    .forUpdate()
    .first<{ status: string } | undefined>('status');
  if (!step || !(await bookLate(trx, orphan, { from: 'ambiguous', fence }))) return false;
  if (step.status !== 'needs_review') return true;
  await trx('steps')
    .where({ id: stepId })
    .update({ status: 'ready', error: null, not_before: trx.fn.now(), updated_at: trx.fn.now() });
  await trx.raw('select wake_workers(1, now())');
  await trx.raw('select settle_task(?, ?, null)', [taskId, stepId]);
  return true;
}
