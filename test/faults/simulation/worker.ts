import { FencedError, StopError } from '../../../src/engine/step.ts';
import { endOfRun } from '../../../src/engine/stepRules.ts';
import { type Bought, boughtOf } from './books.ts';
import { claim, claimable } from './claims.ts';
import type { Routine } from './clock.ts';
import { callOf, doubtCallsOf, failStep, finishStep, lockStep, releaseStep, waitStep } from './database.ts';
import { absenceOf, noticing } from './noticing.ts';
import { pay } from './pay.ts';
import { assertAlive, type Process } from './process.ts';
import type { Held, WakeRow } from './rows.ts';
import { ConnectionError, query, type World } from './world.ts';

/** Lets through nothing but what a lost connection or a fence explains. */
export function harmless(error: unknown): void {
  if (!(error instanceof ConnectionError) && !(error instanceof FencedError)) throw error;
}

/** graphile-worker's part: take a wake-up, run the handler, delete the row by its id alone, or put it back. */
export function* wakeLoop(world: World, process: Process): Routine {
  for (;;) {
    yield world.random.between(100, 1_500);
    if (!process.registered && !world.removed.has('gate')) continue;
    let wake: WakeRow | undefined;
    try {
      wake = yield* query(world, () => fetchWake(world, process));
      if (!wake) continue;
      yield* handle(world, process);
      complete(world, process, wake);
    } catch (error) {
      harmless(error);
      if (wake?.lockedBy === process.pool) putBack(world, wake);
    }
  }
}

function fetchWake({ db, clock }: World, { pool }: Process): WakeRow | undefined {
  for (const wake of db.wakes.values()) {
    if (wake.lockedBy !== undefined || wake.runAt > clock.now()) continue;
    wake.lockedBy = pool;
    wake.lockedAt = clock.now();
    return wake;
  }
  return undefined;
}

function complete(world: World, process: Process, { id }: WakeRow): void {
  const wake = world.db.wakes.get(id);
  if (!wake) return;
  if (wake.lockedBy !== process.pool) world.violate(`${process.pool} deleted a wake-up that it had lost`);
  world.db.wakes.delete(id);
}

function putBack({ clock }: World, wake: WakeRow): void {
  wake.lockedBy = undefined;
  wake.runAt = clock.now() + 1_000;
}

function* handle(world: World, process: Process): Routine {
  while (process.alive) {
    const held = yield* query(world, () => {
      const [step] = claimable(world.db, process.pool, world.policy.maxInFlight);
      return step && claim(world.db, process.pool, step);
    });
    if (!held) break;
    yield* execute(world, process, held);
  }
  if (!world.removed.has('throw-on-fence')) assertAlive(world, process);
}

function* execute(world: World, process: Process, held: Held): Routine {
  const run: Run = { held, stop: undefined };
  process.running.set(held.step.id, run);
  try {
    if (held.cancelled && !world.removed.has('cancelled-task')) throw new StopError('cancelled');
    yield* runStep(world, process, run);
  } catch (error) {
    yield* settle(world, run, yield* absenceOf(world, run, error));
  }
  if (process.running.get(held.step.id) === run) process.running.delete(held.step.id);
}

export interface Run {
  held: Held;
  stop: 'cancelled' | undefined;
  /** What its call told of the vendor. */
  heard?: { answer: boolean; cooling: boolean };
  /** It met its vendor away, and that was known. */
  knownAway?: boolean;
}

/** A clip takes two runs; everything else is paid for, fetched and kept in one. */
function* runStep(world: World, process: Process, run: Run): Routine {
  const { db, random } = world;
  const { held } = run;
  const { kind } = held.step;
  const isClip = kind === 'shootSceneClip';
  const collected = isClip ? yield* query(world, () => collectedBy(world, held)) : undefined;
  const isBought = kind !== 'assembleFilm';
  if (isBought) yield random.between(0, 1) + world.prepareMs;
  const bought = isBought ? (collected ?? (yield* noticing(world, run, pay(world, process, run)))) : undefined;
  yield random.between(5, 400);
  if (run.stop) throw new StopError(run.stop);
  assertAlive(world, process);
  if (isClip && !collected) yield* query(world, () => waitStep(db, held, 500, 120_000));
  else {
    if (bought) checkTold(world, held, bought);
    yield* query(world, () => finishStep(db, held, bought?.id ?? 'film'));
  }
}

function collectedBy(world: World, held: Held): Bought | undefined {
  const call = callOf(world.db, { id: held.step.id, generation: held.generation });
  return call?.status === 'succeeded' ? boughtOf(world, call, held) : undefined;
}

/** A take has to tell what the vendor made it from. */
function checkTold(world: World, { step }: Held, { id, edition }: Bought): void {
  const made = world.vendor.accepted.find((call) => call.id === id);
  if (made && made.edition !== edition) world.violate(`${step.id} tells of words that it was not made from`);
}

function* settle(world: World, run: Run, error: unknown): Routine {
  const { db, waits } = world;
  const { held } = run;
  const end = endOfRun(error, { kind: held.step.kind, failures: held.failures }, world.random.next);
  const from = 'running';
  if (end.kind === 'release' && end.countsFailure) {
    waits.sleeps.set(held.step, db.now() + end.delayMs);
    if (run.knownAway) world.violate(`${held.step.id} loses a try for a vendor known to be away`);
  }
  try {
    if (end.kind === 'release') yield* query(world, () => releaseStep(db, held, { from, ...end }));
    if (end.kind === 'fail') yield* query(world, () => failStep(db, held, from, end.status));
    if (end.kind === 'give-up') {
      yield* query(world, () => {
        lockStep(db, held, from);
        const doubted = doubtCallsOf(db, held.step);
        failStep(db, held, from, doubted.length > 0 ? 'needs_review' : 'failed');
      });
    }
  } catch (settleError) {
    harmless(settleError);
  }
}
