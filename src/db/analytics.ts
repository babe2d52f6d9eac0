import type { Knex } from 'knex';
import type { Stage, TaskStatus, TaskType } from '../film/glossary.ts';

/** Whose work, and created when: from the first moment, up to but without the second. */
export interface AnalyticsRange {
  /** Undefined: everybody's. */
  userId: string | undefined;
  from: Date;
  to: Date;
}

export interface Overview {
  tasks: ({ type: TaskType } & Record<TaskStatus | 'total', number>)[];
  stages: { stage: Stage; tasks: number; p50Ms: number; p95Ms: number }[];
  costs: { purpose: 'screenplay' | 'image' | 'video' | 'message'; calls: number; costMicros: number }[];
}

const mine = (column: string, { userId }: AnalyticsRange): string =>
  userId === undefined ? '' : `and ${column} = :userId`;
const bindings = ({ userId, from, to }: AnalyticsRange) => ({ from, to, ...(userId !== undefined && { userId }) });
const rowsOf = (name: string, order: string): string =>
  `coalesce((select jsonb_agg(to_jsonb(x) order by ${order}) from ${name} x), '[]')`;

/**
 * A stage of a task lasts from the moment its first step could begin (its predecessors were done) to the end of its last one. Turns of
 * the agent count as cost, never as tasks.
 */
export async function readOverview(db: Knex, range: AnalyticsRange): Promise<Overview> {
  const { rows } = await db.raw<{ rows: Overview[] }>(
    `with chosen as materialized (
       select id, type, status from tasks
       where created_at >= :from and created_at < :to and type <> 'message' ${mine('user_id', range)}),
     counted as (
       select type, count(*) as total, count(*) filter (where status = 'pending') as pending,
         count(*) filter (where status = 'processing') as processing,
         count(*) filter (where status = 'completed') as completed,
         count(*) filter (where status = 'failed') as failed, count(*) filter (where status = 'cancelled') as cancelled
       from chosen group by type),
     worked as (
       select s.task_id, s.stage, s.updated_at as ended_at, greatest(s.created_at,
         (select max(p.updated_at) from step_edges e join steps p on p.id = e.predecessor_id where e.successor_id = s.id)) as began_at
       from chosen c join steps s on s.task_id = c.id where s.status = 'done'),
     lasted as (
       select stage, extract(epoch from max(ended_at) - min(began_at)) * 1000 as ms from worked group by task_id, stage),
     stages as (
       select stage, count(*) as tasks, round(percentile_cont(0.5) within group (order by ms)) as "p50Ms",
         round(percentile_cont(0.95) within group (order by ms)) as "p95Ms"
       from lasted group by stage),
     costs as (
       select purpose, count(cost_micros) as calls, sum(spent_micros) as "costMicros" from provider_calls
       where created_at >= :from and created_at < :to and (cost_micros is not null or lost_micros > 0) ${mine('user_id', range)} group by purpose)
     select ${rowsOf('counted', 'x.type')} as tasks,
       ${rowsOf('stages', "array_position(array['screenplay', 'characters', 'images', 'clips', 'film'], x.stage)")} as stages,
       ${rowsOf('costs', 'x.purpose')} as costs`,
    bindings(range),
  );
  return rows[0] ?? { tasks: [], stages: [], costs: [] };
}

export type AnalyticsInterval = 'hour' | 'day';

export interface TimelinePoint {
  start: Date;
  created: number;
  completed: number;
  failed: number;
  cancelled: number;
  costMicros: number;
}

/** One point per hour or day (UTC) that the range touches, empty ones too; a task counts where it was created and where it ended. */
export async function readTimeline(
  db: Knex,
  range: AnalyticsRange & { interval: AnalyticsInterval },
): Promise<TimelinePoint[]> {
  const { rows } = await db.raw<{ rows: TimelinePoint[] }>(
    `with points as (
       select generate_series(date_trunc(:interval, cast(:from as timestamptz), 'UTC'), cast(:to as timestamptz) - interval '1 millisecond',
         cast('1 ' || :interval as interval)) as start),
     facts as (
       select created_at as at, 'created' as what, 0 as micros from tasks
         where created_at >= :from and created_at < :to and type <> 'message' ${mine('user_id', range)}
       union all
       select completed_at, status, 0 from tasks
         where completed_at >= :from and completed_at < :to and type <> 'message' ${mine('user_id', range)}
       union all
       select created_at, 'cost', spent_micros from provider_calls
         where created_at >= :from and created_at < :to and (cost_micros is not null or lost_micros > 0) ${mine('user_id', range)}),
     sums as (
       select date_trunc(:interval, at, 'UTC') as start, count(*) filter (where what = 'created') as created,
         count(*) filter (where what = 'completed') as completed, count(*) filter (where what = 'failed') as failed,
         count(*) filter (where what = 'cancelled') as cancelled, sum(micros) as micros
       from facts group by 1)
     select start, coalesce(created, 0)::int as created, coalesce(completed, 0)::int as completed,
       coalesce(failed, 0)::int as failed, coalesce(cancelled, 0)::int as cancelled, coalesce(micros, 0)::float8 as "costMicros"
     from points left join sums using (start) order by start`,
    { ...bindings(range), interval: range.interval },
  );
  return rows;
}
