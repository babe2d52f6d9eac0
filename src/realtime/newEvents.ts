import type { Knex } from 'knex';
import type { ClientBase } from 'pg';
import { type EventRow, type LoggedEvent, readEvents, toEvent } from './eventLog.ts';

/** So many events of a user are read at once; where it is fewer, there are no more. */
export const pageOfNew = 200;
const mostUsers = 50;

/** The user's events later than this one, a page at most. */
export type ReadNew = (userId: string, after: number) => Promise<readonly LoggedEvent[]>;

interface Wish {
  userId: string;
  after: number;
  settle: PromiseWithResolvers<readonly LoggedEvent[]>;
}

const columns = `e.user_id, e.seq::float8 as seq, e.task_id, e.type, e.data,
  extract(epoch from clock_timestamp() - e.created_at)::float8 as age`;

const ofOne = {
  name: 'new_events_of_one',
  text: `select 1 as number, ${columns} from events e where user_id = $1 and e.seq > $2 order by e.seq limit ${pageOfNew}`,
};

const ofMany = {
  name: 'new_events_of_many',
  text: `select wanted.number::int, ${columns}
    from unnest($1::uuid[], $2::bigint[]) with ordinality as wanted (user_id, after, number)
    cross join lateral (
      select * from events where user_id = wanted.user_id and seq > wanted.after order by seq limit ${pageOfNew}) e
    order by wanted.number, e.seq`,
};

/**
 * Reads new events over the session that hears of them: one query at a time in a process, and whoever asks meanwhile is in the next
 * one, so that the number of queries does not grow with the number of users. Without a session the pool is asked.
 */
export function createReadNew(db: Knex, session: () => ClientBase | undefined): ReadNew {
  let waiting: Wish[] = [];
  let reading = false;
  const readAll = async () => {
    reading = true;
    while (waiting.length > 0) {
      const wishes = waiting.slice(0, mostUsers);
      waiting = waiting.slice(mostUsers);
      await grant(db, session(), wishes);
    }
    reading = false;
  };
  return (userId, after) => {
    const settle = Promise.withResolvers<readonly LoggedEvent[]>();
    waiting.push({ userId, after, settle });
    if (!reading) void readAll();
    return settle.promise;
  };
}

async function grant(db: Knex, session: ClientBase | undefined, wishes: readonly Wish[]): Promise<void> {
  const found = session && (await overSession(session, wishes).catch(() => undefined));
  await Promise.all(
    wishes.map(({ userId, after, settle }, index) =>
      found
        ? settle.resolve(found[index] ?? [])
        : readEvents(db, { userId, after, limit: pageOfNew }).then(settle.resolve, settle.reject),
    ),
  );
}

async function overSession(session: ClientBase, wishes: readonly Wish[]): Promise<readonly (readonly LoggedEvent[])[]> {
  const [only, another] = wishes;
  const query =
    only && !another
      ? { ...ofOne, values: [only.userId, only.after] }
      : { ...ofMany, values: [wishes.map(({ userId }) => userId), wishes.map(({ after }) => after)] };
  const { rows } = await session.query<EventRow & { number: number }>(query);
  const found = wishes.map((): LoggedEvent[] => []);
  for (const row of rows) found[row.number - 1]?.push(toEvent(row));
  return found;
}
