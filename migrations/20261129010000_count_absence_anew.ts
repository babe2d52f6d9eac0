import type { Knex } from 'knex';

/**
 * A step that once met an absence and got over it counted as waiting ever since: a clip that was collected a quarter of an hour later gave
 * up at once when its vendor, or the store, had just gone away. What it met before the present absence does not count.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(meetAbsence(anew));
}

/** The vendor's row is locked after the step's only, as claims do. */
const anew = `case
  when away_since >= coalesce((select l.away_since from vendor_limits l where l.vendor = p_vendor), now()) then away_since else now() end`;

const meetAbsence = (awaySince: string): string => `
  create or replace function meet_absence(p_vendor text, p_step uuid, p_asked interval, out known boolean, out wait_ms float8, out over boolean)
  language plpgsql as $$
  declare
    found_limits vendor_limits;
    pause interval;
  begin
    update steps set away_since = ${awaySince} where id = p_step
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
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(meetAbsence('coalesce(away_since, now())'));
}
