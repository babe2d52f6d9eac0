import {
  ConflictError,
  TaskCancelledError,
  TaskFailedError,
  TaskNeedsReviewError,
  TaskWaitTimeoutError,
} from './errors.js';
import type { ProgressData } from './generated/models/ProgressData.js';
import type { Task } from './generated/models/Task.js';
import type { TaskResult } from './generated/models/TaskResult.js';
import type { RequestOptions } from './options.js';
import { sleep } from './retry.js';
import type { StreamOptions } from './stream.js';
import type { FinishedTask } from './taskHandle.js';
import { isOver, type TaskEvent } from './taskStream.js';

export interface WaitOptions extends Pick<RequestOptions, 'signal'> {
  /** How long to wait at most; the task goes on all the same. Default: as long as it takes. */
  timeoutMs?: number | undefined;
  /** Told of every step on the way. */
  onProgress?: ((progress: ProgressData) => void) | undefined;
}

/** What waiting asks of the service. */
export interface Looking {
  get(taskId: string, options: RequestOptions): Promise<Task>;
  progress(taskId: string, options: RequestOptions): Promise<ProgressData>;
  stream(taskId: string, options: StreamOptions): AsyncIterable<TaskEvent>;
}

const quotaReached = 5002;
const firstPauseMs = 400;
const longestPauseMs = 5000;

/**
 * Follows the task until it is over, by its stream or, where too many are open already, by asking now and then. Throws where nothing
 * moves any more before somebody has decided.
 */
export async function waitForTask<R extends TaskResult>(
  looking: Looking,
  taskId: string,
  { signal, timeoutMs, onProgress }: WaitOptions = {},
): Promise<FinishedTask<R>> {
  const limit = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const signals = [signal, limit].filter((given) => given !== undefined);
  const options = signals.length > 0 ? { signal: AbortSignal.any(signals) } : {};
  try {
    await watch(looking, taskId, options, onProgress);
    return finished(await looking.get(taskId, options));
  } catch (error) {
    if (limit?.aborted && !signal?.aborted) throw new TaskWaitTimeoutError(taskId, timeoutMs ?? 0);
    throw error;
  }
}

async function watch(
  looking: Looking,
  taskId: string,
  options: { signal?: AbortSignal },
  onProgress: WaitOptions['onProgress'],
): Promise<void> {
  try {
    for await (const { data } of looking.stream(taskId, options)) {
      onProgress?.(data);
      await refuseToWaitInVain(looking, taskId, data, options);
    }
  } catch (error) {
    if (!(error instanceof ConflictError) || error.code !== quotaReached) throw error;
    await ask(looking, taskId, options, onProgress);
  }
}

async function ask(
  looking: Looking,
  taskId: string,
  options: { signal?: AbortSignal },
  onProgress: WaitOptions['onProgress'],
): Promise<void> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const progress = await looking.progress(taskId, options);
    onProgress?.(progress);
    if (isOver(progress.status)) return;
    await refuseToWaitInVain(looking, taskId, progress, options);
    await sleep(pauseMs * (0.75 + Math.random() / 2), options.signal);
  }
}

const moving = new Set<string>(['ready', 'running', 'waiting']);

/** While other steps go on there is something to wait for; every one that ends is told, and looked at here again. */
async function refuseToWaitInVain(
  looking: Looking,
  taskId: string,
  { status, details }: ProgressData,
  options: { signal?: AbortSignal },
): Promise<void> {
  if (!details.needsReview || isOver(status)) return;
  const task = await looking.get(taskId, options);
  const inDoubt = task.steps.some((step) => step.status === 'needs_review');
  if (isOver(task.status) || !inDoubt || task.steps.some((step) => moving.has(step.status))) return;
  throw new TaskNeedsReviewError(`the task ${taskId} waits for a decision`, task);
}

function finished<R extends TaskResult>(task: Task): FinishedTask<R> {
  const { result, ...rest } = task;
  if (task.status === 'completed' && result !== null) return { ...rest, result: result as R };
  const why = task.errorMessage ? `: ${task.errorMessage}` : '';
  if (task.status === 'cancelled') throw new TaskCancelledError(`the task ${task.id} was cancelled`, task);
  throw new TaskFailedError(`the task ${task.id} ${task.status === 'failed' ? 'failed' : 'is not over'}${why}`, task);
}
