import type { Knex } from 'knex';
import { PermanentFailure, type StoredFailure, VendorError } from '../errors.ts';
import type { Log } from '../log.ts';
import { BusyError, DoubtError, FencedError, type HeldStep, StopError } from './step.ts';
import { failStep, releaseStep } from './stepStore.ts';

/** Transient failures a step may have before it counts as failed. */
const failuresAtMost = 8;
const backOffFromMs = 1_000;
const backOffToMs = 300_000;

/** Full jitter (AWS Architecture Blog, 2015): uniform between nothing and the doubled bound. */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(backOffToMs, backOffFromMs * 2 ** failures);
}

/** Decides what an error means for its step and writes that down; a database that is away leaves it to the reconciler. */
export async function settleFailure(db: Knex, ended: { step: HeldStep; error: unknown; log: Log }): Promise<void> {
  const { step, error, log } = ended;
  try {
    await settle(db, step, error, log);
  } catch (settleError) {
    if (settleError instanceof FencedError) log.warn('step was taken over');
    else log.error({ err: settleError }, 'the end of a step could not be written; it will be found again');
  }
}

async function settle(db: Knex, step: HeldStep, error: unknown, log: Log): Promise<void> {
  if (error instanceof FencedError) {
    log.warn({ err: error.message }, 'step was taken over');
  } else if (error instanceof StopError) {
    if (error.reason !== 'lost') await releaseStep(db, step, { delayMs: 0, givesBackAttempt: true });
  } else if (error instanceof BusyError) {
    await releaseStep(db, step, { delayMs: error.delayMs, givesBackAttempt: true });
  } else if (error instanceof DoubtError) {
    log.warn({ err: error.message }, 'step needs review');
    await failStep(db, step, error.failure, { status: 'needs_review' });
  } else if (error instanceof PermanentFailure || (error instanceof VendorError && !error.retryable)) {
    log.warn({ err: error.message }, 'step failed');
    await failStep(db, step, error.failure, { status: 'failed' });
  } else {
    await tryAgain(db, step, error, log);
  }
}

async function tryAgain(db: Knex, step: HeldStep, error: unknown, log: Log): Promise<void> {
  const failure: StoredFailure =
    error instanceof VendorError ? error.failure : { code: 6000, key: 'internal', params: {} };
  log.warn({ err: error, failures: step.failures + 1 }, 'step will be tried again');
  if (step.failures + 1 >= failuresAtMost) return giveUp(db, step, failure);
  const asked = error instanceof VendorError ? (error.retryAfterMs ?? 0) : 0;
  await releaseStep(db, step, { delayMs: Math.max(asked, backOffMs(step.failures)), countsFailure: true, failure });
}

/** Out of tries. A call still in doubt is the user's to decide; everything else is a failure. */
async function giveUp(db: Knex, step: HeldStep, failure: StoredFailure): Promise<void> {
  const doubted = await db('provider_calls')
    .where({ step_id: step.id, status: 'sending' })
    .update({ status: 'ambiguous', doubt_count: db.raw('doubt_count + 1'), updated_at: db.fn.now() })
    .returning<{ vendor: string }[]>('vendor');
  const [doubt] = doubted;
  if (doubt) await failStep(db, step, new DoubtError(doubt.vendor).failure, { status: 'needs_review' });
  else await failStep(db, step, failure, { status: 'failed' });
}
