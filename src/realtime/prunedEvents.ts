import type { Knex } from 'knex';

const finished = ['completed', 'failed', 'cancelled'];
const hasLater = 'exists (select from events later where later.task_id = events.task_id and later.seq > events.seq)';

/**
 * Deletes the events of tasks that ended before this moment, all but each task's last one, and answers how many. That one says how the
 * task ended and keeps its number: it is what a reader from before gets instead of the history. One user per transaction, as everywhere.
 */
export async function pruneEvents(db: Knex, endedBefore: Date): Promise<number> {
  const old = db('tasks').whereIn('status', finished).where('completed_at', '<', endedBefore);
  const users: { user_id: string }[] = await old
    .clone()
    .distinct('user_id')
    .whereExists((query) => query.from('events').whereRaw('events.task_id = tasks.id').whereRaw(hasLater));
  let deleted = 0;
  for (const { user_id: userId } of users) {
    const ofUser = old.clone().select('id').where({ user_id: userId });
    deleted += await pruneUser(db, userId, (events) => events.whereIn('task_id', ofUser).whereRaw(hasLater));
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
  return db('events').where({ user_id: userId }).modify(among).delete();
}
