import type { Cluster } from './cluster.ts';
import { type FaultKind, faultKinds, type Plan, pointsPerPlace } from './plan.ts';

/** How far a run is from what it was asked for. */
export interface Goal {
  reached(kind: FaultKind): boolean;
  isReached(): boolean;
  /** One line for whoever watches. */
  line(): string;
}

export function createGoal(
  { history: { tally } }: Cluster,
  { plan, places, steps }: { plan: Plan; places: string[]; steps(): number },
): Goal {
  const startedAt = performance.now();
  const perPlace = pointsPerPlace(plan, places);
  const reached = (kind: FaultKind) =>
    tally.counts[kind] >= plan[kind] &&
    (kind !== 'points' || places.every((place) => (tally.places.get(place) ?? 0) >= perPlace));
  return {
    reached,
    isReached: () => steps() >= plan.steps && faultKinds.every(reached),
    line() {
      const kinds = faultKinds.filter((kind) => plan[kind] > 0);
      const counts = kinds.map((kind) => `${kind} ${tally.counts[kind]}/${plan[kind]}`);
      const seconds = Math.round((performance.now() - startedAt) / 1_000);
      return `  ${seconds} s: ${[...counts, `steps ${steps()}/${plan.steps}`].join(', ')}`;
    },
  };
}
