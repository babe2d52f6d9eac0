import type { Knex } from 'knex';
import { move } from './ledgerStore.ts';

/**
 * Locks all calls of these tasks that are on their way or in doubt. Whoever changes one of them wants the day's sums next, so a transaction
 * that changes the calls of several steps takes this before the first. The tasks are locked.
 */
export async function lockCalls(trx: Knex, taskIds: readonly string[]): Promise<void> {
  await trx('provider_calls')
    .whereIn('task_id', taskIds)
    .where((calls) => calls.whereIn('status', ['sending', 'ambiguous']).orWhere('doubt_micros', '>', 0))
    .orderBy('id')
    .forUpdate()
    .select('id');
}

/** A call belongs to the generation its key names; what became of earlier ones has been decided. `s` is its step. */
export const ofGeneration = (call: string) =>
  `split_part(split_part(${call}.op_key, ':', 3), '.', 1) = s.generation::text`;

/** Ended steps, those of a whole task or one, which somebody makes run again or gives up. */
export type Steps = { task_id: string } | { id: string };

export const endedStatuses = ['failed', 'dead', 'cancelled', 'needs_review'];

const endedSteps = (trx: Knex, which: Steps): Knex.QueryBuilder =>
  trx('steps as s')
    .whereIn('s.status', endedStatuses)
    .where('task_id' in which ? { 's.task_id': which.task_id } : { 's.id': which.id });

/**
 * What was on its way when its step ended is taken up again under the same key, as after any crash: at no cost where the vendor can tell
 * it from a new call, and after crashes in any case. All calls of the task are locked.
 */
export async function reopenCalls(trx: Knex, which: Steps): Promise<void> {
  const again = endedSteps(trx, which)
    .whereRaw('s.id = step_id')
    .whereRaw(ofGeneration('provider_calls'))
    .where((call) => call.where('s.status', 'dead').orWhereIn('recognised_by', ['key', 'lookup']));
  const columns = { doubt_count: trx.raw('doubt_count - 1') };
  await move(trx, (calls) => calls.whereExists(again), { from: 'ambiguous', to: 'sending', columns, note: 'taken up' });
}

/** Somebody has decided about steps in doubt: their lost calls count as spent from now on. All calls of the task are locked. */
export async function writeOff(trx: Knex, which: Steps): Promise<void> {
  const lost = { lost_micros: trx.raw('doubt_count * max_cost_micros') };
  const ofEnded = (calls: Knex.QueryBuilder) => calls.whereIn('step_id', endedSteps(trx, which).select('s.id'));
  await move(trx, ofEnded, { from: 'ambiguous', to: 'abandoned', columns: lost, note: 'decided' });
  await trx('provider_calls')
    .where({ status: 'failed' })
    .where('doubt_micros', '>', 0)
    .andWhere(ofEnded)
    .update({ ...lost, updated_at: trx.fn.now() });
}
