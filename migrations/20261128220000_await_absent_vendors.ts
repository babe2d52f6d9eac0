import type { Knex } from 'knex';

/**
 * A vendor that is away ended every step that called it after eight tries. Now all wait for it: one call at a time asks whether it is back,
 * and the first answer wakes them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('vendor_limits', (t) => {
    t.timestamp('away_since').comment('Since when no call reached it; null while it answers.');
    t.integer('away_count').notNullable().defaultTo(0).comment('Calls in a row that asked whether it is back.');
    t.uuid('probe_step').comment('The step whose call asks whether it is back, until cool_until.');
  });
  await knex.schema.alterTable('steps', (t) => {
    t.timestamp('away_since').comment('Since when it has met its vendor away, until that is back.');
  });
  await knex.raw(meetAbsence);
  await knex.raw(vendorIsBack);
  await knex.raw(claimStep(waiting));
}

const meetAbsence = `
  create function meet_absence(p_vendor text, p_step uuid, p_asked interval, out known boolean, out wait_ms float8, out over boolean)
  language plpgsql as $$
  declare
    found_limits vendor_limits;
    pause interval;
  begin
    update steps set away_since = coalesce(away_since, now()) where id = p_step
      returning away_since < now() - interval '15 minutes' into over;
    insert into vendor_limits (vendor) values (p_vendor) on conflict do nothing;
    select * into found_limits from vendor_limits where vendor = p_vendor for update;
    known := found_limits.away_since is not null;
    pause := greatest(0.25 * least(4, 2 ^ least(found_limits.away_count, 8)) * interval '1 second', least(p_asked, interval '30 seconds'));
    if not known or found_limits.probe_step = p_step or found_limits.cool_until <= clock_timestamp() then
      update vendor_limits
        set away_since = coalesce(away_since, now()), away_count = away_count + 1, probe_step = null,
            cool_until = case when known then clock_timestamp() + pause else greatest(cool_until, clock_timestamp() + pause) end
        where vendor = p_vendor returning * into found_limits;
      perform wake_workers(2, found_limits.cool_until);
      -- Should the one that asks then hear nothing for long.
      perform wake_workers(1, found_limits.cool_until + interval '2 seconds');
    end if;
    wait_ms := greatest(0, extract(epoch from found_limits.cool_until - clock_timestamp()) * 1000) + case when exists (
      select from steps where vendor = p_vendor and status = 'ready' and not_before <= now()) then 1000 else 0 end;
    over := coalesce(over, false);
  end $$;
  comment on function meet_absence is
    'Notes that a step''s call found its vendor away: nobody calls it for 0.25 to 1 s, or as long as it asked for, and one call asks then. '
    'Where other steps wait too, this one goes behind them; over: it has waited for 15 minutes.';
`;

const vendorIsBack = `
  create function vendor_is_back(p_vendor text, p_cooling boolean) returns boolean language plpgsql as $$
  begin
    update vendor_limits
      set away_since = null, away_count = 0, probe_step = null,
          cool_until = case when p_cooling then cool_until else least(cool_until, clock_timestamp()) end
      where vendor = p_vendor and away_since is not null;
    return found;
  end $$;
  comment on function vendor_is_back is 'Notes that a vendor answered, if only that it wants to be left alone; true where it had been away: wake_after_absence comes next.';

  create function wake_after_absence(p_vendor text) returns void language plpgsql as $$
  begin
    update steps s set away_since = null, not_before = least(s.not_before, now())
      from (select id from steps where vendor = p_vendor and status = 'ready' and away_since is not null
            order by id for update skip locked) held
      where s.id = held.id;
    perform wake_workers((select least(1000, count(*))::int from steps where status = 'ready' and vendor = p_vendor), now());
  end $$;
  comment on function wake_after_absence is
    'Lets go what waited for a vendor. In a transaction of its own: claims lock steps before vendors.';
`;

/** What a claim knows of vendors that are away; everything else of it is as bound_claims has it. */
interface Absence {
  cooling: string;
  capped: string;
  free: string;
  asking: string;
  taken: string;
}

const freeWhere = (
  open: string,
) => `and (s.vendor is null or not exists (select from closed c where c.vendor = s.vendor ${open}))
              and (s.vendor is null or not exists (select from spending_pauses p where p.scope in (s.vendor, 'all'))
                or exists (select from provider_calls c where c.step_id = s.id and c.status in ('accepted', 'succeeded')))`;

/** Of a vendor that was away and may be asked again only one step is given out; what has waited too long is given out, to be ended. */
export const waiting: Absence = {
  cooling:
    "vendor, case when away_since < now() - interval '15 minutes' then now() - interval '15 minutes' end as over_before",
  capped: 'vendor, null::timestamptz',
  free: freeWhere('and (c.over_before is null or coalesce(s.away_since, s.not_before) >= c.over_before)'),
  asking: `,
        asking as (
          update vendor_limits l set cool_until = clock_timestamp() + interval '2 seconds', probe_step = s.id
          from pick join steps s using (id)
          where l.vendor = s.vendor and l.away_since is not null and l.cool_until <= now())`,
  taken: '',
};

const unaware: Absence = { cooling: 'vendor', capped: 'vendor', free: freeWhere(''), asking: '', taken: '' };

export const claimStep = ({ cooling, capped, free, asking, taken }: Absence) => `
  create or replace function claim_step(p_pool text, p_kinds text[], p_caps jsonb)
  returns table (id uuid, task_id uuid, user_id uuid, kind text, subject_id uuid, fence bigint, failures int, generation int, task jsonb)
  language plpgsql as $$
  #variable_conflict use_column
  begin
    for try in 1..4 loop
      return query
        with recursive users_in_line as (
          (select user_id from steps where status = 'ready' order by user_id limit 1)
          union all
          select (select s.user_id from steps s where s.status = 'ready' and s.user_id > u.user_id order by s.user_id limit 1)
          from users_in_line u where u.user_id is not null),
        alive as materialized (
          select 1 from worker_sessions
          where pool_id = p_pool and fenced_at is null and draining_at is null for share),
        active as materialized (
          select user_id, vendor, status from steps where status in ('running', 'waiting')),
        closed as materialized (
          select ${cooling} from vendor_limits where cool_until > now()
          union all
          select ${capped} from active where vendor is not null group by vendor
          having count(*) >= coalesce((p_caps ->> vendor)::int, 2147483647)),
        ready as materialized (
          select first.* from users_in_line u, lateral (
            select s.id, s.user_id, row_number() over (order by s.id) as rank
            from steps s
            where s.user_id = u.user_id and s.status = 'ready' and s.not_before <= now() and s.kind = any (p_kinds)
              ${free}
            order by s.id limit (select greatest(8, 64 / count(*)) from users_in_line)) first
          where u.user_id is not null),
        busy as materialized (
          select user_id, count(*) as running from active where status = 'running' group by user_id),
        fair as materialized (
          select r.id, coalesce(b.running, 0) + r.rank as turn
          from ready r left join busy b using (user_id) order by 2, 1 limit 32),
        pick as materialized (
          select s.id from fair join steps s using (id)
          where s.status = 'ready' and exists (select from alive)
          order by fair.turn, fair.id limit 1 for update of s skip locked)${asking}
        update steps s
          set status = 'running', fence = s.fence + 1, attempts = s.attempts + 1, owner_pool = p_pool, updated_at = now()${taken}
          from pick, tasks t where s.id = pick.id and t.id = s.task_id
          returning s.id, s.task_id, s.user_id, s.kind, s.subject_id, s.fence, s.failures, s.generation, to_jsonb(t);
      exit when found;
      exit when not exists (
        select from steps s where s.status = 'ready' and s.not_before <= now() and s.kind = any (p_kinds));
    end loop;
  end $$;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(claimStep(unaware));
  await knex.raw(`
    drop function wake_after_absence(text);
    drop function vendor_is_back(text, boolean);
    drop function meet_absence(text, uuid, interval);
  `);
  await knex.schema.alterTable('steps', (t) => t.dropColumn('away_since'));
  await knex.schema.alterTable('vendor_limits', (t) => t.dropColumns('away_since', 'away_count', 'probe_step'));
}
