import type { Knex } from 'knex';
import { offsetOf, type Page, type PageRequest } from './pages.ts';

/** What an administrator allows a user; null leaves it to the service and the user. */
export interface UserLimits {
  tasksAtOnce: number | null;
  maxDayMicros: number | null;
  maxMonthMicros: number | null;
}

/** An account that was not deleted, as administrators see it. */
export interface AdminUser extends UserLimits {
  id: string;
  username: string;
  email: string;
  isAdmin: boolean;
  isActive: boolean;
  disabledAt: Date | null;
  createdAt: Date;
  activeTasks: number;
  spentMonthMicros: number;
}

export interface UserFilter extends PageRequest {
  search?: string | undefined;
  status?: 'active' | 'disabled' | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const seen = (db: Knex) => [
  ...['u.id', 'u.username', 'u.email', 'u.is_admin as isAdmin', 'u.is_active as isActive'],
  ...['u.disabled_at as disabledAt', 'u.created_at as createdAt', 'u.tasks_at_once as tasksAtOnce'],
  ...['b.max_day_micros as maxDayMicros', 'b.max_month_micros as maxMonthMicros'],
  db.raw(`(select count(*)::int from tasks t where t.user_id = u.id and t.status in ('pending', 'processing')
    and t.type <> 'message') as "activeTasks"`),
  db.raw(`(select coalesce(sum(s.spent_micros + s.reserved_micros + s.doubt_micros), 0)::float8 from spending s
    where s.user_id = u.id and s.day >= date_trunc('month', now() at time zone 'utc')::date) as "spentMonthMicros"`),
];

const accounts = (db: Knex) => db('users as u').whereNull('u.closed_at');
const withBudget = (query: Knex.QueryBuilder) => query.leftJoin('budgets as b', 'b.user_id', 'u.id');

function keepOnly(query: Knex.QueryBuilder, { search, status }: UserFilter): void {
  if (status) query.where({ 'u.is_active': status === 'active' });
  if (search === undefined) return;
  const begins = `${search
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
  query.where((either) => {
    either.whereLike('u.email', begins).orWhereRaw('lower(u.username) like ?', [begins]);
    if (uuid.test(search)) either.orWhere({ 'u.id': search });
  });
}

export async function listAdminUsers(db: Knex, filter: UserFilter): Promise<Page<AdminUser>> {
  const { page, pageSize } = filter;
  const kept = () => accounts(db).modify(keepOnly, filter);
  const order = ['u.created_at', 'u.id'].map((column) => ({ column, order: 'desc' as const }));
  const [items, [counted]] = await Promise.all([
    withBudget(kept()).orderBy(order).limit(pageSize).offset(offsetOf(filter)).select<AdminUser[]>(seen(db)),
    kept().count({ total: '*' }),
  ]);
  return { page, pageSize, total: Number(counted?.total ?? 0), items };
}

export async function findAdminUser(db: Knex, id: string): Promise<AdminUser | undefined> {
  return withBudget(accounts(db)).where({ 'u.id': id }).first<AdminUser | undefined>(seen(db));
}

/** True for an administrator as the database knows it now, whatever a session remembers. */
export async function isStillAdmin(db: Knex, id: string): Promise<boolean> {
  return (await db('users').where({ id, is_admin: true, is_active: true }).first('id')) !== undefined;
}

/** Locks an account, or lets it in again. */
export async function setDisabled(trx: Knex, id: string, disabled: boolean): Promise<void> {
  await trx('users')
    .where({ id })
    .update({ is_active: !disabled, disabled_at: disabled ? trx.fn.now() : null, updated_at: trx.fn.now() });
}

/** Changes the limits given and leaves the others. Waits for intents on their way to their commit: the next sees it. */
export async function saveLimits(trx: Knex, id: string, limits: Partial<UserLimits>): Promise<void> {
  const { tasksAtOnce, maxDayMicros, maxMonthMicros } = limits;
  if (tasksAtOnce !== undefined) await trx('users').where({ id }).update({ tasks_at_once: tasksAtOnce });
  const money = {
    ...(maxDayMicros !== undefined && { max_day_micros: maxDayMicros }),
    ...(maxMonthMicros !== undefined && { max_month_micros: maxMonthMicros }),
  };
  if (Object.keys(money).length === 0) return;
  const given = { ...money, updated_at: trx.fn.now() };
  await trx('budgets')
    .insert({ user_id: id, ...given })
    .onConflict('user_id')
    .merge(given);
}
