import { takenForDeadMs } from '../../../src/engine/leaseRules.ts';
import { FencedError } from '../../../src/engine/step.ts';
import type { Guard } from './guards.ts';
import {
  type CallRow,
  type Held,
  type Limits,
  priceMicros,
  type SessionRow,
  type StepRow,
  type StepStatus,
  type TaskRow,
  type WakeRow,
} from './rows.ts';

/**
 * The tables and the engine's SQL functions as one indivisible effect each. `test/faults/model.test.ts` runs the same commands here and in
 * PostgreSQL and compares the rows.
 */
export interface Database {
  tasks: TaskRow[];
  calls: Map<string, CallRow>;
  orphans: { opKey: string; upstreamId: string }[];
  sessions: Map<string, SessionRow>;
  wakes: Map<number, WakeRow>;
  lastWake: number;
  limits: Limits;
  now(): number;
  random(): number;
  removed: ReadonlySet<Guard>;
  /** Told of each result that is recorded. */
  onResult(step: StepRow): void;
  /** A write that shows a fence was let through. */
  onWrite(step: StepRow, fence: number): void;
}

const crashLimit = 8;

export function wakeWorkers(db: Database, count: number, at: number): void {
  for (let n = 0; n < count; n += 1) {
    db.lastWake += 1;
    db.wakes.set(db.lastWake, { id: db.lastWake, runAt: at, lockedBy: undefined, lockedAt: 0 });
  }
}

export const stepsOf = (db: Database): StepRow[] => db.tasks.flatMap(({ steps }) => steps);

export const isActive = ({ status }: StepRow): boolean => status === 'running' || status === 'waiting';

export function lockStep(db: Database, { step, fence }: Pick<Held, 'step' | 'fence'>, status: StepStatus): void {
  const held = step.status === status && (step.fence === fence || db.removed.has('fence'));
  if (!held) throw new FencedError(`${step.id} is not ${status} under fence ${fence}`);
  db.onWrite(step, fence);
}

/** A call still on its way when its step ends is in doubt. */
export function doubtCallsOf(db: Database, step: StepRow): CallRow[] {
  const doubted = [...db.calls.values()].filter((call) => call.step === step && call.status === 'sending');
  for (const call of doubted) {
    call.status = 'ambiguous';
    call.doubts += 1;
  }
  return doubted;
}

function end(db: Database, step: StepRow, status: StepStatus): void {
  step.status = status;
  step.owner = undefined;
  if (status === 'failed' || status === 'cancelled' || status === 'dead') doubtCallsOf(db, step);
}

export function settleTask(task: TaskRow): void {
  if (task.status !== 'processing') return;
  const open = task.steps.filter(({ status }) => ['ready', 'running', 'waiting', 'needs_review'].includes(status));
  if (task.steps.every(({ status }) => status === 'done')) task.status = 'completed';
  else if (open.length === 0) task.status = 'failed';
}

export function finishStep(db: Database, held: Held, result: string): void {
  lockStep(db, held, 'running');
  const { step } = held;
  end(db, step, 'done');
  step.result = result;
  db.onResult(step);
  for (const next of step.successors) {
    next.waitsFor -= 1;
    if (step.task.status === 'cancelled' || next.waitsFor > 0 || next.status !== 'blocked') continue;
    next.status = 'ready';
    next.notBefore = db.now();
    wakeWorkers(db, 1, db.now());
  }
  settleTask(step.task);
}

export function failStep(
  db: Database,
  held: Pick<Held, 'step' | 'fence'>,
  from: StepStatus,
  status: 'failed' | 'needs_review',
): void {
  lockStep(db, held, from);
  end(db, held.step, status);
  settleTask(held.step.task);
}

export function releaseStep(
  db: Database,
  held: Pick<Held, 'step' | 'fence'>,
  how: { from: StepStatus; delayMs: number; countsFailure?: boolean; givesBackAttempt?: boolean },
): void {
  lockStep(db, held, how.from);
  const { step } = held;
  if (step.task.status === 'cancelled') {
    end(db, step, 'cancelled');
    return;
  }
  step.status = 'ready';
  step.owner = undefined;
  step.notBefore = db.now() + how.delayMs;
  if (how.countsFailure) step.failures += 1;
  if (how.givesBackAttempt) step.attempts -= 1;
  wakeWorkers(db, 1, step.notBefore);
}

export function waitStep(db: Database, held: Held, delayMs: number, giveUpMs: number): void {
  lockStep(db, held, 'running');
  held.step.status = 'waiting';
  held.step.owner = undefined;
  held.step.notBefore = db.now() + delayMs;
  held.step.deadline = db.now() + giveUpMs;
}

/** Whether the sweeper takes this worker for dead now; `hang up` is its `pg_terminate_backend`. */
function isGone(db: Database, session: SessionRow): boolean {
  if (!session.locked) return true;
  if (session.beatAt > db.now() - takenForDeadMs) return false;
  session.locked = false;
  return true;
}

export function sweepWorkers(db: Database): void {
  for (const session of db.sessions.values()) {
    if (session.fencedAt !== undefined || !isGone(db, session)) continue;
    session.fencedAt = db.now();
    returnSteps(db, session);
    unlockWakes(db, session.pool);
  }
  for (const session of db.sessions.values()) {
    if (session.fencedAt === undefined) continue;
    // One that fenced itself when it stopped may have left something.
    if (!db.removed.has('sweep-stopped')) returnSteps(db, session);
    if (!db.removed.has('re-sweep')) unlockWakes(db, session.pool);
  }
}

function returnSteps(db: Database, { pool }: SessionRow): void {
  for (const step of stepsOf(db)) if (step.owner === pool) sweepStep(db, step);
}

export function unlockWakes(db: Database, pool: string): void {
  for (const wake of db.wakes.values()) if (wake.lockedBy === pool) wake.lockedBy = undefined;
}

function sweepStep(db: Database, step: StepRow): void {
  if (step.status === 'waiting') {
    step.owner = undefined;
    step.notBefore = db.now();
  }
  if (step.status !== 'running') return;
  step.notBefore = db.now() + Math.min(step.crashes, 8) * db.random() * 1_000;
  step.crashes += 1;
  const status = step.crashes >= crashLimit ? 'dead' : 'ready';
  end(db, step, status);
  if (status === 'ready') wakeWorkers(db, 1, db.now());
}

const revivable: StepStatus[] = ['failed', 'dead', 'cancelled', 'needs_review'];

export const hasEnded = ({ status }: StepRow): boolean => revivable.includes(status);

/** The call of a step's present generation. */
export const callOf = (db: Database, { id, generation }: Pick<StepRow, 'id' | 'generation'>): CallRow | undefined =>
  db.calls.get(`${id}:${generation}`);

/** Answers that came too late, where their call is still in doubt. */
export function adoptOrphans(db: Database): void {
  for (const { opKey, upstreamId } of db.orphans) {
    const call = db.calls.get(opKey);
    if (call?.status !== 'ambiguous' || !hasEnded(call.step) || callOf(db, call.step) !== call) continue;
    book(call, upstreamId);
    call.fence = call.step.fence;
    call.doubts = Math.max(call.doubts - 1, 0);
    if (call.step.status !== 'needs_review') continue;
    call.step.status = 'ready';
    call.step.notBefore = db.now();
    wakeWorkers(db, 1, db.now());
    settleTask(call.step.task);
  }
}

/** The answer of a call that was taken. */
export function book(call: CallRow, upstreamId: string): void {
  call.status = call.step.kind === 'shootSceneClip' ? 'accepted' : 'succeeded';
  call.upstreamId = upstreamId;
  call.costMicros = priceMicros;
}

export function topUpWakeUps(db: Database): void {
  const due = stepsOf(db).filter(({ status, notBefore }) => status === 'ready' && notBefore <= db.now()).length;
  const there = [...db.wakes.values()].filter((wake) => wake.lockedBy === undefined && wake.runAt <= db.now()).length;
  wakeWorkers(db, Math.max(0, due - there), db.now());
  for (const task of db.tasks) if (task.steps.some(({ status }) => status === 'dead')) settleTask(task);
}
