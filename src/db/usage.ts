import type { Knex } from 'knex';

/** What was bought: accepted calls by purpose, seconds of clips, micro-USD (losses that were accepted too), and calls whose answer was lost and may have been charged. */
export interface Spending {
  calls: { screenplay: number; image: number; video: number; message: number };
  clipSeconds: number;
  costMicros: number;
  ambiguousCalls: number;
}

export interface UsageWindow {
  from: Date;
  to: Date;
}

export interface DayUsage extends Spending {
  /** `2026-11-24`, UTC. */
  day: string;
}

export interface FilmUsage extends Spending {
  /** The film's task; null for everything that was not bought for a film, or whose task is gone. */
  taskId: string | null;
  screenplayId: string | null;
  title: string | null;
}

interface SpendingRow {
  screenplay: number;
  image: number;
  video: number;
  message: number;
  clip_seconds: number;
  cost_micros: number;
  ambiguous: number;
}

const toSpending = (row: SpendingRow): Spending => ({
  calls: { screenplay: row.screenplay, image: row.image, video: row.video, message: row.message },
  clipSeconds: row.clip_seconds,
  costMicros: row.cost_micros,
  ambiguousCalls: row.ambiguous,
});

const accepted = (purpose: string) =>
  `count(*) filter (where c.purpose = '${purpose}' and c.cost_micros is not null)::int as ${purpose}`;

const sums = `${['screenplay', 'image', 'video', 'message'].map(accepted).join(', ')},
  coalesce(sum((c.request ->> 'seconds')::float8) filter (where c.purpose = 'video' and c.cost_micros is not null), 0) as clip_seconds,
  coalesce(sum(c.spent_micros), 0)::float8 as cost_micros,
  count(*) filter (where c.status = 'ambiguous' or c.doubt_count > 0)::int as ambiguous`;

const bought = 'c.user_id = :userId and c.created_at >= :from and c.created_at < :to';

export async function sumUsage(db: Knex, userId: string, window: UsageWindow): Promise<Spending> {
  const { rows } = await db.raw<{ rows: SpendingRow[] }>(`select ${sums} from provider_calls c where ${bought}`, {
    userId,
    ...window,
  });
  const [row] = rows;
  if (!row) throw new Error('a sum is always one row');
  return toSpending(row);
}

/** Days on which something was bought, the latest first. */
export async function usageByDay(db: Knex, userId: string, window: UsageWindow): Promise<DayUsage[]> {
  const { rows } = await db.raw<{ rows: (SpendingRow & { day: string })[] }>(
    `select to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, ${sums}
     from provider_calls c where ${bought} group by 1 order by 1 desc`,
    { userId, ...window },
  );
  return rows.map((row) => ({ day: row.day, ...toSpending(row) }));
}

interface FilmRow extends SpendingRow {
  task_id: string | null;
  screenplay_id: string | null;
  title: string | null;
}

/** Films, the one last bought for first, and what was bought for none. */
export async function usageByFilm(
  db: Knex,
  userId: string,
  { most, ...window }: UsageWindow & { most: number },
): Promise<FilmUsage[]> {
  const { rows } = await db.raw<{ rows: FilmRow[] }>(
    `select u.*, p.id as screenplay_id, p.title from (
       select t.id as task_id, coalesce(t.result ->> 'screenplayId', t.params ->> 'screenplayId') as named,
         max(c.created_at) as latest, ${sums}
       from provider_calls c left join tasks t on t.id = c.task_id and t.user_id = :userId and t.type = 'film'
       where ${bought} group by t.id order by latest desc limit :most) u
     left join screenplays p on p.id::text = u.named and p.user_id = :userId
     order by u.latest desc`,
    { userId, most, ...window },
  );
  return rows.map((row) => ({
    taskId: row.task_id,
    screenplayId: row.screenplay_id,
    title: row.title,
    ...toSpending(row),
  }));
}
