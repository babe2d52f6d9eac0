import type { Knex } from 'knex';
import { claimStep, waiting } from './20261128220000_await_absent_vendors.ts';
import { admitCall, meetAbsence, ofOneAbsence } from './20261129000000_admit_calls_last.ts';

/**
 * A step waits 15 minutes for a vendor that is away. One that was told to wait each time before it called counted them from its first call, or
 * from when it was last told to; now it counts them from when it was due.
 *
 * After a pause, or a night in which nothing ran, a vendor was still known to be away, and all that had been in line for as long failed while
 * the first call asked. Now nothing is given up while one asks, and an absence nobody asked about for longer than calls take begins anew.
 *
 * What is bought and only has to be fetched was kept back while its vendor wanted to be left alone, was away for calls or had its share of
 * them: a clip could wait for as long as others could not be ordered. And it was made the one that asks, though it sends nothing.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(claimStep(fromWhenDue));
  await knex.raw(admitCall({ asked: `, away_since = ${began('')}`, over: ' and found_limits.probe_step is null' }));
  await knex.raw(
    meetAbsence(`not ${isForgotten('found_limits.')} and ${ofOneAbsence}`, `coalesce(${began('')}, now())`),
  );
}

/** Nobody has asked for longer than any call takes. */
const isForgotten = (limits: string) => `${limits}cool_until < clock_timestamp() - interval '6 minutes'`;

const began = (limits: string) => `case when ${isForgotten(limits)} then now() else ${limits}away_since end`;

const bought = "exists (select from provider_calls c where c.step_id = s.id and c.status in ('accepted', 'succeeded'))";

const fromWhenDue: typeof waiting = {
  ...waiting,
  cooling: `vendor, case when away_since < now() - interval '15 minutes' and probe_step is null
              then now() - interval '15 minutes' end as over_before`,
  free: `and (s.vendor is null
                or not exists (select from closed c where c.vendor = s.vendor
                    and (c.over_before is null or coalesce(s.away_since, s.not_before) >= c.over_before))
                  and not exists (select from spending_pauses p where p.scope in (s.vendor, 'all'))
                or s.fence > 0 and ${bought})`,
  asking: `,
        asking as (
          update vendor_limits l
          set cool_until = clock_timestamp() + interval '2 seconds', probe_step = s.id, away_since = ${began('l.')}
          from pick join steps s using (id)
          where l.vendor = s.vendor and l.away_since is not null and l.cool_until <= now() and not ${bought})`,
  taken: `,
              away_since = coalesce(s.away_since, (
                select s.not_before from vendor_limits l where l.vendor = s.vendor and l.away_since is not null))`,
};

export async function down(knex: Knex): Promise<void> {
  await knex.raw(meetAbsence(ofOneAbsence, 'coalesce(away_since, now())'));
  await knex.raw(admitCall({ asked: '', over: '' }));
  await knex.raw(claimStep(waiting));
}
