import type { Knex } from 'knex';
import { databaseNow } from '../db/databaseNow.ts';
import { deleteOldUploads } from '../db/mediaUploads.ts';
import { pruneEvents } from '../realtime/prunedEvents.ts';

const dayMs = 86_400_000;
/** So few at a time that no statement takes long. */
const batch = 5_000;

/** For how many days what users could still ask for is kept. */
export interface Kept {
  eventsDays: number;
  idempotencyKeysDays: number;
}

const defaultKept: Kept = { eventsDays: 30, idempotencyKeysDays: 30 };

/** What is kept for a time only: table, the column that ages, and for how many days. */
const rules = ({ idempotencyKeysDays }: Kept) =>
  [
    { table: 'idempotency_keys', since: 'created_at', days: idempotencyKeysDays },
    { table: 'stream_tickets', since: 'expires_at', days: 0 },
    { table: 'refresh_tokens', since: 'expires_at', days: 7 },
    { table: 'webhook_deliveries', since: 'created_at', days: 30 },
    { table: 'worker_sessions', since: 'fenced_at', days: 1 },
  ] as const;

/** Deletes what has served its time; steps and rows of paid calls, takes and media are nobody's to delete here. */
export async function cleanUp(db: Knex, kept: Kept = defaultKept): Promise<void> {
  const now = await databaseNow(db);
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
  for (const { table, since, days } of rules(kept)) await deleteOld(db, { table, since, before: daysAgo(days) });
  await dropUploads(db, daysAgo(1));
  await pruneEvents(db, daysAgo(kept.eventsDays));
}

async function deleteOld(db: Knex, old: { table: string; since: string; before: Date }): Promise<void> {
  for (let deleted = batch; deleted === batch; ) {
    const some = db(old.table).where(old.since, '<', old.before).select('ctid').limit(batch);
    deleted = await db(old.table).whereIn('ctid', some).delete();
  }
}

async function dropUploads(db: Knex, before: Date): Promise<void> {
  for (let deleted = batch; deleted === batch; ) deleted = await deleteOldUploads(db, before, batch);
}
