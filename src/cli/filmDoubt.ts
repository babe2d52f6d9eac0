import { dollars } from './facts.ts';
import type { Task } from './filmTask.ts';
import { inDoubt } from './filmTask.ts';
import type { Words } from './words.ts';

/** The calls in doubt with what they may have cost, the two commands to choose from, and the operation for those who call it themselves. */
export function describeDoubt(task: Task, again: string, words: Words): string {
  const steps = inDoubt(task);
  const calls = steps.map(({ error, costMicros }) =>
    [`  ${error?.detail ?? words.unknownReason}`, ...(costMicros ? [words.mayHaveCost(dollars(costMicros))] : [])].join(
      ' ',
    ),
  );
  const operations = steps.map(
    ({ id }) =>
      `  POST /api/v1/tasks/${task.id}/steps/${id}/resolve  {"decision": "retry"} | {"decision": "accept_loss"}`,
  );
  return [
    words.inDoubt,
    ...calls,
    `  ${again} --decide retry        ${words.decideRetry}`,
    `  ${again} --decide accept_loss  ${words.decideLoss}`,
    words.orResolve,
    ...operations,
  ].join('\n');
}
