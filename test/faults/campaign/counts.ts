import { type Evidence, factsOf } from './evidence.ts';
import { timesEach } from './plan.ts';
import { createTally } from './tally.ts';

/** What there was of each fault, and what was done meanwhile. */
export async function countsOf(evidence: Evidence): Promise<Record<string, number>> {
  const { db } = evidence;
  const number = async (query: string): Promise<number> => Number((await db.raw(query)).rows[0]?.n ?? 0);
  const tally = createTally();
  for (const fact of evidence.facts) tally.add(fact);
  const timesAt = [...tally.places.values()];
  const calmAt = factsOf(evidence, 'calm')[0]?.at ?? Date.now();
  return {
    ...tally.counts,
    places: timesAt.filter((times) => times >= timesEach).length,
    exits70: factsOf(evidence, 'exit').filter(({ code }) => code === 70).length,
    tasks: await number('select count(*) as n from tasks'),
    completed: await number(`select count(*) as n from tasks where status = 'completed'`),
    stepsUnderFaults: await number(
      `select count(*) as n from fault_audit where to_status = 'done' and at < to_timestamp(${calmAt / 1_000})`,
    ),
    stepsDone: await number(`select count(*) as n from steps where status = 'done'`),
    claims: await number('select sum(attempts) as n from steps'),
    crashes: await number(
      `select count(*) as n from fault_audit where from_status = 'running' and to_status = 'ready'`,
    ),
    dead: await number(`select count(*) as n from fault_audit where to_status = 'dead'`),
    reviews: await number(`select count(*) as n from fault_audit where to_status = 'needs_review'`),
    calls: await number('select count(*) as n from provider_calls'),
    sends: await number('select sum(send_count) as n from provider_calls'),
    charges: evidence.charges.length,
    orphans: await number('select count(*) as n from provider_orphans'),
    events: await number('select count(*) as n from events'),
    told: factsOf(evidence, 'event').length,
    unavailable: factsOf(evidence, 'answer').length,
  };
}
