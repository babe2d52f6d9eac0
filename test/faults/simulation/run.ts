import { checkAtRest, isAtRest, watch } from './checks.ts';
import type { Guard } from './guards.ts';
import { housekeeping, startProcess } from './process.ts';
import { absences, faults, runOutside, stops, users } from './trouble.ts';
import { watchWaits } from './waits.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export interface Schedule {
  seed: number;
  idempotency: string;
  violations: string[];
  events: number;
  steps: number;
  virtualMs: number;
  counts: Record<string, number>;
}

const modes: WorldOptions['policy'][] = [
  { idempotency: 'key', onDoubt: 'hold' },
  { idempotency: 'lookup', onDoubt: 'hold' },
  { idempotency: 'none', onDoubt: 'hold' },
  { idempotency: 'none', onDoubt: 'resend' },
];

/** Two hours: eight failures with their pauses of up to five minutes, and a clip that is given up, have room in it. */
const patienceMs = 7_200_000;

/** One schedule, wholly decided by its seed: faults until its calm begins, then everything has to come to rest, and the books must balance. */
export function runSchedule(seed: number, removed: readonly Guard[] = [], look?: (world: World) => void): Schedule {
  const policy = modes[seed % modes.length] ?? { idempotency: 'key', onDoubt: 'hold' };
  const world = createWorld({ seed, policy, removed });
  for (let n = 0; n < 3; n += 1) startProcess(world);
  runOutside(world, users(world));
  runOutside(world, faults(world));
  runOutside(world, stops(world, seed));
  runOutside(world, absences(world));
  runOutside(world, housekeeping(world));
  runOutside(world, watch(world));
  runOutside(world, watchWaits(world));
  const done = () => world.violations.length > 0 || (world.clock.now() > world.calmAt + 35_000 && isAtRest(world));
  world.clock.run(patienceMs, done);
  if (world.violations.length === 0) checkAtRest(world);
  look?.(world);
  return {
    seed,
    idempotency: policy.idempotency,
    violations: world.violations,
    events: world.clock.events(),
    steps: world.results.size,
    virtualMs: world.clock.now(),
    counts: world.counts,
  };
}
