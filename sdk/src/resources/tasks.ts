import type { Core, Wire } from '../core.js';
import { TasksApi } from '../generated/apis/TasksApi.js';
import type { StepResolution } from '../generated/models/StepResolution.js';
import type { TaskCreate } from '../generated/models/TaskCreate.js';
import type { TaskStatus } from '../generated/models/TaskStatus.js';
import type { TaskType } from '../generated/models/TaskType.js';
import { Configuration } from '../generated/runtime.js';
import type { ListOptions, RequestOptions } from '../options.js';
import type { StreamOptions } from '../stream.js';
import { type ResultOf, taskReplyOf, type Watching } from '../taskHandle.js';
import { streamTask } from '../taskStream.js';
import { waitForTask } from '../wait.js';
import { type HeldOptions, held } from '../waiting.js';

const api = (wire: Wire) => new TasksApi(new Configuration(wire));

export interface TaskListOptions extends ListOptions {
  type?: TaskType | undefined;
  status?: TaskStatus | undefined;
  conversationId?: string | undefined;
  /** Those of one screenplay: the task that wrote it, its films, and what was made anew of its parts. */
  screenplayId?: string | undefined;
  createdAfter?: Date | undefined;
  createdBefore?: Date | undefined;
}

export const createWatching = (core: Core) => {
  const get = (taskId: string, how?: HeldOptions) => {
    const { options, prefer } = held(how);
    return core.call((wire) => api(wire).getTaskRaw({ taskId, ...prefer }), options);
  };
  const progress = (taskId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).getTaskProgressRaw({ taskId }), options);
  const stream = (taskId: string, options?: StreamOptions) => streamTask(core, taskId, options);
  const wait: Watching['wait'] = (taskId, options) => waitForTask({ get, progress, stream }, taskId, options);
  return { get, progress, stream, wait };
};

export const createTasks = (core: Core) => {
  const { get, progress, stream, wait } = createWatching(core);
  const watching = { stream, wait };
  return {
    /** Asks for a screenplay, picture, clip or film. The answer comes at once, the work goes on. */
    create: <Order extends TaskCreate>(taskCreate: Order, how?: HeldOptions) => {
      const { options, prefer } = held(how);
      return taskReplyOf<ResultOf[Order['type']]>(
        core.call((wire) => api(wire).createTaskRaw({ taskCreate, ...prefer }), options),
        watching,
      );
    },
    /** What it would take: calls, cost and seconds, stage by stage. Spends nothing. */
    estimate: (taskCreate: TaskCreate, options?: RequestOptions) =>
      core.call((wire) => api(wire).estimateTaskRaw({ taskCreate }), options),
    get,
    /** The newest first. */
    list: ({
      type,
      status,
      conversationId,
      screenplayId,
      createdAfter,
      createdBefore,
      ...options
    }: TaskListOptions = {}) => {
      const kept = { type, status, conversationId, screenplayId, createdAfter, createdBefore };
      return core.list((wire, page) => api(wire).listTasksRaw({ ...page, ...kept }), options);
    },
    /** What the task has come to. */
    progress,
    cancel: (taskId: string, options?: RequestOptions) =>
      core.call((wire) => api(wire).cancelTaskRaw({ taskId }), options),
    /** Runs again what failed, and only that. */
    retry: (taskId: string, options?: RequestOptions) =>
      taskReplyOf(
        core.call((wire) => api(wire).retryTaskRaw({ taskId }), options),
        watching,
      ),
    /** Decides about a step whose paid call may have been lost: to buy it again, or to do without. */
    resolveStep: (taskId: string, stepId: string, stepResolution: StepResolution, options?: RequestOptions) =>
      core.call((wire) => api(wire).resolveTaskStepRaw({ taskId, stepId, stepResolution }), options),
    /** Every event of the task, from its first one (or all later than `after`) to its last, over as many connections as it takes. */
    stream,
    /** Resolves when the task is completed; throws `TaskFailedError`, `TaskCancelledError`, `TaskNeedsReviewError` or `TaskWaitTimeoutError`. */
    wait,
  };
};

export type Tasks = ReturnType<typeof createTasks>;
