import type { Knex } from 'knex';
import { countUnfinishedTasks } from './tasks.ts';
import { lockUser } from './users.ts';

/**
 * How many tasks a user may have in work: what an administrator set, or else the service's own number; none for an account that was
 * locked meanwhile. The user's row is locked until the transaction ends, so that what is counted next holds.
 */
export async function lockQuota(trx: Knex, userId: string, byDefault: number): Promise<number> {
  const user = await lockUser(trx, userId);
  return user?.is_active ? (user.tasks_at_once ?? byDefault) : 0;
}

/** The limit that one more task of this user would exceed; undefined where it fits. */
export async function exceededQuota(trx: Knex, userId: string, byDefault: number): Promise<number | undefined> {
  const most = await lockQuota(trx, userId, byDefault);
  return (await countUnfinishedTasks(trx, userId)) >= most ? most : undefined;
}
