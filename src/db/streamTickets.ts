import type { Knex } from 'knex';

/** Stores a ticket for one stream. */
export async function insertStreamTicket(
  db: Knex,
  ticket: { userId: string; ticketHash: Buffer; ttlSeconds: number },
): Promise<void> {
  await db('stream_tickets').insert({
    ticket_hash: ticket.ticketHash,
    user_id: ticket.userId,
    expires_at: db.raw('now() + make_interval(secs => ?)', [ticket.ttlSeconds]),
  });
}

/** Takes a ticket in: the user it was given to, once. */
export async function redeemStreamTicket(db: Knex, ticketHash: Buffer): Promise<string | undefined> {
  const [taken] = await db('stream_tickets')
    .where({ ticket_hash: ticketHash })
    .where('expires_at', '>', db.fn.now())
    .delete()
    .returning<{ user_id: string }[]>('user_id');
  return taken?.user_id;
}
