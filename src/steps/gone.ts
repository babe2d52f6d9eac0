import type { StepContext } from '../engine/step.ts';
import { PermanentFailure } from '../errors.ts';

/** What a step was to work on has been deleted meanwhile. */
export const gone = (what: string): PermanentFailure =>
  new PermanentFailure({ code: 3000, key: 'not_found', params: { what } });

/** A step that no plan gives to such a task: a fault of ours, not of anything that was ordered. */
export const unplanned = ({ step, task }: Pick<StepContext, 'step' | 'task'>): Error =>
  new Error(`a task of type ${task.type} has no step ${step.kind} with such params`);
