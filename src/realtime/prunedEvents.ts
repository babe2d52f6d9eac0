import type { Knex } from 'knex';
import type { LoggedEvent } from './eventLog.ts';
import { toMessage } from './message.ts';

const mostSnapshots = 500;
const finished = ['completed', 'failed', 'cancelled'];

interface TaskState {
  id: string;
  status: string;
  progress: number;
  progress_details: object | null;
}

/**
 * Deletes the events of tasks that ended before this moment, always a task's whole history, and answers how many. One user per
 * transaction, as everywhere.
 */
export async function pruneEvents(db: Knex, endedBefore: Date): Promise<number> {
  const old = db('tasks').whereIn('status', finished).where('completed_at', '<', endedBefore);
  const users: { user_id: string }[] = await old
    .clone()
    .distinct('user_id')
    .whereExists((query) => query.from('events').whereRaw('events.task_id = tasks.id'));
  let deleted = 0;
  for (const { user_id: userId } of users) {
    const ofUser = old.clone().select('id').where({ user_id: userId });
    deleted += await pruneUser(db, userId, (events) => events.whereIn('task_id', ofUser));
  }
  return deleted + (await pruneConversations(db, endedBefore));
}

/** What conversations told has no state to stand in for it: the messages are there to be read. */
async function pruneConversations(db: Knex, before: Date): Promise<number> {
  const isOld = (events: Knex.QueryBuilder) => events.whereNull('task_id').where('created_at', '<', before);
  const users: { user_id: string }[] = await db('events').modify(isOld).distinct('user_id');
  let deleted = 0;
  for (const { user_id: userId } of users) deleted += await pruneUser(db, userId, isOld);
  return deleted;
}

async function pruneUser(db: Knex, userId: string, among: (events: Knex.QueryBuilder) => void): Promise<number> {
  return db.transaction(async (trx) => {
    const gone: { seq: number }[] = await trx('events').where({ user_id: userId }).modify(among).delete('seq');
    const last = gone.reduce((most, { seq }) => Math.max(most, seq), 0);
    await trx('event_cursors')
      .where({ user_id: userId })
      .update({ pruned_seq: trx.raw('greatest(pruned_seq, ?)', [last]) });
    return gone.length;
  });
}

/** What stands in for deleted histories: the present state of each task that has none left, the latest 500 at most. */
export async function readSnapshots(
  db: Knex,
  { userId, taskId, prunedSeq }: { userId: string; taskId?: string | undefined; prunedSeq: number },
): Promise<LoggedEvent[]> {
  const tasks: TaskState[] = await db('tasks')
    .select('id', 'status', 'progress', 'progress_details')
    .where({ user_id: userId })
    .whereIn('status', finished)
    .whereNot({ type: 'message' })
    .whereNotExists((query) => query.from('events').whereRaw('events.task_id = tasks.id'))
    .modify((query) => {
      if (taskId !== undefined) query.where({ id: taskId });
    })
    .orderBy('updated_at', 'desc')
    .limit(mostSnapshots);
  return tasks.reverse().map((task) => toSnapshot(task, prunedSeq));
}

function toSnapshot({ id, status, progress, progress_details: details }: TaskState, seq: number): LoggedEvent {
  const type = 'task.progress';
  return { seq, taskId: id, type, status, message: toMessage(type, id, { status, progress, details: details ?? {} }) };
}

/** True where a task has ended and there is nothing later than `after` to tell about it. */
export async function isOver(
  db: Knex,
  { userId, taskId, after }: { userId: string; taskId: string; after: number },
): Promise<boolean> {
  const row: { later: boolean; left: boolean; pruned: number } | undefined = await db('tasks')
    .where({ 'tasks.id': taskId, 'tasks.user_id': userId })
    .whereIn('status', finished)
    .leftJoin('event_cursors', 'event_cursors.user_id', 'tasks.user_id')
    .first(
      db.raw('exists (select from events e where e.task_id = tasks.id) as left'),
      db.raw('exists (select from events e where e.task_id = tasks.id and e.seq > ?) as later', [after]),
      db.raw('coalesce(event_cursors.pruned_seq, 0) as pruned'),
    );
  if (!row || row.later) return false;
  return row.left || after >= row.pruned;
}
