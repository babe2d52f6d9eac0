import { checkFiles, checkLeftovers } from './checkLeftovers.ts';
import { checkMoney } from './checkMoney.ts';
import { checkAnswers, checkExits } from './checkProcesses.ts';
import { checkStreams } from './checkStreams.ts';
import { checkLocks, checkSteps, checkTasks } from './checkWork.ts';
import type { Evidence } from './evidence.ts';
import { checkConnections, checkSizes } from './sizes.ts';

/** A promise, and every way in which it was seen broken. */
export interface Checked {
  promise: string;
  violations: string[];
}

const checks: Record<string, (evidence: Evidence) => Promise<string[]> | string[]> = {
  'every accepted order is a task, once, and has come to its end': checkTasks,
  'a result is recorded once and never changes, and only a claim raises a fence': checkSteps,
  'nothing is locked by a worker that is gone': checkLocks,
  'what the vendors charged is what the ledger says, and nothing is reserved at rest': checkMoney,
  'every reader was told every event once, in order': checkStreams,
  'every file has a row, or a date of removal within a day': checkFiles,
  'no folder and no process is left': checkLeftovers,
  'no process has ever more files open or memory in use': checkSizes,
  'no connection to the database is left': checkConnections,
  'what is down is said with 503 and Retry-After': checkAnswers,
  'every process ended as it was told to, or because it was taken for dead': checkExits,
};

/** Everything the campaign promises, from the evidence alone. */
export async function check(evidence: Evidence): Promise<Checked[]> {
  return Promise.all(
    Object.entries(checks).map(async ([promise, look]) => ({ promise, violations: await look(evidence) })),
  );
}
