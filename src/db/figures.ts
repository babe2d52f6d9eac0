import type { Knex } from 'knex';
import { pauseScopes } from './pauses.ts';

/** Of the whole service at one moment; times in seconds. */
export interface Figures {
  /** `waited`: of the oldest that might run, 0 where none might. */
  steps: { kind: string; status: string; count: number; waited: number }[];
  vendors: { vendor: string; ambiguous: number; ambiguousMicros: number; open: number; coolDown: number }[];
  /** Whether nothing is bought of it now. */
  pauses: { vendor: string; paused: boolean }[];
  /** `fellSilent`: of those that were fenced in the last five minutes. */
  workers: { live: number; draining: number; oldestBeat: number; fellSilent: number };
  deliveries: { pending: number; overdue: number };
}

const stepsSql = `
  select kind, status, count(*) as count,
    coalesce(max(extract(epoch from now() - not_before)) filter (where not_before <= now()), 0)::float8 as waited
  from steps where status in ('ready', 'running', 'waiting', 'needs_review', 'dead') group by kind, status`;

const vendorsSql = `
  with calls as (
    select vendor, count(*) filter (where status = 'ambiguous') as ambiguous,
      coalesce(sum(max_cost_micros) filter (where status = 'ambiguous'), 0)::bigint as micros,
      count(*) filter (where status <> 'ambiguous') as open
    from provider_calls where status in ('sending', 'accepted', 'ambiguous') group by vendor)
  select coalesce(c.vendor, l.vendor) as vendor, coalesce(c.ambiguous, 0) as ambiguous,
    coalesce(c.micros, 0) as "ambiguousMicros", coalesce(c.open, 0) as open,
    greatest(0, coalesce(extract(epoch from l.cool_until - now()), 0))::float8 as "coolDown"
  from calls c full join vendor_limits l on l.vendor = c.vendor`;

const pausesSql = `
  select v.vendor, exists (select from spending_pauses p where p.scope in (v.vendor, 'all')) as paused
  from unnest(?::text[]) as v (vendor)`;

/** One that ended or was killed is fenced within 3 s of its last beat. */
const workersSql = `
  with seen as (
    select w.fenced_at, w.draining_at, b.beat_at from worker_sessions w join worker_beats b on b.pool_id = w.pool_id
    where w.fenced_at is null or w.fenced_at > now() - interval '5 minutes')
  select count(*) filter (where fenced_at is null and draining_at is null) as live,
    count(*) filter (where fenced_at is null and draining_at is not null) as draining,
    coalesce(max(extract(epoch from clock_timestamp() - beat_at)) filter (where fenced_at is null), 0)::float8 as "oldestBeat",
    count(*) filter (where fenced_at - beat_at > interval '5 seconds') as "fellSilent"
  from seen`;

const deliveriesSql = `
  select count(*) as pending, greatest(0, coalesce(extract(epoch from now() - min(next_attempt_at)), 0))::float8 as overdue
  from webhook_deliveries where status = 'pending'`;

/** Five short questions, each answered out of a small table or an index of what is not at rest. */
export async function readFigures(db: Knex): Promise<Figures> {
  const rows = async <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await db.raw<{ rows: Row[] }>(sql, values as string[])).rows;
  const steps = await rows<Figures['steps'][number]>(stepsSql);
  const vendors = await rows<Figures['vendors'][number]>(vendorsSql);
  const scopes = pauseScopes.filter((scope) => scope !== 'all');
  const pauses = await rows<Figures['pauses'][number]>(pausesSql, [scopes]);
  const [workers] = await rows<Figures['workers']>(workersSql);
  const [deliveries] = await rows<Figures['deliveries']>(deliveriesSql);
  return {
    steps,
    vendors,
    pauses,
    workers: workers ?? { live: 0, draining: 0, oldestBeat: 0, fellSilent: 0 },
    deliveries: deliveries ?? { pending: 0, overdue: 0 },
  };
}
