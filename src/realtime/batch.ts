import type { LoggedEvent } from './eventLog.ts';

/** Events of one user that were read together. All who follow the same task get the very same list. */
export interface Batch {
  /** Without a task: all of them. */
  of(taskId: string | undefined): readonly LoggedEvent[];
}

export function createBatch(events: readonly LoggedEvent[]): Batch {
  const known = new Map<string | undefined, readonly LoggedEvent[]>([[undefined, events]]);
  return {
    of(taskId) {
      const own = known.get(taskId) ?? events.filter((event) => event.taskId === taskId);
      known.set(taskId, own);
      return own;
    },
  };
}
