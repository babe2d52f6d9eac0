import type { Cluster } from './cluster.ts';
import { type FaultKind, faultKinds, type Plan, placesWanted, timesEach } from './plan.ts';

/** How far a run is from what it was asked for. */
export interface Goal {
  reached(kind: FaultKind): boolean;
  isReached(): boolean;
  /** Everything else is reached. */
  lacksOnly(kind: FaultKind): boolean;
  /** One line for whoever watches. */
  line(): string;
}

export function createGoal(
  { history: { tally } }: Cluster,
  { plan, places, steps }: { plan: Plan; places: string[]; steps(): number },
): Goal {
  const startedAt = performance.now();
  const wanted = Math.min(places.length, placesWanted(plan));
  const often = () => places.filter((place) => (tally.places.get(place) ?? 0) >= timesEach).length;
  const reached = (kind: FaultKind) =>
    tally.counts[kind] >= plan[kind] && (kind !== 'points' || plan.points === 0 || often() >= wanted);
  const reachedBut = (exception?: FaultKind) =>
    steps() >= plan.steps && faultKinds.every((kind) => kind === exception || reached(kind));
  return {
    reached,
    isReached: () => reachedBut(),
    lacksOnly: (kind) => !reached(kind) && reachedBut(kind),
    line() {
      const kinds = faultKinds.filter((kind) => plan[kind] > 0);
      const counts = kinds.map((kind) => `${kind} ${tally.counts[kind]}/${plan[kind]}`);
      const seconds = Math.round((performance.now() - startedAt) / 1_000);
      return `  ${seconds} s: ${[...counts, `steps ${steps()}/${plan.steps}`].join(', ')}`;
    },
  };
}
