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
}

export interface EventQuery {
  userId: string;
  /** Only this task's events. */
  taskId?: string | undefined;
  /** Only events with a greater seq. */
  after: number;
  /** Only events up to this seq. */
  upTo?: number | undefined;
  limit: number;
}

interface EventRow {
  user_id: string;
  seq: number;
  task_id: string | null;
  type: string;
  data: Json;
}

export interface NewEvent {
  userId: string;
  taskId: string | null;
  type: string;
  data: Json;
}

function toEvent(row: EventRow): LoggedEvent {
  const { data } = row;
  return {
    seq: row.seq,
    taskId: row.task_id,
    type: row.type,
    status: typeof data.status === 'string' ? data.status : undefined,
    message: toMessage(row.type, row.task_id, data),
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

/** A page of the log, oldest first. */
export async function readEvents(db: Knex, { userId, taskId, after, upTo, limit }: EventQuery): Promise<LoggedEvent[]> {
  const rows = await db<EventRow>('events')
    .select('seq', 'task_id', 'type', 'data')
    .where({ user_id: userId })
    .where('seq', '>', after)
    .modify((query) => {
      if (taskId !== undefined) query.where({ task_id: taskId });
      if (upTo !== undefined) query.where('seq', '<=', upTo);
    })
    .orderBy('seq')
    .limit(limit);
  return rows.map(toEvent);
}

export interface EventCursor {
  /** Of the latest event; 0 before the first one. */
  headSeq: number;
  /** Events up to here may have been deleted. */
  prunedSeq: number;
}

export async function readCursor(db: Knex, userId: string): Promise<EventCursor> {
  const row = await db('event_cursors').where({ user_id: userId }).first('last_seq', 'pruned_seq');
  return { headSeq: row?.last_seq ?? 0, prunedSeq: row?.pruned_seq ?? 0 };
}
