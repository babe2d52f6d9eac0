import type { Knex } from 'knex';
import { claimStep, waiting } from './20261128220000_await_absent_vendors.ts';

/**
 * A step waits 15 minutes for a vendor that is away. One that was told to wait each time before it called counted them from its first call, or
 * from when it was last told to; now it counts them from when it was due.
 *
 * What is bought and only has to be fetched was kept back while its vendor wanted to be left alone, was away for calls or had its share of
 * them: a clip could wait for as long as others could not be ordered. And it was made the one that asks, though it sends nothing.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(claimStep(fromWhenDue));
}

const bought = "exists (select from provider_calls c where c.step_id = s.id and c.status in ('accepted', 'succeeded'))";

const fromWhenDue: typeof waiting = {
  ...waiting,
  free: `and (s.vendor is null
                or not exists (select from closed c where c.vendor = s.vendor
                    and (c.over_before is null or coalesce(s.away_since, s.not_before) >= c.over_before))
                  and not exists (select from spending_pauses p where p.scope in (s.vendor, 'all'))
                or s.fence > 0 and ${bought})`,
  asking: `,
        asking as (
          update vendor_limits l set cool_until = clock_timestamp() + interval '2 seconds', probe_step = s.id
          from pick join steps s using (id)
          where l.vendor = s.vendor and l.away_since is not null and l.cool_until <= now() and not ${bought})`,
  taken: `,
              away_since = coalesce(s.away_since, (
                select s.not_before from vendor_limits l where l.vendor = s.vendor and l.away_since is not null))`,
};

export async function down(knex: Knex): Promise<void> {
  await knex.raw(claimStep(waiting));
}
