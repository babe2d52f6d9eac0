import type { ResultOf } from '../contract/operation.ts';
import { findTask, type Task } from '../db/tasks.ts';
import { readHead } from '../realtime/eventLog.ts';
import type { UserContext } from './context.ts';
import { success } from './envelope.ts';
import { getTask } from './tasks.ts';
import { outcomeOf, taskSummary } from './taskViews.ts';

const longestSeconds = 60;
const ended = new Set<string | undefined>(['completed', 'failed', 'cancelled']);

/** The seconds of a `wait` preference (RFC 7240, 4.3), a minute at most; undefined where there is none, or none that makes sense. */
export function waitSeconds(prefer: string | undefined): number | undefined {
  const found = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i.exec(prefer ?? '');
  const seconds = Number(found?.[1] ?? 0);
  return seconds > 0 ? Math.min(seconds, longestSeconds) : undefined;
}

/**
 * The task once it has ended, or as it is when the time is up, the client leaves or the process drains. Told by the event log like any
 * stream: the cursor is read before the task, so an end that falls in between is an event after the cursor.
 */
async function awaitEnd(
  ctx: UserContext,
  taskId: string,
  seconds: number,
  gone: AbortSignal,
): Promise<Task | undefined> {
  const { db, user, services } = ctx;
  const head = await readHead(db, user.id);
  const task = await findTask(db, taskId, user.id);
  if (!task || ended.has(task.status) || gone.aborted) return task;
  const over = Promise.withResolvers<void>();
  let last: string | undefined;
  const leave = services.realtime.hub.subscribe(
    { userId: user.id, taskId, after: head },
    {
      deliver(events, caughtUp) {
        last = events.at(-1)?.status ?? last;
        if (caughtUp && ended.has(last)) over.resolve();
        return undefined;
      },
      end: () => over.resolve(),
    },
  );
  const timer = setTimeout(over.resolve, seconds * 1000);
  gone.addEventListener('abort', () => over.resolve(), { once: true });
  await over.promise;
  clearTimeout(timer);
  leave();
  return findTask(db, taskId, user.id);
}

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const applied = { 'preference-applied': 'wait' };

type Wait = (ctx: UserContext, answer: Answer, seconds: number, gone: AbortSignal) => Promise<Answer>;

/** What ended is shown with its outcome, so that nobody has to ask once more. */
function toldOf(ctx: UserContext, task: Task) {
  const { status } = task;
  if (status === 'pending' || status === 'processing') return success(ctx, taskSummary(task), 'accepted');
  return success(ctx, { ...taskSummary(task), ...outcomeOf(ctx, task) }, status);
}

const thenSummary: Wait = async (ctx, answer, seconds, gone) => {
  const { body } = answer as ResultOf<'createTask'>;
  const task = await awaitEnd(ctx, body.data.id, seconds, gone);
  const told = task ? toldOf(ctx, task) : body;
  return { ...answer, body: told, headers: { ...answer.headers, ...applied } };
};

const thenWhole: Wait = async (ctx, answer, seconds, gone) => {
  const { id } = (answer as ResultOf<'getTask'>).body.data;
  await awaitEnd(ctx, id, seconds, gone);
  const again = await getTask(ctx, { path: { taskId: id }, query: {}, header: {}, body: undefined });
  return { ...again, headers: { ...answer.headers, ...applied } };
};

const waits = new Map<string, Wait>([
  ['createTask', thenSummary],
  ['generateImage', thenSummary],
  ['generateVideo', thenSummary],
  ['getTask', thenWhole],
]);

/** Applies a `wait` preference to an answer whose effects are committed, replayed answers included. */
export async function answerAsPreferred(
  ctx: UserContext,
  { operationId, prefer, gone }: { operationId: string; prefer: string; gone: AbortSignal },
  answer: Answer,
): Promise<Answer> {
  const wait = waits.get(operationId);
  const seconds = waitSeconds(prefer);
  return wait && seconds ? wait(ctx, answer, seconds, gone) : answer;
}
