import { answerIn, findsAway } from '../../../src/engine/absenceRules.ts';
import { AwayError } from '../../../src/engine/step.ts';
import { VendorError } from '../../../src/errors.ts';
import { meetAbsence, vendorIsBack, wakeAfterAbsence } from './absence.ts';
import type { Bought } from './books.ts';
import type { Routine } from './clock.ts';
import { checkOver, noteMeeting, noteReturn } from './waits.ts';
import type { Run } from './worker.ts';
import { ConnectionError, query, type World } from './world.ts';

/** What `src/engine/absence.ts` does around a run of a step, an effect at a time. */

export function hear(run: Run, error?: unknown): void {
  if (error === undefined) run.heard = { answer: true, cooling: false };
  else if (error instanceof VendorError) run.heard = answerIn(error);
}

/** Any answer of a vendor that was away ends the waiting for it. */
export function* noticing(world: World, run: Run, pay: Routine<Bought>): Routine<Bought> {
  try {
    return yield* pay;
  } finally {
    if (run.heard?.answer) yield* noteBack(world, run.heard.cooling);
  }
}

function* noteBack(world: World, cooling: boolean): Routine {
  const { db } = world;
  try {
    if (!(yield* query(world, () => vendorIsBack(db, cooling)))) return;
    world.count('vendor back');
    yield* query(world, () => {
      noteReturn(world);
      if (!world.removed.has('wake-waiting')) wakeAfterAbsence(db);
    });
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
  }
}

/** What a run's error is once its vendor was found away. */
export function* absenceOf(world: World, run: Run, error: unknown): Routine<unknown> {
  if (!findsAway(error, { tuzi: world.policy })) return error;
  const { step } = run.held;
  try {
    const met = yield* query(world, () => {
      noteMeeting(world, step);
      const found = meetAbsence(world.db, step, error instanceof VendorError ? (error.retryAfterMs ?? 0) : 0);
      if (found.over) checkOver(world, step);
      return found;
    });
    run.knownAway = met.known;
    const known = met.known && !world.removed.has('known-away');
    return new AwayError(error.failure, { delayMs: met.waitMs, known, over: met.over });
  } catch (cause) {
    if (!(cause instanceof ConnectionError)) throw cause;
    return error;
  }
}
