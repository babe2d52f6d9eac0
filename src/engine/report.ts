import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import type { HeldStep } from './step.ts';
import { lockStep } from './stepStore.ts';

/** Of one step; the database keeps all steps of a task together to four reports a second, which is what a person can see. */
const reportEveryMs = 500;

/** Progress within a step: the latest words win, the ones between are dropped; state changes go another way and never are. */
export function createReport(
  db: Knex,
  step: HeldStep,
  log: Log,
): { say(message: string): void; done(): Promise<void> } {
  const state = { last: 0, writing: Promise.resolve() };
  return {
    say(message) {
      const now = performance.now();
      if (now - state.last < reportEveryMs) return;
      state.last = now;
      state.writing = tell(db, step, message).catch((error: Error) =>
        log.debug({ err: error.message }, 'report not written'),
      );
    },
    done: () => state.writing,
  };
}

async function tell(db: Knex, step: HeldStep, message: string): Promise<void> {
  await db.transaction(async (trx) => {
    const { status } = await lockStep(trx, step);
    if (status === 'processing') await trx.raw('select tell_report(?, ?, ?)', [step.taskId, step.id, message]);
  });
}
