import { callOf, type Database, doubtCallsOf, hasEnded, settleTask, wakeWorkers } from './database.ts';
import { type Kind, priceMicros, type StepRow, type TaskRow } from './rows.ts';

/** What users ask of the engine, one indivisible effect each. */

export function addTask(db: Database, given: { id: string; user: string; plan: [Kind, number[]][] }): TaskRow {
  const task: TaskRow = { id: given.id, user: given.user, status: 'processing', cancelledAt: 0, steps: [] };
  task.steps = given.plan.map(([kind, after], index) =>
    newStep(db, task, { id: `${given.id}.${index}`, kind, waitsFor: after.length }),
  );
  given.plan.forEach(([, after], index) => {
    const step = task.steps[index];
    for (const predecessor of after) if (step) task.steps[predecessor]?.successors.push(step);
  });
  db.tasks.push(task);
  wakeWorkers(db, task.steps.filter(({ status }) => status === 'ready').length, db.now());
  return task;
}

const newStep = (
  db: Database,
  task: TaskRow,
  { id, kind, waitsFor }: Pick<StepRow, 'id' | 'kind' | 'waitsFor'>,
): StepRow => ({
  id,
  task,
  kind,
  status: waitsFor === 0 ? 'ready' : 'blocked',
  waitsFor,
  fence: 0,
  owner: undefined,
  attempts: 0,
  failures: 0,
  crashes: 0,
  generation: 0,
  notBefore: db.now(),
  deadline: 0,
  awaySince: undefined,
  edition: 0,
  result: undefined,
  successors: [],
});

export function cancelTask(db: Database, task: TaskRow): void {
  if (task.status !== 'processing') return;
  task.status = 'cancelled';
  task.cancelledAt = db.now();
  for (const step of task.steps) {
    if (step.status === 'waiting') step.notBefore = db.now();
    if (!['blocked', 'ready', 'needs_review'].includes(step.status)) continue;
    step.status = 'cancelled';
    doubtCallsOf(db, step);
  }
}

export function retryTask(db: Database, task: TaskRow): void {
  if (task.status !== 'failed' && task.status !== 'cancelled') return;
  if (task.steps.some(({ status }) => status === 'running' || status === 'waiting')) return;
  for (const step of task.steps) reviveStep(db, step);
  task.status = 'processing';
  settleTask(task);
}

/** What was on its way when its step died, or is in doubt and the vendor can recognise, is taken up again. */
function reopenCall(db: Database, step: StepRow): void {
  const call = callOf(db, step);
  if (call?.status !== 'ambiguous' || (step.status !== 'dead' && call.recognisedBy === 'none')) return;
  call.status = 'sending';
  call.doubts -= 1;
}

/** Somebody has decided: what is lost counts as spent. */
function writeOff(db: Database, step: StepRow): void {
  for (const call of db.calls.values()) {
    if (call.step !== step || (call.status !== 'ambiguous' && call.status !== 'failed')) continue;
    if (call.status === 'ambiguous') call.status = 'abandoned';
    call.lostMicros = Math.max(call.lostMicros, call.doubts * priceMicros);
  }
}

export function reviveStep(db: Database, step: StepRow): void {
  if (!hasEnded(step)) return;
  reopenCall(db, step);
  writeOff(db, step);
  const lost = [...db.calls.values()].some(
    ({ opKey, status, ...call }) =>
      call.step === step &&
      (opKey === `${step.id}:${step.generation}` || db.removed.has('own-generation')) &&
      ['failed', 'ambiguous', 'cancelled', 'abandoned'].includes(status),
  );
  step.status = step.waitsFor === 0 ? 'ready' : 'blocked';
  if (lost) step.generation += 1;
  step.failures = 0;
  step.crashes = 0;
  step.owner = undefined;
  step.awaySince = undefined;
  step.notBefore = db.now();
  if (step.status === 'ready') wakeWorkers(db, 1, db.now());
}

export function resolveStep(db: Database, step: StepRow, decision: 'retry' | 'accept_loss'): void {
  if (step.status !== 'needs_review') return;
  if (decision === 'retry') {
    reviveStep(db, step);
  } else {
    writeOff(db, step);
    step.status = 'failed';
    doubtCallsOf(db, step);
  }
  settleTask(step.task);
}
