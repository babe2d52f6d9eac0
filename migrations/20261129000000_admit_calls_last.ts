import type { Knex } from 'knex';

/**
 * Every call takes its turn at its vendor's row. It was held over five round trips of a worker; where workers wait for a processor, hundreds of
 * calls queued for it until the database gave them up. Now one statement counts and admits, and what follows it is the commit.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function admit_call(p_vendor text, p_op_key text,
      out cool_ms float8, out asking boolean, out over boolean, out paused boolean, out in_flight int) language plpgsql as $$
    declare
      p_step uuid := split_part(p_op_key, ':', 1)::uuid;
      found_limits vendor_limits;
    begin
      insert into vendor_limits (vendor) values (p_vendor) on conflict do nothing;
      select * into found_limits from vendor_limits where vendor = p_vendor for update;
      if found_limits.away_since is not null and found_limits.cool_until <= clock_timestamp() then
        update vendor_limits set cool_until = clock_timestamp() + interval '2 seconds', probe_step = p_step
          where vendor = p_vendor returning * into found_limits;
      end if;
      cool_ms := extract(epoch from found_limits.cool_until - clock_timestamp()) * 1000;
      asking := coalesce(found_limits.probe_step = p_step, false);
      over := coalesce(greatest(found_limits.away_since, (
        select coalesce(away_since, not_before) from steps where id = p_step)) < now() - interval '15 minutes', false);
      paused := exists (select from spending_pauses where scope in (p_vendor, 'all'));
      select count(*) into in_flight from provider_calls c join steps s on s.id = c.step_id
        where c.vendor = p_vendor and c.status in ('sending', 'accepted') and c.op_key <> p_op_key and case c.status
          when 'accepted' then s.status in ('ready', 'running', 'waiting')
          else s.status = 'running' and s.fence = c.fence end;
    end $$;
    comment on function admit_call is
      'Takes the vendor''s lock until the commit, which is to follow at once, and tells what speaks against the call: for how long the vendor '
      'cools down, unless this call is the one that asks whether it is back; whether it was waited for long enough; a pause; calls in flight.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function admit_call(text, text)');
}
