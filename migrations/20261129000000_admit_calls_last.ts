import type { Knex } from 'knex';

/**
 * Every call takes its turn at its vendor's row. It was held over five round trips of a worker; where workers wait for a processor, hundreds of
 * calls queued for it until the database gave them up. Now one statement counts and admits, and what follows it is the commit.
 *
 * Where steps took longer than two seconds between their claim and their call, each was chosen to ask whether its vendor is back, and had lost
 * that to the next one before it called: nobody ever asked. Now whoever calls first does. And nothing is given up as having waited for
 * 15 minutes because of a vendor that merely cools down, or for an absence that was over in between.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('vendor_limits', (t) => {
    t.uuid('asked_step').comment(
      'The step whose call was the last let through to ask; probe_step calls yet where it is another.',
    );
  });
  await knex.raw(admitCall({ asked: '', over: '' }));
  await knex.raw(meetAbsence(ofOneAbsence, 'coalesce(away_since, now())'));
}

/** Since when a step has waited for a vendor that is known to be away. */
export const ofOneAbsence = 'known and greatest(waits_since, found_limits.away_since)';

/** `asked`: what else becomes of the vendor's row when a call asks; `over`: a further condition. */
export const admitCall = (how: { asked: string; over: string }) => `
  create or replace function admit_call(p_vendor text, p_op_key text,
    out cool_ms float8, out asking boolean, out over boolean, out paused boolean, out in_flight int) language plpgsql as $$
  declare
    p_step uuid := split_part(p_op_key, ':', 1)::uuid;
    found_limits vendor_limits;
  begin
    insert into vendor_limits (vendor) values (p_vendor) on conflict do nothing;
    select * into found_limits from vendor_limits where vendor = p_vendor for update;
    asking := coalesce(found_limits.away_since is not null and (
      found_limits.cool_until <= clock_timestamp() or found_limits.probe_step = p_step
      or found_limits.probe_step is not null and found_limits.probe_step is distinct from found_limits.asked_step), false);
    if asking then
      update vendor_limits set cool_until = clock_timestamp() + interval '2 seconds', probe_step = p_step, asked_step = p_step${how.asked}
        where vendor = p_vendor returning * into found_limits;
    end if;
    cool_ms := extract(epoch from found_limits.cool_until - clock_timestamp()) * 1000;
    over := coalesce(found_limits.away_since is not null${how.over} and greatest(found_limits.away_since, (
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
`;

/** `since`: from when a step's waiting counts; `began`: when the vendor's absence did. */
export const meetAbsence = (since: string, began: string) => `
  create or replace function meet_absence(p_vendor text, p_step uuid, p_asked interval, out known boolean, out wait_ms float8, out over boolean)
  language plpgsql as $$
  declare
    found_limits vendor_limits;
    pause interval;
    waits_since timestamptz;
  begin
    update steps set away_since = coalesce(away_since, now()) where id = p_step returning away_since into waits_since;
    insert into vendor_limits (vendor) values (p_vendor) on conflict do nothing;
    select * into found_limits from vendor_limits where vendor = p_vendor for update;
    known := found_limits.away_since is not null;
    over := coalesce(${since} < now() - interval '15 minutes', false);
    pause := greatest(0.25 * least(4, 2 ^ least(found_limits.away_count, 8)) * interval '1 second', least(p_asked, interval '30 seconds'));
    if not known or found_limits.probe_step = p_step or found_limits.cool_until <= clock_timestamp() then
      update vendor_limits
        set away_since = ${began}, away_count = away_count + 1, probe_step = null,
            cool_until = case when known then clock_timestamp() + pause else greatest(cool_until, clock_timestamp() + pause) end
        where vendor = p_vendor returning * into found_limits;
      perform wake_workers(2, found_limits.cool_until);
      -- Should the one that asks then hear nothing for long.
      perform wake_workers(1, found_limits.cool_until + interval '2 seconds');
    end if;
    wait_ms := greatest(0, extract(epoch from found_limits.cool_until - clock_timestamp()) * 1000) + case when exists (
      select from steps where vendor = p_vendor and status = 'ready' and not_before <= now()) then 1000 else 0 end;
  end $$;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(meetAbsence('waits_since', 'coalesce(away_since, now())'));
  await knex.raw('drop function admit_call(text, text)');
  await knex.schema.alterTable('vendor_limits', (t) => t.dropColumn('asked_step'));
}
