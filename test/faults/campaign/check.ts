import { checkFiles, checkLeftovers } from './checkLeftovers.ts';
import { checkMoney } from './checkMoney.ts';
import { checkAnswers, checkExits } from './checkProcesses.ts';
import { checkStreams } from './checkStreams.ts';
import { checkLocks, checkSteps, checkTasks } from './checkWork.ts';
import type { Evidence } from './evidence.ts';

/** Everything the campaign promises, from the evidence alone. An empty list is a good run. */
export async function check(evidence: Evidence): Promise<string[]> {
  const parts = await Promise.all([
    checkTasks(evidence),
    checkSteps(evidence),
    checkLocks(evidence),
    checkMoney(evidence),
    checkStreams(evidence),
    checkFiles(evidence),
    checkLeftovers(evidence),
    checkAnswers(evidence),
    checkExits(evidence),
  ]);
  return parts.flat();
}
