import type { Knex } from 'knex';

/** Money of a UTC day or month, in micro-USD. The three don't overlap; together they count against the limit. */
export interface Period {
  startsAt: Date;
  endsAt: Date;
  /** Accepted by vendors, or written off after a decision. */
  spentMicros: number;
  /** Of calls on their way. */
  reservedMicros: number;
  /** Of calls whose answer was lost and about which nobody has decided. */
  inDoubtMicros: number;
}

/** Limits in micro-USD, null for none, and what counts against them. */
export interface Budget {
  dayMicros: number | null;
  monthMicros: number | null;
  /** Set by an administrator; the lower one holds. */
  maxDayMicros: number | null;
  maxMonthMicros: number | null;
  day: Period;
  month: Period;
}

interface LimitsRow {
  day_micros: number | null;
  month_micros: number | null;
  max_day_micros: number | null;
  max_month_micros: number | null;
}

export async function findBudget(db: Knex, userId: string): Promise<Budget> {
  const [limits, day, month] = await Promise.all([
    db('budgets').where({ user_id: userId }).first<LimitsRow | undefined>(),
    readPeriod(db, userId, 'day'),
    readPeriod(db, userId, 'month'),
  ]);
  return {
    dayMicros: limits?.day_micros ?? null,
    monthMicros: limits?.month_micros ?? null,
    maxDayMicros: limits?.max_day_micros ?? null,
    maxMonthMicros: limits?.max_month_micros ?? null,
    ...{ day, month },
  };
}

async function readPeriod(db: Knex, userId: string, unit: 'day' | 'month'): Promise<Period> {
  const { rows } = await db.raw<{ rows: Period[] }>(
    `with period as (select date_trunc(:unit, now() at time zone 'utc') as begins)
     select begins at time zone 'utc' as "startsAt",
       (begins + ('1 ' || :unit)::interval) at time zone 'utc' as "endsAt",
       coalesce(sum(spent_micros), 0)::float8 as "spentMicros",
       coalesce(sum(reserved_micros), 0)::float8 as "reservedMicros",
       coalesce(sum(doubt_micros), 0)::float8 as "inDoubtMicros"
     from period left join spending s on s.user_id = :userId
       and s.day >= begins::date and s.day < (begins + ('1 ' || :unit)::interval)::date
     group by begins`,
    { unit, userId },
  );
  const [period] = rows;
  if (!period) throw new Error('there is no time');
  return period;
}

/** Changes the limits given and leaves the others. Waits for intents on their way to their commit: the next sees it. */
export async function saveBudget(
  db: Knex,
  userId: string,
  { dayMicros, monthMicros }: { dayMicros?: number | null | undefined; monthMicros?: number | null | undefined },
): Promise<void> {
  const given = {
    ...(dayMicros !== undefined && { day_micros: dayMicros }),
    ...(monthMicros !== undefined && { month_micros: monthMicros }),
    updated_at: db.fn.now(),
  };
  await db('budgets')
    .insert({ user_id: userId, ...given })
    .onConflict('user_id')
    .merge(given);
}
