/** The guards that are taken away one at a time, to see that the simulation notices. */
export const guards = [
  'fence',
  'gate',
  'intent',
  'throw-on-fence',
  're-sweep',
  'take-id',
  'lookup',
  'budget-lock',
  'own-call-in-flight',
  'cancelled-task',
  'own-generation',
  'label',
  'same-request',
  'one-asks',
  'probe-ends',
  'first-caller-asks',
  'wake-waiting',
  'known-away',
  'own-absence',
  'sweep-stopped',
] as const;
/** Too seldom missed to be looked for by chance: `simulation.test.ts` knows a schedule for each. */
export const seldomMissed = ['from-when-due'] as const;
export type Guard = (typeof guards)[number] | (typeof seldomMissed)[number];
