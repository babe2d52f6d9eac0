import type { Knex } from 'knex';

/** Somebody who follows events, and what let them in: `session:` or `key:` and an id. */
export interface Listener {
  userId: string;
  grant?: string | undefined;
}

const idsOf = (listeners: readonly Listener[], kind: string): string[] => [
  ...new Set(listeners.flatMap(({ grant }) => (grant?.startsWith(`${kind}:`) ? [grant.slice(kind.length + 1)] : []))),
];

/** Of these, the ones whose account is active and whose session or key is still good. */
export async function findStillAllowed<L extends Listener>(db: Knex, listeners: readonly L[]): Promise<ReadonlySet<L>> {
  const { rows } = await db.raw<{ rows: { good: string }[] }>(
    `select 'user:' || id as good from users where id = any (:users) and is_active
     union select 'session:' || id from refresh_tokens where id = any (:sessions) and revoked_at is null and expires_at > now()
     union select 'key:' || id from api_keys where id = any (:keys) and revoked_at is null
       and (expires_at is null or expires_at > now())`,
    {
      users: [...new Set(listeners.map(({ userId }) => userId))],
      sessions: idsOf(listeners, 'session'),
      keys: idsOf(listeners, 'key'),
    },
  );
  const good = new Set(rows.map((row) => row.good));
  return new Set(
    listeners.filter(({ userId, grant }) => good.has(`user:${userId}`) && (grant === undefined || good.has(grant))),
  );
}

/** Tells every process that some access of this user has ended, so that it is looked at anew at once. */
export async function tellAccessChanged(db: Knex, userId: string): Promise<void> {
  await db.raw("select pg_notify('directorai_events', ?)", [`${userId} access`]);
}
