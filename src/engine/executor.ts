import type { Knex } from 'knex';
import type { Task } from '../db/tasks.ts';
import type { WorkKind, WorkType } from '../film/glossary.ts';
import type { Log } from '../log.ts';
import { appendEvent } from '../realtime/eventLog.ts';
import { errorTypeOf, origin, traced, withOrigin } from '../tracing/origin.ts';
import type { SpanOptions, Tracer } from '../tracing/tracer.ts';
import { absenceOf, noticing } from './absence.ts';
import type { CrashPoint } from './crashPoint.ts';
import { createPay } from './ledger.ts';
import { readStanding } from './ledgerStore.ts';
import { createReport } from './report.ts';
import { settleFailure } from './settle.ts';
import { createSpeech } from './speech.ts';
import {
  type HeldStep,
  type StepContext,
  type StepOutcome,
  type StepRegistry,
  StopError,
  type StopReason,
  type VendorPolicy,
} from './step.ts';
import { addSteps, beginTask, finishStep, leaveWaiting, lockStep } from './stepStore.ts';
import { releaseScreenplay } from './tasks.ts';
import { type CallsUnderway, watchCalls } from './underway.ts';

export interface ExecutorOptions {
  db: Knex;
  steps: StepRegistry;
  policies: Record<string, VendorPolicy>;
  crash: CrashPoint;
  assertAlive: () => void;
  tracer?: Tracer | undefined;
  log: Log;
}

export interface Executor {
  /** Runs one claimed step to whatever end; never rejects. */
  execute(step: HeldStep, task: Task<WorkType>): Promise<void>;
  running(kind: WorkKind): number;
  holds(stepId: string): boolean;
  stop(stepId: string, reason: StopReason): void;
  stopAll(reason: StopReason): void;
  /** Resolves when nothing is running. */
  idle(): Promise<void>;
  /** Resolves when no paid call is on its way any more and every answer is kept, whatever else of their steps still runs. */
  answered(): Promise<void>;
}

interface Running {
  step: HeldStep;
  controller: AbortController;
  ended: Promise<void>;
}

export function createExecutor(options: ExecutorOptions): Executor {
  const active = new Map<string, Running>();
  /** A claim whose answer comes after everything was stopped: its step is stopped too, before it begins. */
  let stopped: StopReason | undefined;
  const calls = watchCalls();
  return {
    async execute(step, task) {
      const controller = new AbortController();
      if (stopped) controller.abort(new StopError(stopped));
      const log = options.log.child({ ...ofRequest(task), taskId: task.id, stepId: step.id, kind: step.kind });
      const run = () => runStep(options, { step, task, log, calls, signal: controller.signal });
      const ended = withOrigin({ ...task.origin, tracer: options.tracer }, () => traced(spanOf(step), run));
      const running = { step, controller, ended };
      active.set(step.id, running);
      await ended;
      // A clip may have been polled, claimed again and be running anew by now.
      if (active.get(step.id) === running) active.delete(step.id);
    },
    running: (kind) => [...active.values()].filter(({ step }) => step.kind === kind).length,
    holds: (stepId) => active.has(stepId),
    stop: (stepId, reason) => active.get(stepId)?.controller.abort(new StopError(reason)),
    stopAll(reason) {
      stopped = reason;
      for (const { controller } of active.values()) controller.abort(new StopError(reason));
    },
    async idle() {
      while (active.size > 0) await Promise.all([...active.values()].map(({ ended }) => ended));
    },
    answered: calls.over,
  };
}

const ofRequest = ({ origin: { requestId } }: Task<WorkType>) => (requestId === undefined ? {} : { requestId });

/** Each run of a step is a span under the request that ordered its task. */
const spanOf = ({ id, taskId, userId, kind, fence, failures }: HeldStep): SpanOptions => ({
  name: kind,
  kind: 'consumer',
  attributes: {
    'messaging.system': 'directorai',
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'run',
    'messaging.destination.name': kind,
    'messaging.message.id': id,
    'messaging.message.conversation_id': taskId,
    'user.id': userId,
    'directorai.step.fence': fence,
    'directorai.step.failures': failures,
  },
});

interface Run {
  step: HeldStep;
  task: Task<WorkType>;
  log: Log;
  calls: CallsUnderway;
  signal: AbortSignal;
}

async function runStep(options: ExecutorOptions, run: Run): Promise<void> {
  const { db, steps } = options;
  const { step, task, log, calls, signal } = run;
  const report = createReport(db, step, log);
  const speech = createSpeech(db, { step, task, log });
  const startedAt = performance.now();
  try {
    signal.throwIfAborted();
    // Its worker died before the cancel reached it.
    if (task.status === 'cancelled') throw new StopError('cancelled');
    if (task.status === 'pending') await beginTask(db, step);
    const context: StepContext = {
      db,
      step,
      task,
      signal,
      log,
      report: report.say,
      speak: speech.say,
      pay: noticing(calls.watched(createPay(options, step, signal)), { db, log }),
      standing: (purpose) => readStanding(db, step, purpose),
    };
    const outcome = await steps[step.kind](context);
    origin().span?.set({ 'directorai.step.outcome': outcome.end });
    await Promise.all([report.done(), speech.done()]);
    options.assertAlive();
    options.crash('before-finish', step.kind);
    await recordOutcome(db, step, outcome);
    log.info({ outcome: outcome.end, ms: Math.round(performance.now() - startedAt) }, 'step');
    options.crash('after-finish', step.kind);
  } catch (error) {
    origin().span?.fail(errorTypeOf(error));
    await Promise.all([report.done(), speech.done()]);
    await settleFailure(db, { step, error: await absenceOf(error, options, step, log), log });
  }
}

/** One commit, or nothing: domain rows, what comes next, the result, progress and event. */
async function recordOutcome(db: Knex, step: HeldStep, outcome: StepOutcome): Promise<void> {
  if (outcome.end === 'waiting') return leaveWaiting(db, step, outcome.pollMs, outcome.giveUpMs);
  const { record, taskResult, tell } = outcome;
  if (!record && !taskResult && !tell) return finishStep(db, step, outcome.result);
  await db.transaction(async (trx) => {
    const { status } = await lockStep(trx, step);
    // Of an answer that was cancelled nothing is kept; of a film, what was paid for.
    if (status === 'cancelled' && step.kind === 'answerMessage') throw new StopError('cancelled');
    const next = await record?.(trx);
    if (next) await addSteps(trx, { id: step.taskId, userId: step.userId }, next);
    await finishStep(trx, step, outcome.result, await taskResult?.(trx));
    // The cancel found no screenplay to leave free: this step has written it.
    if (next && status === 'cancelled') await releaseScreenplay(trx, step.taskId);
    const told = tell?.();
    if (told) await appendEvent(trx, { userId: step.userId, taskId: null, ...told });
  });
}
