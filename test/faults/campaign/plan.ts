/** How much of each fault a run has, and how long they take together. */
export interface Plan {
  seconds: number;
  /** How much longer it may take until enough points were reached and enough steps were finished. */
  secondsMore: number;
  kills: number;
  points: number;
  stops: number;
  postgres: number;
  vendor: number;
  terms: number;
  cancels: number;
  /** Steps to be finished meanwhile: not a fault, but what all of them are for. */
  steps: number;
  /** Tasks that are open at any time. */
  load: number;
  /** Where workers are killed by name; all the places there are unless given. */
  places?: string[];
  /** For how long processes are stopped. */
  stopMs?: number[];
}

export const faultKinds = ['kills', 'points', 'stops', 'postgres', 'vendor', 'terms', 'cancels'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The form for CI; the full form is ten times as long. */
export const ciPlan: Plan = {
  seconds: 330,
  secondsMore: 180,
  kills: 300,
  points: 100,
  stops: 60,
  postgres: 20,
  vendor: 600,
  terms: 12,
  cancels: 40,
  steps: 2_000,
  load: 48,
};

/** The same density for another length; at least one of each that there is. */
export function scaled(plan: Plan, share: number, only?: readonly FaultKind[]): Plan {
  const part = (value: number) => Math.round(value * share);
  const { seconds, secondsMore, steps } = plan;
  const scaledPlan = { ...plan, seconds: part(seconds), secondsMore: part(secondsMore), steps: part(steps) };
  for (const kind of faultKinds) scaledPlan[kind] = only && !only.includes(kind) ? 0 : Math.max(1, part(plan[kind]));
  return scaledPlan;
}
