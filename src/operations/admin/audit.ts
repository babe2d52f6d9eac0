import type { DataOf } from '../../contract/operation.ts';
import { type AuditEntry, listAudit } from '../../db/adminAudit.ts';
import type { Operation } from '../context.ts';
import { pageOf, success } from '../envelope.ts';

const view = ({ at, ...entry }: AuditEntry): DataOf<'listAuditEntries'>['items'][number] => ({
  ...entry,
  at: at.toISOString(),
});

export const listAuditEntries: Operation<'listAuditEntries'> = async (ctx, { query }) => {
  return { status: 200, body: success(ctx, pageOf(await listAudit(ctx.db, query), view)) };
};
