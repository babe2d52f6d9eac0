import type { Knex } from 'knex';
import { scheduleRemovalOfAll } from '../db/objectRemovals.ts';
import { lockUser } from '../db/users.ts';
import { stopTask } from './tasks.ts';

/** Work that has not stopped by then is left to find that its step is gone. */
const longestWait = "interval '1 hour'";

/** Goes on with every account that was closed and is not erased yet, until it is over. */
export async function eraseClosedAccounts(db: Knex, over?: AbortSignal): Promise<void> {
  const closed = await db('users').whereNotNull('closed_at').limit(100).select<{ id: string }[]>('id');
  for (const { id } of closed) {
    if (over?.aborted) return;
    await eraseAccount(db, id);
  }
}

/**
 * Erases a closed account: its work is cancelled, and when nothing of it runs any more (clips under way are cancelled at the vendor
 * first) all its rows go and its files are handed to the remover, in one transaction. Answers false while it has to wait.
 */
export async function eraseAccount(db: Knex, userId: string): Promise<boolean> {
  await stopTasks(db, userId);
  if (await isBusy(db, userId)) return false;
  await db.transaction(async (trx) => {
    // Whoever is just uploading a file comes before, and is seen, or finds no account any more.
    await lockUser(trx, userId);
    await scheduleRemovalOfAll(trx, userId);
    await emptyLedger(trx, userId);
    await trx('users').where({ id: userId }).whereNotNull('closed_at').delete();
  });
  return true;
}

/** One transaction per task, task first, as everywhere. */
async function stopTasks(db: Knex, userId: string): Promise<void> {
  const active = ['pending', 'processing'];
  const tasks = await db('tasks').where({ user_id: userId }).whereIn('status', active).select<{ id: string }[]>('id');
  for (const { id } of tasks) {
    await db.transaction(async (trx) => {
      const task = await trx('tasks').where({ id }).whereIn('status', active).forUpdate().first('id', 'status');
      if (task) await stopTask(trx, task);
    });
  }
}

async function isBusy(db: Knex, userId: string): Promise<boolean> {
  const step = await db('steps as s')
    .join('users as u', 'u.id', 's.user_id')
    .where('s.user_id', userId)
    .whereIn('s.status', ['running', 'waiting'])
    .whereRaw(`u.closed_at > now() - ${longestWait}`)
    .first('s.id');
  return step !== undefined;
}

/** Money spent stays on the books; what was asked for and what was answered does not, nor the vendor's words in the history of a call. */
async function emptyLedger(trx: Knex, userId: string): Promise<void> {
  await trx.raw(
    `update provider_call_events e set note = null from provider_calls c
     where c.op_key = e.op_key and c.user_id = ? and e.note is not null`,
    [userId],
  );
  await trx.raw('delete from provider_orphans o using provider_calls c where c.op_key = o.op_key and c.user_id = ?', [
    userId,
  ]);
  await trx('provider_calls').where({ user_id: userId }).update({ request: '{}', answer: null, error: null });
}
