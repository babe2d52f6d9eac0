import type { Knex } from 'knex';
import { type Task, type TaskRow, toTask } from './tasks.ts';

/** The agent's answer to one message, as work; kept as a task of a type that no list shows. */
export type Turn = Task<'message'>;

const active = ['pending', 'processing'];

export async function findTurn(
  db: Knex,
  { turnId, conversationId, ownerId }: { turnId: string; conversationId: string; ownerId: string },
): Promise<Turn | undefined> {
  const row = await db('tasks')
    .where({ id: turnId, conversation_id: conversationId, user_id: ownerId, type: 'message' })
    .first<TaskRow<'message'> | undefined>();
  return row && toTask(row);
}

/** True while the agent answers in this conversation. */
export async function isAnswering(db: Knex, conversationId: string): Promise<boolean> {
  const row = await db('tasks')
    .where({ conversation_id: conversationId, type: 'message' })
    .whereIn('status', active)
    .first('id');
  return row !== undefined;
}

/** Turns of a user that have not ended, over all conversations. */
export async function countActiveTurns(db: Knex, userId: string): Promise<number> {
  const [counted] = await db('tasks')
    .where({ user_id: userId, type: 'message' })
    .whereIn('status', active)
    .count({ total: '*' });
  return Number(counted?.total ?? 0);
}

/**
 * Ends all turns of a conversation by deleting them, steps included: a worker that still writes an answer is fenced. What was paid
 * stays on the books, without the words. In the order of locks everywhere: the task before anything else.
 */
export async function deleteTurns(trx: Knex, conversationId: string, ownerId: string): Promise<void> {
  const turns: { id: string }[] = await trx('tasks')
    .where({ conversation_id: conversationId, user_id: ownerId, type: 'message' })
    .delete('id');
  const ids = turns.map(({ id }) => id);
  if (ids.length > 0) await trx('provider_calls').whereIn('task_id', ids).update({ request: '{}', answer: null });
}
