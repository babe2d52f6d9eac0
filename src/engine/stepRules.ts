import { isSurelyDatabaseAway } from '../db/databaseAway.ts';
import { PermanentFailure, type StoredFailure, VendorError } from '../errors.ts';
import type { WorkKind } from '../film/glossary.ts';
import { AwayError, BusyError, DoubtError, FencedError, StopError, StoreAwayError, TroubleError } from './step.ts';

/** Transient failures a step may have before it counts as failed. */
const failuresAtMost = 8;
const backOffFromMs = 1_000;
const backOffToMs = 300_000;

/** What becomes of a step whose run ended with an error. */
export type StepEnd =
  /** Somebody else has it, or will take it: nothing may be written. */
  | { kind: 'leave' }
  | { kind: 'release'; delayMs: number; givesBackAttempt?: true; countsFailure?: true; failure?: StoredFailure }
  | { kind: 'fail'; status: 'failed' | 'needs_review'; failure: StoredFailure }
  /** Out of tries: a call still in doubt is the user's to decide, everything else is a failure. */
  | { kind: 'give-up'; failure: StoredFailure };

/** Full jitter (AWS Architecture Blog, 2015): uniform between nothing and the doubled bound. */
function backOffMs(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(backOffToMs, backOffFromMs * 2 ** failures);
}

/** A lost answer of the agent is decided by the person's next message; anything else waits for a decision. */
export const whenInDoubt = (kind: WorkKind): 'failed' | 'needs_review' =>
  kind === 'answerMessage' ? 'failed' : 'needs_review';

export function endOfRun(
  error: unknown,
  step: { kind: WorkKind; failures: number },
  random: () => number = Math.random,
): StepEnd {
  if (error instanceof FencedError) return { kind: 'leave' };
  if (error instanceof StopError)
    return error.reason === 'lost' ? { kind: 'leave' } : { kind: 'release', delayMs: 0, givesBackAttempt: true };
  if (error instanceof BusyError) return { kind: 'release', delayMs: error.delayMs, givesBackAttempt: true };
  if (error instanceof AwayError) return endOfWait(error, step.failures, random);
  if (error instanceof DoubtError) return { kind: 'fail', status: whenInDoubt(step.kind), failure: error.failure };
  if (error instanceof PermanentFailure || (error instanceof VendorError && !error.retryable))
    return { kind: 'fail', status: 'failed', failure: error.failure };
  // A database that is away or slow says nothing against the step, and it is not alone: they come back one after the other.
  if (isSurelyDatabaseAway(error))
    return { kind: 'release', delayMs: databaseBackMs * (1 + random()), givesBackAttempt: true };
  return endOfTry(error, step.failures, random);
}

const databaseBackMs = 1_000;

function endOfTry(error: unknown, failures: number, random: () => number): StepEnd {
  const isKnown = error instanceof VendorError || error instanceof StoreAwayError || error instanceof TroubleError;
  const failure: StoredFailure = isKnown ? error.failure : { code: 6000, key: 'internal', params: {} };
  const leastMs = error instanceof VendorError ? (error.retryAfterMs ?? 0) : 0;
  return tryAgain(failure, { failures, leastMs, random });
}

function tryAgain(failure: StoredFailure, how: { failures: number; leastMs: number; random: () => number }): StepEnd {
  if (how.failures + 1 >= failuresAtMost) return { kind: 'give-up', failure };
  const delayMs = Math.max(how.leastMs, backOffMs(how.failures, how.random));
  return { kind: 'release', delayMs, countsFailure: true, failure };
}

/**
 * A vendor that was found away before costs a step no try. One that answered in between does: else a request at which it falls over
 * each time would be sent for as long as a vendor is waited for.
 */
function endOfWait({ failure, delayMs, known, over }: AwayError, failures: number, random: () => number): StepEnd {
  if (over) return { kind: 'give-up', failure };
  if (!known) return tryAgain(failure, { failures, leastMs: delayMs, random });
  return { kind: 'release', delayMs, givesBackAttempt: true, failure };
}
