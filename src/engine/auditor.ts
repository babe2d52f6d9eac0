import type { Knex } from 'knex';
import { databaseNow } from '../db/databaseNow.ts';
import type { Log } from '../log.ts';
import type { Vendor } from './step.ts';

/** A vendor's own list of what it has lately been asked to make; undefined where it keeps none. */
export interface VendorList {
  vendor: Vendor;
  list(signal: AbortSignal): Promise<{ id: string; createdAt: Date }[] | undefined>;
}

export interface Finding {
  upstreamId: string;
  kind: 'unknown' | 'missing';
}

/** Younger work may be on its way into the ledger, or into the vendor's list. */
const settledAfterMs = 600_000;
const auditMs = 60_000;

/** Compares each vendor's list with the ledger; what only one of them knows is reported and kept for an operator. */
export async function auditVendors(
  db: Knex,
  { lists, log }: { lists: readonly VendorList[]; log: Log },
): Promise<void> {
  for (const { vendor, list } of lists) {
    const listed = await list(AbortSignal.timeout(auditMs));
    if (!listed) continue;
    const findings = await compare(db, vendor, listed);
    for (const { upstreamId, kind } of findings)
      log.error({ vendor, upstreamId, kind }, 'the vendor and the ledger disagree');
    if (findings.length > 0) await keep(db, vendor, findings);
  }
}

async function compare(db: Knex, vendor: Vendor, listed: { id: string; createdAt: Date }[]): Promise<Finding[]> {
  const until = new Date((await databaseNow(db)).getTime() - settledAfterMs);
  const settled = listed.filter(({ createdAt }) => createdAt < until);
  if (settled.length === 0) return [];
  const ids = listed.map(({ id }) => id);
  const since = new Date(Math.min(...settled.map(({ createdAt }) => createdAt.getTime())));
  const known = new Set<string>([
    ...(await db('provider_calls').where({ vendor }).whereIn('upstream_id', ids).pluck('upstream_id')),
    ...(await db('provider_orphans').whereIn('upstream_id', ids).pluck('upstream_id')),
  ]);
  const missing: string[] = await db('provider_calls')
    .where({ vendor, status: 'accepted' })
    .whereBetween('accepted_at', [since, until])
    .whereNotIn('upstream_id', ids)
    .pluck('upstream_id');
  const unknown = settled.filter(({ id }) => !known.has(id));
  return [
    ...unknown.map(({ id }) => ({ upstreamId: id, kind: 'unknown' as const })),
    ...missing.map((id) => ({ upstreamId: id, kind: 'missing' as const })),
  ];
}

async function keep(db: Knex, vendor: Vendor, findings: Finding[]): Promise<void> {
  await db('audit_findings')
    .insert(findings.map(({ upstreamId, kind }) => ({ vendor, upstream_id: upstreamId, kind })))
    .onConflict(['vendor', 'upstream_id'])
    .merge({ kind: db.raw('excluded.kind'), last_seen_at: db.fn.now() });
}
