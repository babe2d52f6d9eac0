import type { Knex } from 'knex';
import { pruneEvents } from '../realtime/prunedEvents.ts';

const dayMs = 86_400_000;
const eventsKeptMs = 30 * dayMs;

/** What is kept for a time only: table, the column that ages, and for how long. */
const kept = [
  { table: 'idempotency_keys', since: 'created_at', days: 30 },
  { table: 'stream_tickets', since: 'expires_at', days: 0 },
  { table: 'refresh_tokens', since: 'expires_at', days: 7 },
  { table: 'webhook_deliveries', since: 'created_at', days: 30 },
  { table: 'worker_sessions', since: 'fenced_at', days: 1 },
] as const;

/** Deletes what has served its time; rows of paid calls, takes and media are nobody's to delete here. */
export async function cleanUp(db: Knex, now: Date = new Date()): Promise<void> {
  for (const { table, since, days } of kept) {
    await db(table)
      .where(since, '<', new Date(now.getTime() - days * dayMs))
      .delete();
  }
  await pruneEvents(db, new Date(now.getTime() - eventsKeptMs));
}
