import type { Knex } from 'knex';
import { isSurelyDatabaseAway } from '../db/databaseAway.ts';
import type { StoredFailure } from '../errors.ts';
import type { Log } from '../log.ts';
import { move } from './ledgerStore.ts';
import { DoubtError, FencedError, type HeldStep } from './step.ts';
import { endOfRun, type StepEnd, whenInDoubt } from './stepRules.ts';
import { failStep, lockStep, releaseStep } from './stepStore.ts';

/** Decides what an error means for its step and writes that down; a database that is away leaves it to the reconciler. */
export async function settleFailure(db: Knex, ended: { step: HeldStep; error: unknown; log: Log }): Promise<void> {
  const { step, error, log } = ended;
  const end = endOfRun(error, step);
  tell(log, end, ended);
  try {
    await settle(db, step, end);
  } catch (settleError) {
    if (settleError instanceof FencedError) log.warn('step was taken over');
    else log.error({ err: settleError }, 'the end of a step could not be written; it will be found again');
  }
}

function tell(log: Log, end: StepEnd, { step, error }: { step: HeldStep; error: unknown }): void {
  const err = error instanceof Error ? error.message : error;
  if (end.kind === 'give-up' || (end.kind === 'release' && end.countsFailure))
    log.warn({ err: error, failures: step.failures + 1 }, 'the step had a failure');
  else if (end.kind === 'fail') log.warn({ err }, end.status === 'failed' ? 'step failed' : 'step needs review');
  else if (isSurelyDatabaseAway(error)) log.warn({ err: error }, 'the database was away under the step, trying again');
  else if (error instanceof FencedError) log.warn({ err }, 'step was taken over');
}

async function settle(db: Knex, step: HeldStep, end: StepEnd): Promise<void> {
  if (end.kind === 'release') await releaseStep(db, step, end);
  else if (end.kind === 'fail') await failStep(db, step, end.failure, { status: end.status });
  else if (end.kind === 'give-up') await giveUp(db, step, end.failure);
}

/** In one transaction under the fence: a late owner must not put the call of the next one in doubt. */
async function giveUp(db: Knex, step: HeldStep, failure: StoredFailure): Promise<void> {
  await db.transaction(async (trx) => {
    await lockStep(trx, step);
    const sent = { step_id: step.id, status: 'sending' };
    const doubt = await trx('provider_calls').where(sent).forUpdate().first<{ vendor: string } | undefined>('vendor');
    const columns = { doubt_count: trx.raw('doubt_count + 1') };
    await move(trx, { step_id: step.id }, { from: 'sending', to: 'ambiguous', columns, note: 'out of tries' });
    if (doubt) await failStep(trx, step, new DoubtError(doubt.vendor).failure, { status: whenInDoubt(step.kind) });
    else await failStep(trx, step, failure, { status: 'failed' });
  });
}
