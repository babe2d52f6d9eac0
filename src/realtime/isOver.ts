import type { Knex } from 'knex';

/** True where a task has ended and there is nothing later than `after` to tell about it. */
export async function isOver(
  db: Knex,
  { userId, taskId, after }: { userId: string; taskId: string; after: number },
): Promise<boolean> {
  const row = await db('tasks')
    .where({ id: taskId, user_id: userId })
    .whereIn('status', ['completed', 'failed', 'cancelled'])
    .whereNotExists((query) => query.from('events').where({ task_id: taskId }).where('seq', '>', after))
    .first('id');
  return row !== undefined;
}
