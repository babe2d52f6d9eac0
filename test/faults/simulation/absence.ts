import type { Admission } from '../../../src/engine/absenceRules.ts';
import { type Database, isActive, stepsOf, wakeWorkers } from './database.ts';
import type { CallRow, Limits, StepRow } from './rows.ts';

/** `vendor_limits` and the SQL functions about a vendor that is away, one indivisible effect each. */

export const newLimits = (): Limits => ({
  coolUntil: 0,
  awaySince: undefined,
  awayCount: 0,
  probe: undefined,
  asked: undefined,
});

export const waitedForMs = 900_000;
const asksForMs = 2_000;
const leftAloneAtMostMs = 30_000;
const forgottenAfterMs = 360_000;

/** Nobody has asked for longer than any call takes. */
const isForgotten = ({ limits, now }: Database): boolean => limits.coolUntil < now() - forgottenAfterMs;

const startsToWait = ({ awaySince, notBefore }: StepRow): number => awaySince ?? notBefore;

/** Whether a claim may give out a step whose vendor cools down: only to end it. */
export function isOver({ limits, now }: Database, step: StepRow): boolean {
  const before = now() - waitedForMs;
  const isLong = limits.awaySince !== undefined && limits.awaySince < before;
  return isLong && limits.probe === undefined && startsToWait(step) < before;
}

/** A claim of a step while its vendor is away begins its waiting with when it was due; while that may be asked again it is the one that asks. */
export function awaitWith(db: Database, step: StepRow): void {
  const { limits, removed } = db;
  if (step.kind === 'assembleFilm' || limits.awaySince === undefined) return;
  if (!removed.has('from-when-due')) step.awaySince ??= step.notBefore;
  if (limits.coolUntil <= db.now() && !hasBought(db, step)) ask(db, step);
}

/** What it paid for only has to be fetched. */
export const hasBought = ({ calls }: Database, step: StepRow): boolean =>
  [...calls.values()].some((call) => call.step === step && ['accepted', 'succeeded'].includes(call.status));

function ask(db: Database, step: StepRow): void {
  if (isForgotten(db)) db.limits.awaySince = db.now();
  if (!db.removed.has('one-asks'))
    db.limits.coolUntil = db.now() + (db.removed.has('probe-ends') ? Number.POSITIVE_INFINITY : asksForMs);
  db.limits.probe = step;
}

/** A step that was claimed to ask and does not call for long leaves that to whoever calls before it. */
function mayAsk({ limits, now, removed }: Database, step: StepRow): boolean {
  const { awaySince, coolUntil, probe, asked } = limits;
  if (awaySince === undefined) return false;
  if (coolUntil <= now() || probe === step) return true;
  return probe !== undefined && asked !== probe && !removed.has('first-caller-asks');
}

export function admitCall(db: Database, opKey: string, step: StepRow): Admission {
  const { limits } = db;
  const asking = mayAsk(db, step);
  if (asking) ask(db, step);
  if (asking) limits.asked = step;
  const since = Math.max(limits.awaySince ?? Number.NEGATIVE_INFINITY, startsToWait(step));
  return {
    cool_ms: limits.coolUntil - db.now(),
    asking,
    over: limits.awaySince !== undefined && limits.probe === undefined && since < db.now() - waitedForMs,
    paused: false,
    in_flight: inFlight(db, opKey).length,
  };
}

function inFlight(db: Database, opKey: string): CallRow[] {
  const ownCounts = db.removed.has('own-call-in-flight');
  return [...db.calls.values()].filter((call) => {
    const { status, fence } = call.step;
    if (call.status === 'accepted') return call.opKey !== opKey && ['ready', 'running', 'waiting'].includes(status);
    if (call.status !== 'sending') return false;
    if (ownCounts) return ['ready', 'running', 'waiting'].includes(status);
    return call.opKey !== opKey && status === 'running' && fence === call.fence;
  });
}

export function meetAbsence(
  db: Database,
  step: StepRow,
  askedMs: number,
): { known: boolean; waitMs: number; over: boolean } {
  const { limits } = db;
  const now = db.now();
  step.awaySince ??= now;
  const known = limits.awaySince !== undefined;
  const since = db.removed.has('own-absence') ? step.awaySince : Math.max(step.awaySince, limits.awaySince ?? now);
  const isAnew = isForgotten(db);
  const over = known && !isAnew && since < now - waitedForMs;
  const pauseMs = Math.max(250 * Math.min(4, 2 ** limits.awayCount), Math.min(askedMs, leftAloneAtMostMs));
  if (!known || limits.probe === step || limits.coolUntil <= now) {
    const until = now + pauseMs;
    limits.coolUntil = known ? until : Math.max(limits.coolUntil, until);
    limits.awaySince = isAnew ? now : (limits.awaySince ?? now);
    limits.awayCount += 1;
    limits.probe = undefined;
    wakeWorkers(db, 2, limits.coolUntil);
    wakeWorkers(db, 1, limits.coolUntil + asksForMs);
  }
  const others = stepsOf(db).some(
    (one) => one.kind !== 'assembleFilm' && one.status === 'ready' && one.notBefore <= now,
  );
  return { known, waitMs: Math.max(0, limits.coolUntil - now) + (others ? 1_000 : 0), over };
}

export function vendorIsBack(db: Database, cooling: boolean): boolean {
  const { limits } = db;
  if (limits.awaySince === undefined) return false;
  const coolUntil = cooling ? limits.coolUntil : Math.min(limits.coolUntil, db.now());
  db.limits = { ...newLimits(), coolUntil, asked: limits.asked };
  return true;
}

export function wakeAfterAbsence(db: Database): void {
  const ready = stepsOf(db).filter(({ kind, status }) => kind !== 'assembleFilm' && status === 'ready');
  for (const step of ready.filter(({ awaySince }) => awaySince !== undefined)) {
    step.awaySince = undefined;
    step.notBefore = Math.min(step.notBefore, db.now());
  }
  wakeWorkers(db, Math.min(1_000, ready.length), db.now());
}

/** The cool-down after a refusal for haste; what is kept back gets its wake-ups for when it ends. */
export function coolDown(db: Database, forMs: number): void {
  db.limits.coolUntil = Math.max(db.limits.coolUntil, db.now() + forMs);
}

/** Whether as many steps call the vendor, or wait for it, as may. */
export const isFull = (db: Database, cap: number): boolean =>
  stepsOf(db).filter((step) => isActive(step) && step.kind !== 'assembleFilm').length >= cap;
