import { type Database, doubtCallsOf, settleTask, wakeWorkers } from './database.ts';
import type { Kind, StepRow, StepStatus, TaskRow } from './rows.ts';

/** What users ask of the engine, one indivisible effect each. */

export function addTask(db: Database, given: { id: string; user: string; plan: [Kind, number[]][] }): TaskRow {
  const task: TaskRow = { id: given.id, user: given.user, status: 'processing', steps: [] };
  task.steps = given.plan.map(([kind, after], index) => newStep(task, `${given.id}.${index}`, kind, after.length));
  given.plan.forEach(([, after], index) => {
    const step = task.steps[index];
    for (const predecessor of after) if (step) task.steps[predecessor]?.successors.push(step);
  });
  db.tasks.push(task);
  wakeWorkers(db, task.steps.filter(({ status }) => status === 'ready').length, db.now());
  return task;
}

const newStep = (task: TaskRow, id: string, kind: Kind, waitsFor: number): StepRow => ({
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
  notBefore: 0,
  deadline: 0,
  result: undefined,
  successors: [],
});

export function cancelTask(db: Database, task: TaskRow): void {
  if (task.status !== 'processing') return;
  task.status = 'cancelled';
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
  for (const step of task.steps) if (step.status === 'dead') reopenCall(db, step);
  for (const step of task.steps) reviveStep(db, step);
  task.status = 'processing';
  settleTask(task);
}

/** What was on its way when its step died is taken up again, as after any crash. */
function reopenCall(db: Database, step: StepRow): void {
  const call = db.calls.get(`${step.id}:${step.generation}`);
  if (call?.status !== 'ambiguous') return;
  call.status = 'sending';
  call.doubts -= 1;
}

const revivable: StepStatus[] = ['failed', 'dead', 'cancelled', 'needs_review'];

export function reviveStep(db: Database, step: StepRow): void {
  if (!revivable.includes(step.status)) return;
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
  step.notBefore = db.now();
  if (step.status === 'ready') wakeWorkers(db, 1, db.now());
}

export function resolveStep(db: Database, step: StepRow, decision: 'retry' | 'accept_loss'): void {
  if (step.status !== 'needs_review') return;
  if (decision === 'retry') reviveStep(db, step);
  else step.status = 'failed';
  settleTask(step.task);
}
