import type { Knex } from 'knex';
import { type AuditAction, type AuditChange, insertAuditEntry } from '../../db/adminAudit.ts';
import { isStillAdmin } from '../../db/adminUsers.ts';
import { errors } from '../../errors.ts';
import type { UserContext } from '../context.ts';

interface Deed {
  action: AuditAction;
  subject: string;
  userId: string | null;
  reason: string;
}

/**
 * Does something and writes down who did it in one commit: neither is ever there without the other. The role is looked up once more,
 * since a session remembers it for some seconds.
 */
export async function audited(
  ctx: UserContext,
  deed: Deed,
  work: (trx: Knex) => Promise<readonly AuditChange[]>,
): Promise<void> {
  const { user, address, requestId } = ctx;
  await ctx.db.transaction(async (trx) => {
    if (!(await isStillAdmin(trx, user.id))) throw errors.forbidden();
    const changes = await work(trx);
    const reason = deed.reason.trim();
    await insertAuditEntry(trx, { ...deed, reason, actorId: user.id, changes, address, requestId });
  });
  const { action, subject } = deed;
  ctx.log.info({ actorId: user.id, action, subject, address }, 'administration');
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

export const change = (field: string, before: unknown, after: unknown): AuditChange => ({
  field,
  before: textOf(before),
  after: textOf(after),
});
