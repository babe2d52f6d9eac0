import type { Knex } from 'knex';

const hasLater = 'exists (select from events later where later.task_id = events.task_id and later.seq > events.seq)';
/** So few at a time that no statement takes long, whatever has piled up. */
const tasksAtOnce = 500;
const eventsAtOnce = 5_000;

/** Tasks of one user that have ended, and up to which `completed_at` (as text, to the microsecond) these are all. */
interface Ended {
  user_id: string;
  tasks: string[];
  until: string;
}

/**
 * Deletes the events of tasks that ended before this moment, all but each task's last one, and answers how many. That one says how the
 * task ended and keeps its number: it is what a reader from before gets instead of the history. Goes on after the tasks it saw to the
 * last time; one that was retried has ended anew. One user per transaction, as everywhere.
 */
export async function pruneEvents(db: Knex, endedBefore: Date): Promise<number> {
  let deleted = 0;
  for (;;) {
    const next = await nextEnded(db, endedBefore);
    for (const { user_id: userId, tasks } of next) {
      deleted += await db('events').where({ user_id: userId }).whereIn('task_id', tasks).whereRaw(hasLater).delete();
    }
    const until = next[0]?.until;
    if (until === undefined) break;
    await db('pruned_until').update({ completed_at: db.raw('greatest(completed_at, ?::timestamptz)', [until]) });
  }
  return deleted + (await pruneConversations(db, endedBefore));
}

async function nextEnded(db: Knex, before: Date): Promise<Ended[]> {
  const { rows } = await db.raw<{ rows: Ended[] }>(
    `with since as (select completed_at as at from pruned_until),
     oldest as (
       select t.completed_at from tasks t where t.completed_at > (select at from since) and t.completed_at < ?
       order by t.completed_at limit ${tasksAtOnce}),
     bound as (select max(completed_at) as at from oldest)
     select t.user_id, array_agg(t.id) as tasks, (select at from bound)::text as until
     from tasks t where t.completed_at > (select at from since) and t.completed_at <= (select at from bound)
     group by t.user_id order by t.user_id`,
    [before],
  );
  return rows;
}

/** What conversations told has no state to stand in for it: the messages are there to be read. */
async function pruneConversations(db: Knex, before: Date): Promise<number> {
  const isOld = (events: Knex.QueryBuilder) => events.whereNull('task_id').where('created_at', '<', before);
  let all = 0;
  for (;;) {
    const oldest = await db('events')
      .modify(isOld)
      .orderBy('created_at')
      .first<{ user_id: string } | undefined>('user_id');
    if (!oldest) return all;
    const some = db('events').modify(isOld).where({ user_id: oldest.user_id }).select('ctid').limit(eventsAtOnce);
    all += await db('events').whereIn('ctid', some).delete();
  }
}
