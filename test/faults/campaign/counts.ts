import { type Evidence, factsOf } from './evidence.ts';
import { crashPlaces } from './pointFaults.ts';

/** What there was of each fault, and what was done meanwhile. */
export async function countsOf(evidence: Evidence): Promise<Record<string, number>> {
  const { db } = evidence;
  const number = async (query: string): Promise<number> => Number((await db.raw(query)).rows[0]?.n ?? 0);
  const faults = factsOf(evidence, 'fault');
  const calmAt = factsOf(evidence, 'calm')[0]?.at ?? Date.now();
  const of = (test: (kind: string) => boolean) => faults.filter(({ kind }) => test(kind)).length;
  return {
    kills: faults.filter(({ kind, note, target }) => kind === 'SIGKILL' && note !== 'to be armed' && !isVendor(target))
      .length,
    points: faults.filter(({ kind, note }) => kind === 'point' && !note?.startsWith('missed')).length,
    pointsMissed: faults.filter(({ kind, note }) => kind === 'point' && note?.startsWith('missed')).length,
    placesReached: new Set(
      faults
        .filter(({ kind, note }) => kind === 'point' && !note?.startsWith('missed'))
        .map(({ note }) => note?.replace(/:\d+$/, '')),
    ).size,
    places: crashPlaces.length,
    stops: of((kind) => kind === 'SIGSTOP'),
    terms: of((kind) => kind === 'SIGTERM'),
    postgres: of((kind) => kind.startsWith('postgres')),
    vendorFaults: of((kind) => kind.startsWith('vendor')),
    vendorKills: faults.filter(({ kind, target }) => kind === 'SIGKILL' && isVendor(target)).length,
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

const isVendor = (name: string) => name === 'glm' || name === 'gemini' || name === 'tuzi';
