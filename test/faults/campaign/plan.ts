/** How much of each fault a run has, and how long they take together. */
export interface Plan {
  seconds: number;
  /** How much longer faults may go on until there was enough of each and enough steps were finished. */
  secondsMore: number;
  kills: number;
  points: number;
  stops: number;
  postgres: number;
  vendor: number;
  /** Runs of ffmpeg and ffprobe that go wrong. */
  media: number;
  /** Of the object store, where it is not the local disk. */
  storage: number;
  terms: number;
  /** Wall clocks of workers put from an hour ahead to an hour behind, or back. */
  clocks: number;
  cancels: number;
  /** Steps to be finished meanwhile: not a fault, but what all of them are for. */
  steps: number;
  /** Tasks that are open at any time. */
  load: number;
  /** Where workers are killed by name; all the places there are unless given. */
  places?: string[];
  /** How many of the four people have a budget, which is soon used up, and of how much; one, and a dozen clips, unless given. */
  budgets?: { people: number; micros: number };
  /** For how long processes are stopped. */
  stopMs?: number[];
}

export const faultKinds = [
  'kills',
  'points',
  'stops',
  'postgres',
  'vendor',
  'media',
  'storage',
  'terms',
  'clocks',
  'cancels',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The form for CI. */
export const ciPlan: Plan = {
  seconds: 400,
  secondsMore: 540,
  kills: 300,
  points: 100,
  stops: 60,
  postgres: 20,
  vendor: 600,
  media: 60,
  storage: 80,
  terms: 12,
  clocks: 12,
  cancels: 40,
  steps: 2_000,
  load: 64,
};

/** A tenth of the long form, which may have to share its machine. */
export const fullPlan: Plan = { ...ciPlan, points: 250, postgres: 30, secondsMore: ciPlan.secondsMore * 3 };

/** How often a place has to be reached to count. */
export const timesEach = 4;

/** How many places have to be reached that often. */
export const placesWanted = ({ points }: Pick<Plan, 'points'>): number =>
  Math.max(1, Math.min(25, Math.floor(points / timesEach)));

/** The same density for another length; at least one of each that there is. */
export function scaled(plan: Plan, share: number, only?: readonly FaultKind[]): Plan {
  const part = (value: number) => Math.round(value * share);
  const { seconds, secondsMore } = plan;
  // What keeps faults going until the steps are done is the list of points.
  const steps = only && !only.includes('points') ? 0 : part(plan.steps);
  const scaledPlan = { ...plan, seconds: part(seconds), secondsMore: part(secondsMore), steps };
  for (const kind of faultKinds) scaledPlan[kind] = only && !only.includes(kind) ? 0 : Math.max(1, part(plan[kind]));
  return scaledPlan;
}
