import type { Task } from './vendor/sdk.js';

type Paced = Pick<Task, 'id' | 'status' | 'progress' | 'createdAt'> & {
  steps: readonly Pick<Task['steps'][number], 'status' | 'attempts' | 'paused'>[];
};

interface Start {
  at: number;
  progress: number;
}

/** What was told at a progress, which counts down until there is another. */
interface Told {
  at: number;
  progress: number;
  seconds: number;
}

const moving = new Set<string>(['ready', 'running', 'waiting']);

/** Nothing moves before somebody has decided about a call in doubt. */
export const isHeld = ({ status, steps }: Pick<Paced, 'status' | 'steps'>): boolean =>
  status === 'processing' &&
  steps.some((step) => step.status === 'needs_review') &&
  !steps.some((step) => moving.has(step.status));

const isPaused = ({ steps }: Paced): boolean => {
  const open = steps.filter((step) => moving.has(step.status));
  return open.length > 0 && open.every(({ paused }) => paused);
};

const isMoving = (task: Paced): boolean => task.status === 'processing' && !isHeld(task) && !isPaused(task);

/**
 * Tells the seconds a task will take yet, by the pace since it began or was taken up again: what lay still in between is no pace.
 * Between two steps of progress they count down, below zero where the next one is late. Undefined while there is too little to tell, and
 * while nothing moves.
 */
export function measurePace(clock: () => number = Date.now): (task: Paced) => number | undefined {
  let start: Start | undefined;
  let told: Told | undefined;
  let id = '';
  let layStill = false;
  return (task) => {
    if (task.id !== id || !isMoving(task)) start = told = undefined;
    if (task.id !== id) layStill = false;
    id = task.id;
    layStill ||= !isMoving(task);
    if (!isMoving(task)) return undefined;
    const { progress } = task;
    const isAnew = layStill || task.steps.some(({ attempts }) => attempts > 1);
    start ??= isAnew ? { at: clock(), progress } : { at: task.createdAt.getTime(), progress: 0 };
    if (told?.progress !== progress) told = tell(start, progress, clock());
    return told && told.seconds - (clock() - told.at) / 1000;
  };
}

function tell(start: Start, progress: number, at: number): Told | undefined {
  const elapsed = (at - start.at) / 1000;
  const gained = progress - start.progress;
  if (gained < 5 || progress >= 100 || elapsed < 3) return undefined;
  return { at, progress, seconds: (elapsed * (100 - progress)) / gained };
}
