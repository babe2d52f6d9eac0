import type { VendorPolicy } from '../../../src/engine/step.ts';
import { createRandom, type Random } from '../random.ts';
import { newLimits } from './absence.ts';
import { type Clock, createClock, type Routine } from './clock.ts';
import type { Database } from './database.ts';
import type { Guard } from './guards.ts';
import { type Process, strikeHere } from './process.ts';
import { priceMicros } from './rows.ts';
import { createVendor, type Vendor } from './vendor.ts';
import { newWaits, type Waits } from './waits.ts';

export interface WorldOptions {
  seed: number;
  policy: Pick<VendorPolicy, 'idempotency' | 'onDoubt'>;
  removed?: readonly Guard[];
}

/** What a call's truth is, whatever the books say; the checker compares. */
export interface Truth {
  /** A worker had the answer in its hands, then: which, when, and whether it came to harm before it could write it down. */
  answered: { process: Process; at: number; harmed: boolean } | undefined;
}

export interface World {
  clock: Clock;
  random: Random;
  db: Database;
  vendor: Vendor;
  policy: VendorPolicy;
  budgetMicros: number;
  removed: ReadonlySet<Guard>;
  processes: Process[];
  /** Whose effect is happening. */
  current: Process | undefined;
  /** While true, the database refuses connections. */
  outage: boolean;
  /** When the last outage ended. */
  backAt: number;
  /** What a step does before it pays takes this long at least. */
  prepareMs: number;
  /** Faults happen until then; after that everything has to come to rest. */
  calmAt: number;
  truths: Map<string, Truth>;
  waits: Waits;
  violations: string[];
  results: Map<string, number>;
  counts: Record<string, number>;
  count(what: string): void;
  violate(what: string): void;
}

export function createWorld(options: WorldOptions): World {
  const clock = createClock();
  const random = createRandom(options.seed);
  const removed = new Set(options.removed);
  const waits = { answersWithinMs: 0, shownWithinMs: 40_000 };
  const policy: VendorPolicy = { ...options.policy, maxInFlight: random.pick([1, 2, 4, 50]), ...waits };
  const violations: string[] = [];
  const results = new Map<string, number>();
  const counts: Record<string, number> = {};
  const violate = (what: string) => void violations.push(`${Math.round(clock.now())} ms: ${what}`);
  const db: Database = {
    tasks: [],
    calls: new Map(),
    orphans: [],
    sessions: new Map(),
    wakes: new Map(),
    lastWake: 0,
    limits: newLimits(),
    now: clock.now,
    random: random.next,
    removed,
    onWrite(step, fence) {
      if (fence !== step.fence) violate(`${step.id} was written to under fence ${fence}, present is ${step.fence}`);
    },
    onResult(step) {
      results.set(step.id, (results.get(step.id) ?? 0) + 1);
    },
  };
  const world: World = {
    clock,
    random,
    db,
    policy,
    removed,
    violations,
    results,
    counts,
    violate,
    vendor: createVendor({ clock, random, mode: policy.idempotency }),
    budgetMicros: random.chance(0.4) ? random.integer(1, 8) * priceMicros : Number.POSITIVE_INFINITY,
    processes: [],
    current: undefined,
    outage: false,
    backAt: 0,
    calmAt: random.between(5_000, 40_000),
    truths: new Map(),
    waits: newWaits(),
    prepareMs: random.chance(0.1) ? random.between(2_500, 4_000) : 0,
    count(what) {
      counts[what] = (counts[what] ?? 0) + 1;
    },
  };
  return world;
}

export class ConnectionError extends Error {}

/** One transaction: it may be refused, and its answer may be lost after it was committed. A crash can come at either wait. */
export function* query<T>(world: World, work: () => T): Routine<T> {
  const { random } = world;
  strikeHere(world);
  yield random.between(0.2, 3);
  const stormy = world.clock.now() < world.calmAt && random.chance(0.004);
  if (world.outage || (stormy && random.chance(0.5))) throw new ConnectionError('refused');
  const result = work();
  strikeHere(world);
  yield random.between(0.2, 3);
  if (stormy) throw new ConnectionError('the answer was lost');
  return result;
}
