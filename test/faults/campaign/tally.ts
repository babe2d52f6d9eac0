import type { Fact } from './history.ts';

/** What there was of each fault so far; one of a vendor, a media tool or the store counts once it was met. */
export interface Tally {
  kills: number;
  points: number;
  pointsMissed: number;
  stops: number;
  terms: number;
  clocks: number;
  postgres: number;
  vendor: number;
  vendorKills: number;
  media: number;
  storage: number;
  cancels: number;
}

export interface Tallier {
  counts: Tally;
  /** How often a worker was killed at each named place. */
  places: Map<string, number>;
  add(fact: Fact): void;
}

const isVendor = (name: string) => name === 'glm' || name === 'gemini' || name === 'tuzi';

export function createTally(): Tallier {
  const counts: Tally = {
    kills: 0,
    points: 0,
    pointsMissed: 0,
    stops: 0,
    terms: 0,
    clocks: 0,
    postgres: 0,
    vendor: 0,
    vendorKills: 0,
    media: 0,
    storage: 0,
    cancels: 0,
  };
  const places = new Map<string, number>();
  const countPoint = (note: string) => {
    if (note.startsWith('missed')) {
      counts.pointsMissed += 1;
      return;
    }
    counts.points += 1;
    places.set(note, (places.get(note) ?? 0) + 1);
  };
  const countFault = (kind: string, target: string, note = '') => {
    if (kind === 'point') countPoint(note);
    else if (kind === 'SIGSTOP') counts.stops += 1;
    else if (kind === 'SIGTERM') counts.terms += 1;
    else if (kind === 'SIGUSR2') counts.clocks += 1;
    else if (kind.startsWith('postgres')) counts.postgres += 1;
    else if (kind === 'SIGKILL' && isVendor(target)) counts.vendorKills += 1;
    else if (kind === 'SIGKILL' && note !== 'to be armed') counts.kills += 1;
  };
  return {
    counts,
    places,
    add(fact) {
      if (fact.type === 'fault') countFault(fact.kind, fact.target, fact.note);
      else if (fact.type === 'struck') counts[fact.what] += fact.count;
      else if (fact.type === 'cancelled') counts.cancels += 1;
    },
  };
}
