import type { FilmResult } from './generated/models/FilmResult.js';
import type { MediaResult } from './generated/models/MediaResult.js';
import type { ScreenplayResult } from './generated/models/ScreenplayResult.js';
import type { Task } from './generated/models/Task.js';
import type { TaskResult } from './generated/models/TaskResult.js';
import type { TaskSummary } from './generated/models/TaskSummary.js';
import type { Reply } from './reply.js';
import type { StreamOptions } from './stream.js';
import type { TaskEvent } from './taskStream.js';
import type { WaitOptions } from './wait.js';

/** What each type of task makes. */
export interface ResultOf {
  film: FilmResult;
  screenplay: ScreenplayResult;
  image: MediaResult;
  video: MediaResult;
}

/** A completed task; its result is there. */
export type FinishedTask<R extends TaskResult = TaskResult> = Omit<Task, 'result'> & { result: R };

/** A task just asked for: awaited it is its summary, and it can be waited for or watched at once. */
export interface TaskReply<R extends TaskResult = TaskResult, T = TaskSummary> extends Reply<T> {
  /** Resolves when the task is completed; throws `TaskFailedError`, `TaskCancelledError`, `TaskNeedsReviewError` or `TaskWaitTimeoutError`. */
  wait(options?: WaitOptions): Promise<FinishedTask<R>>;
  /** Every event of the task, from its first one to its last. */
  stream(options?: StreamOptions): AsyncGenerator<TaskEvent, void, undefined>;
}

/** How a task that exists is waited for and watched. */
export interface Watching {
  wait<R extends TaskResult>(taskId: string, options?: WaitOptions): Promise<FinishedTask<R>>;
  stream(taskId: string, options?: StreamOptions): AsyncGenerator<TaskEvent, void, undefined>;
}

export function taskReplyOf<R extends TaskResult, T extends { id: string } = TaskSummary>(
  reply: Reply<T>,
  watching: Watching,
): TaskReply<R, T> {
  return Object.assign(reply, {
    wait: async (options?: WaitOptions) => watching.wait<R>((await reply).id, options),
    async *stream(options?: StreamOptions) {
      yield* watching.stream((await reply).id, options);
    },
  });
}
