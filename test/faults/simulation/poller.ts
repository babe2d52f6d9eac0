import { afterFailedPoll, afterPoll } from '../../../src/engine/callRules.ts';
import { VendorError } from '../../../src/errors.ts';
import { waitedForMs } from './absence.ts';
import type { Routine } from './clock.ts';
import { failStep, releaseStep, stepsOf } from './database.ts';
import { assertAlive, type Process } from './process.ts';
import type { CallRow, StepRow } from './rows.ts';
import type { Vendor } from './vendor.ts';
import { harmless } from './worker.ts';
import { query, type World } from './world.ts';

interface Due {
  step: StepRow;
  fence: number;
  call: CallRow | undefined;
  overdue: boolean;
  overdueAway: boolean;
  cancelled: boolean;
}

/** The poll loop of `src/engine/poller.ts`; one clip at a time is enough to get into every trouble. */
export function* pollLoop(world: World, process: Process): Routine {
  for (;;) {
    yield world.random.between(200, 1_500);
    try {
      for (const due of yield* query(world, () => takeDue(world, process))) yield* pollOne(world, process, due);
    } catch (error) {
      harmless(error);
    }
  }
}

function takeDue({ db }: World, process: Process): Due[] {
  const session = db.sessions.get(process.pool);
  if (!session || session.fencedAt !== undefined) return [];
  const due = stepsOf(db).filter(({ status, notBefore }) => status === 'waiting' && notBefore <= db.now());
  return due.map((step) => {
    step.notBefore = db.now() + 30_000;
    step.owner = process.pool;
    const call = [...db.calls.values()].find((one) => one.step === step && one.status === 'accepted');
    const overdue = step.deadline < db.now();
    const overdueAway = step.deadline < db.now() - waitedForMs;
    return { step, fence: step.fence, call, overdue, overdueAway, cancelled: step.task.status === 'cancelled' };
  });
}

function* pollOne(world: World, process: Process, due: Due): Routine {
  const { db } = world;
  const { call } = due;
  const release = () => releaseStep(db, due, { from: 'waiting', delayMs: 0 });
  if (!call?.upstreamId) return yield* query(world, release);
  yield world.random.between(5, 300);
  const standing = standingOf(world, call.upstreamId);
  yield world.random.between(5, 300);
  if (due.cancelled) {
    yield* query(world, () => book(call, standing === 'running' ? 'cancelled' : 'abandoned'));
    return yield* query(world, release);
  }
  assertAlive(world, process);
  const next = standing instanceof Error ? afterFailedPoll(standing, due) : afterPoll(standing, due.overdue);
  if (next === 'collect') {
    yield* query(world, () => book(call, 'succeeded'));
    yield* query(world, release);
  } else if (next === 'fail') {
    yield* query(world, () => book(call, 'failed'));
    yield* query(world, () => failStep(db, due, 'waiting', 'failed'));
  } else if (next === 'give-up') {
    yield* query(world, () => failStep(db, due, 'waiting', 'failed'));
  } else {
    yield* query(world, () => askAgain(db, due));
  }
}

function standingOf({ vendor }: World, upstreamId: string): ReturnType<Vendor['standing']> | Error {
  try {
    return vendor.standing(upstreamId);
  } catch (error) {
    if (error instanceof VendorError) return error;
    throw error;
  }
}

function book(call: CallRow, to: CallRow['status']): void {
  if (call.status === 'accepted') call.status = to;
}

function askAgain(db: World['db'], { step, fence }: Due): void {
  if (step.status !== 'waiting' || step.fence !== fence) return;
  step.owner = undefined;
  step.notBefore = db.now() + 500;
}
