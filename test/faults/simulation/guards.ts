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
  'claim-alive',
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
] as const;
export type Guard = (typeof guards)[number];
