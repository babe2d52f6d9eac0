import type { Knex } from 'knex';

/** Of these users, the ones whose accounts exist and are active. */
export async function findActiveUsers(db: Knex, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db('users').whereIn('id', ids).where({ is_active: true }).select<{ id: string }[]>('id');
  return new Set(rows.map(({ id }) => id));
}
