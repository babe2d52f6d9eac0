import type { Knex } from 'knex';
import { offsetOf, type Page, type PageRequest } from './pages.ts';

export type AuditAction =
  | 'user.disable'
  | 'user.enable'
  | 'user.limits'
  | 'step.redrive'
  | 'step.resolve'
  | 'spending.pause'
  | 'spending.resume';

export interface AuditChange {
  field: string;
  before: string | null;
  after: string | null;
}

export interface NewAuditEntry {
  actorId: string;
  action: AuditAction;
  /** The id of the user or step, or the scope of the pause. */
  subject: string;
  /** Whose account or work it was about. */
  userId: string | null;
  reason: string;
  changes: readonly AuditChange[];
  address: string;
  requestId: string;
}

export interface AuditEntry extends Omit<NewAuditEntry, 'changes'> {
  id: number;
  at: Date;
  /** Null once that account is gone. */
  actorName: string | null;
  changes: AuditChange[];
}

/** To be called in the transaction that does what it tells of. */
export async function insertAuditEntry(trx: Knex, entry: NewAuditEntry): Promise<void> {
  await trx('audit_log').insert({
    actor_id: entry.actorId,
    action: entry.action,
    subject: entry.subject,
    user_id: entry.userId,
    reason: entry.reason,
    changes: JSON.stringify(entry.changes),
    address: entry.address,
    request_id: entry.requestId,
  });
}

export interface AuditFilter extends PageRequest {
  action?: AuditAction | undefined;
  actorId?: string | undefined;
  userId?: string | undefined;
}

const columns = [
  ...['a.id', 'a.at', 'a.actor_id as actorId', 'u.username as actorName', 'a.action', 'a.subject'],
  ...['a.user_id as userId', 'a.reason', 'a.changes', 'a.address', 'a.request_id as requestId'],
];

/** The latest first. */
export async function listAudit(db: Knex, filter: AuditFilter): Promise<Page<AuditEntry>> {
  const { page, pageSize, action, actorId, userId } = filter;
  const kept = () =>
    db('audit_log as a').where({
      ...(action && { 'a.action': action }),
      ...(actorId && { 'a.actor_id': actorId }),
      ...(userId && { 'a.user_id': userId }),
    });
  const [items, [counted]] = await Promise.all([
    kept()
      .leftJoin('users as u', (on) => on.on('u.id', 'a.actor_id').onNull('u.closed_at'))
      .orderBy('a.id', 'desc')
      .limit(pageSize)
      .offset(offsetOf(filter))
      .select<AuditEntry[]>(columns),
    kept().count({ total: '*' }),
  ]);
  return { page, pageSize, total: Number(counted?.total ?? 0), items };
}
