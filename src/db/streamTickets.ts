import type { Knex } from 'knex';
import { findStillAllowed, type Listener } from './listeners.ts';

/** Stores a ticket for one stream. */
export async function insertStreamTicket(
  db: Knex,
  ticket: { userId: string; ticketHash: Buffer; ttlSeconds: number; grant: string | undefined },
): Promise<void> {
  await db('stream_tickets').insert({
    ticket_hash: ticket.ticketHash,
    user_id: ticket.userId,
    granted_by: ticket.grant ?? null,
    expires_at: db.raw('now() + make_interval(secs => ?)', [ticket.ttlSeconds]),
  });
}

/** Takes a ticket in: the user it was given to and what it was got with, once. */
export async function redeemStreamTicket(db: Knex, ticketHash: Buffer): Promise<Listener | undefined> {
  const [taken] = await db('stream_tickets')
    .where({ ticket_hash: ticketHash })
    .where('expires_at', '>', db.fn.now())
    .delete()
    .returning<{ user_id: string; granted_by: string | null }[]>(['user_id', 'granted_by']);
  if (!taken) return undefined;
  const holder: Listener = { userId: taken.user_id, grant: taken.granted_by ?? undefined };
  return (await findStillAllowed(db, [holder])).has(holder) ? holder : undefined;
}

/** Nobody comes in by a ticket of this user any more. */
export async function deleteTicketsOf(trx: Knex, userId: string): Promise<void> {
  await trx('stream_tickets').where({ user_id: userId }).delete();
}
