import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';

const lookEveryMs = 10_000;

/** What the database does, and for whom, while everything should come to rest: the server is gone when somebody asks why it did not. */
const activity = `
  select jsonb_build_object(
    'queries', (select jsonb_agg(q) from (
      select pid, application_name, state, wait_event_type, wait_event, pg_blocking_pids(pid) as blocked_by,
        extract(epoch from clock_timestamp() - xact_start)::float8 as transaction_s,
        extract(epoch from clock_timestamp() - query_start)::float8 as query_s, left(query, 300) as query
      from pg_stat_activity where application_name like 'directorai%' and state <> 'idle' order by xact_start) q),
    'steps', (select jsonb_agg(s) from (
      select kind, vendor, status, not_before > now() as later, away_since is not null as away, count(*)
      from steps where status in ('ready', 'running', 'waiting') group by 1, 2, 3, 4, 5) s),
    'vendors', (select jsonb_agg(to_jsonb(v)) from vendor_limits v),
    'workers', (select jsonb_agg(to_jsonb(w)) from worker_sessions w where fenced_at is null),
    'wakeUps', (select jsonb_agg(j) from (
      select task_identifier, locked_at is not null as locked, run_at > now() as later, count(*)
      from graphile_worker.jobs group by 1, 2, 3) j)) as seen, now() as at`;

/** Writes it down every ten seconds, in the campaign's folder. */
export function watchActivity({ db, dir }: Cluster): () => void {
  const look = async () => {
    const seen = await db.raw<{ rows: object[] }>(activity).then(
      ({ rows }) => rows[0],
      (error: Error) => ({ error: error.message }),
    );
    await appendFile(join(dir, 'activity.jsonl'), `${JSON.stringify(seen)}\n`);
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  return () => clearInterval(timer);
}
