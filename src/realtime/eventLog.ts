import type { Knex } from 'knex';
import { type Json, toMessage } from './message.ts';

/** One event of a user's log. */
export interface LoggedEvent {
  /** The user's own counter: gapless in commit order. */
  seq: number;
  taskId: string | null;
  type: string;
  /** The task's status at that moment; undefined where the event is about something else. */
  status: string | undefined;
  /** The message clients get, as JSON: written once, however many read it. */
  message: string;
  /** How long before it was read it was appended, both by the database's clock. */
  ageSeconds: number;
}

export interface EventQuery {
  userId: string;
  /** Only this task's events. */
  taskId?: string | undefined;
  /** Only events with a greater seq. */
  after: number;
  limit: number;
}

export interface EventRow {
  user_id: string;
  seq: number;
  task_id: string | null;
  type: string;
  data: Json;
  age: number;
}

export interface NewEvent {
  userId: string;
  taskId: string | null;
  type: string;
  data: Json;
}

export function toEvent(row: EventRow): LoggedEvent {
  const { data } = row;
  return {
    seq: row.seq,
    taskId: row.task_id,
    type: row.type,
    status: typeof data.status === 'string' ? data.status : undefined,
    message: toMessage(row.type, row.task_id, data),
    ageSeconds: row.age,
  };
}

/** Appends to the user's log. The last statement of a transaction: its lock orders all events of the user. */
export async function appendEvent(trx: Knex, { userId, taskId, type, data }: NewEvent): Promise<number> {
  const { rows } = await trx.raw<{ rows: { seq: number }[] }>('select append_event(?, ?, ?, ?) as seq', [
    userId,
    taskId,
    type,
    JSON.stringify(data),
  ]);
  return rows[0]?.seq ?? 0;
}

const age = 'extract(epoch from clock_timestamp() - created_at)::float8 as age';

/** A page of the log, oldest first. */
export async function readEvents(db: Knex, { userId, taskId, after, limit }: EventQuery): Promise<LoggedEvent[]> {
  const rows = await db<EventRow>('events')
    .select('seq', 'task_id', 'type', 'data', db.raw(age))
    .where({ user_id: userId })
    .where('seq', '>', after)
    .modify((query) => {
      if (taskId !== undefined) query.where({ task_id: taskId });
    })
    .orderBy('seq')
    .limit(limit);
  return rows.map(toEvent);
}

/** The seq of the user's latest event; 0 before the first one. */
export async function readHead(db: Knex, userId: string): Promise<number> {
  const row = await db('event_cursors').where({ user_id: userId }).first('last_seq');
  return row?.last_seq ?? 0;
}
