import type { Knex } from 'knex';
import type { Task } from '../db/tasks.ts';
import type { WorkType } from '../film/glossary.ts';
import type { Log } from '../log.ts';
import { appendEvent } from '../realtime/eventLog.ts';
import { FencedError, type HeldStep } from './step.ts';
import { lockStep } from './stepStore.ts';

/** At most this often: four events a second and reader. */
const speakEveryMs = 250;

interface Speech {
  say(piece: string): void;
  /** Resolves when all that was said is told. */
  done(): Promise<void>;
}

/**
 * Tells a turn's user what the agent writes while it is written, as `message.delta` events. `offset` is where the piece begins in the
 * whole text, in UTF-16 units: a turn that begins anew starts at 0 again, and readers cut off what they had from there on.
 */
export function createSpeech(
  db: Knex,
  { step, task, log }: { step: HeldStep; task: Task<WorkType>; log: Log },
): Speech {
  const state = {
    waiting: '',
    offset: 0,
    last: -speakEveryMs,
    timer: undefined as NodeJS.Timeout | undefined,
    over: false,
  };
  let writing = Promise.resolve();
  const flush = () => {
    clearTimeout(state.timer);
    state.timer = undefined;
    const { waiting: text, offset } = state;
    if (!text || state.over) return;
    state.waiting = '';
    state.last = performance.now();
    state.offset += text.length;
    writing = writing
      .then(() => tellPiece(db, step, task, { offset, text }))
      .catch((error: Error) => {
        state.over ||= error instanceof FencedError;
        log.debug({ err: error.message }, 'a piece of an answer was not told');
      });
  };
  return {
    say(piece) {
      state.waiting += piece;
      state.timer ??= setTimeout(flush, Math.max(0, state.last + speakEveryMs - performance.now()));
    },
    async done() {
      flush();
      await writing;
    },
  };
}

async function tellPiece(
  db: Knex,
  step: HeldStep,
  task: Task<WorkType>,
  piece: { offset: number; text: string },
): Promise<void> {
  if (task.type !== 'message') throw new Error('nobody listens to a task that is no turn');
  const { conversationId, params } = task;
  await db.transaction(async (trx) => {
    const { status } = await lockStep(trx, step);
    if (status !== 'processing') return;
    const data = { conversationId, turnId: step.taskId, messageId: params.answerId, ...piece };
    await appendEvent(trx, { userId: step.userId, taskId: null, type: 'message.delta', data });
  });
}
