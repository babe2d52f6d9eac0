import { TaskCancelledError, TaskFailedError, TaskNeedsReviewError, TaskWaitTimeoutError } from './errors.js';
import type { ProgressData } from './generated/models/ProgressData.js';
import type { Task } from './generated/models/Task.js';
import type { TaskResult } from './generated/models/TaskResult.js';
import type { RequestOptions } from './options.js';
import { isOverQuota, isPassing, patiently, reconnectForMs } from './outage.js';
import { sleep } from './retry.js';
import type { StreamOptions } from './stream.js';
import type { FinishedTask } from './taskHandle.js';
import { isOver, type TaskEvent } from './taskStream.js';

export interface WaitOptions extends Pick<RequestOptions, 'signal'> {
  /** How long to wait at most; the task goes on all the same. Default: as long as it takes. */
  timeoutMs?: number | undefined;
  /** How long the service may be away before waiting gives up. Default 5 minutes. */
  reconnectForMs?: number | undefined;
  /** Told of every step on the way. */
  onProgress?: ((progress: ProgressData) => void) | undefined;
}

/** What waiting asks of the service. */
export interface Looking {
  get(taskId: string, options: RequestOptions): Promise<Task>;
  progress(taskId: string, options: RequestOptions): Promise<ProgressData>;
  stream(taskId: string, options: StreamOptions): AsyncIterable<TaskEvent>;
}

const firstPauseMs = 400;
const longestPauseMs = 5000;

/** Where to look, and for how long. */
interface Watch {
  looking: Looking;
  taskId: string;
  options: { signal?: AbortSignal; reconnectForMs: number };
  onProgress: WaitOptions['onProgress'];
}

/**
 * Follows the task until it is over, by its stream or, where too many are open already, by asking now and then; an outage is waited
 * out. Throws where nothing moves any more before somebody has decided.
 */
export async function waitForTask<R extends TaskResult>(
  looking: Looking,
  taskId: string,
  { signal, timeoutMs, onProgress, ...how }: WaitOptions = {},
): Promise<FinishedTask<R>> {
  const limit = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const signals = [signal, limit].filter((given) => given !== undefined);
  const options = {
    reconnectForMs: how.reconnectForMs ?? reconnectForMs,
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
  };
  const watch: Watch = { looking: patient(looking, options), taskId, options, onProgress };
  try {
    await follow(watch);
    return finished(await watch.looking.get(taskId, options));
  } catch (error) {
    if (limit?.aborted && !signal?.aborted) throw new TaskWaitTimeoutError(taskId, timeoutMs ?? 0);
    throw error;
  }
}

function patient(looking: Looking, { reconnectForMs: forMs, signal }: Watch['options']): Looking {
  return {
    ...looking,
    get: (taskId, options) => patiently(() => looking.get(taskId, options), { forMs, signal }),
    progress: (taskId, options) => patiently(() => looking.progress(taskId, options), { forMs, signal }),
  };
}

/** The stream itself waits an outage out once it has been open. */
async function follow(watch: Watch): Promise<void> {
  const { signal, reconnectForMs: forMs } = watch.options;
  let isOpen = false;
  const listenOnce = () =>
    listen(watch, () => {
      isOpen = true;
    });
  try {
    await patiently(listenOnce, { forMs, signal }, (error) => !isOpen && isPassing(error));
  } catch (error) {
    if (!isOverQuota(error)) throw error;
    await ask(watch);
  }
}

async function listen(watch: Watch, onOpen: () => void): Promise<void> {
  const { looking, taskId, options, onProgress } = watch;
  for await (const { data } of looking.stream(taskId, { ...options, onOpen })) {
    onProgress?.(data);
    await refuseToWaitInVain(watch, data);
  }
}

async function ask(watch: Watch): Promise<void> {
  const { looking, taskId, options, onProgress } = watch;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const progress = await looking.progress(taskId, options);
    onProgress?.(progress);
    if (isOver(progress.status)) return;
    await refuseToWaitInVain(watch, progress);
    await sleep(pauseMs * (0.75 + Math.random() / 2), options.signal);
  }
}

const moving = new Set<string>(['ready', 'running', 'waiting']);

/** While other steps go on there is something to wait for; every one that ends is told, and looked at here again. */
async function refuseToWaitInVain(
  { looking, taskId, options }: Watch,
  { status, details }: ProgressData,
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
