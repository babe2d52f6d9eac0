import { isFull, waitedForMs } from './absence.ts';
import type { Routine } from './clock.ts';
import { stepsOf } from './database.ts';
import type { StepRow } from './rows.ts';
import type { World } from './world.ts';

/** What a vendor that is away may cost, and what it may not. */

/** Claimed, noticed or ended after this long at the latest: what the vendor asked for, or the last look-up, a turn, a call, and a topped-up wake-up. */
const reachedWithinMs = 50_000;
/** Once somebody who lived to say so has heard from it. */
const wokenWithinMs = 7_000;
const turnMs = 2_000;
const shortestPauseMs = 250;

interface Idle {
  fence: number;
  ms: number;
}

export interface Waits {
  /** Since when a step wants its vendor, as seen once a second. */
  wanting: Map<StepRow, number>;
  /** For how long nobody took a step although somebody could. */
  idle: Map<StepRow, Idle>;
  woken: Map<StepRow, Idle>;
  unnoticedMs: number;
  /** How long a step sleeps for a failure of its own. */
  sleeps: Map<StepRow, number>;
  /** The latest call that asked whether the vendor is back. */
  asked: { since: number; step: StepRow; at: number; metAt: number | undefined; count: number } | undefined;
}

export const newWaits = (): Waits => ({
  wanting: new Map(),
  idle: new Map(),
  woken: new Map(),
  unnoticedMs: 0,
  sleeps: new Map(),
  asked: undefined,
});

/** A call that is let through; of a vendor known to be away, no more than one in a turn. */
export function noteAsking({ db, waits, violate }: World, step: StepRow): void {
  const since = db.limits.awaySince;
  const now = db.now();
  const last = waits.asked;
  if (since === undefined) return;
  const isNext = last?.since === since;
  waits.asked = { since, step, at: now, metAt: undefined, count: isNext ? last.count + 1 : 1 };
  if (!isNext) return;
  const early = now - last.at < turnMs && now - (last.metAt ?? now) < shortestPauseMs;
  if (early) violate(`${step.id} asks ${Math.round(now - last.at)} ms after ${last.step.id}`);
  if (waits.asked.count > 4 + (now - since) / 1_000) violate(`${waits.asked.count} calls asked`);
}

export function noteMeeting({ db, waits }: World, step: StepRow): void {
  if (waits.asked?.step === step) waits.asked.metAt ??= db.now();
}

/** Those who are to be woken by what was just heard. */
export function noteReturn({ db, waits }: World): void {
  for (const step of stepsOf(db))
    if (step.status === 'ready' && step.awaySince !== undefined) waits.woken.set(step, { fence: step.fence, ms: 0 });
}

/** A step is given up only once it, and everybody, has waited for as long as steps do. */
export function checkOver({ db, waits, violate }: World, step: StepRow): void {
  const now = db.now();
  const since = Math.max(db.limits.awaySince ?? now, waits.wanting.get(step) ?? now);
  if (now - since + 1_100 < waitedForMs) violate(`${step.id} is given up after ${Math.round(now - since)} ms`);
}

/** Looks once a second for a step that is stranded. */
export function* watchWaits(world: World): Routine {
  for (;;) {
    yield 1_000;
    for (const step of stepsOf(world.db)) if (step.kind !== 'assembleFilm') noteWanting(world, step);
    if (!isQuiet(world) || isFull(world.db, world.policy.maxInFlight)) continue;
    const ready = stepsOf(world.db).filter(({ kind, status }) => kind !== 'assembleFilm' && status === 'ready');
    checkNoticed(world, ready);
    for (const step of ready) checkReached(world, step);
  }
}

function noteWanting({ db, waits }: World, step: StepRow): void {
  if (!['ready', 'running', 'waiting'].includes(step.status)) waits.wanting.delete(step);
  else if (!waits.wanting.has(step)) waits.wanting.set(step, db.now());
}

/** Nothing keeps the processes from their work. */
const isQuiet = ({ clock, calmAt, outage, processes }: World): boolean =>
  clock.now() > calmAt &&
  !outage &&
  processes.every(
    ({ alive, registered, cut, frozenUntil }) => !alive || (registered && !cut && frozenUntil <= clock.now()),
  ) &&
  processes.some(({ alive }) => alive);

function checkNoticed(world: World, ready: StepRow[]): void {
  const { db, vendor, waits } = world;
  const isUnnoticed =
    db.limits.awaySince !== undefined && !vendor.isAway() && ready.some(({ notBefore }) => notBefore <= db.now());
  waits.unnoticedMs = isUnnoticed ? waits.unnoticedMs + 1_000 : 0;
  if (waits.unnoticedMs > reachedWithinMs) world.violate('the vendor is back and nobody notices');
}

function checkReached(world: World, step: StepRow): void {
  const { db, waits, vendor } = world;
  const now = db.now();
  const isWaiting = step.awaySince !== undefined || db.limits.awaySince !== undefined;
  const sleeps = (waits.sleeps.get(step) ?? 0) > now;
  const isLong = now - Math.max(db.limits.awaySince ?? now, waits.wanting.get(step) ?? now) > waitedForMs;
  const idles = isWaiting && !sleeps && (!vendor.isAway() || isLong);
  if (idle(waits.idle, step, idles) > reachedWithinMs) world.violate(`${step.id} is stranded`);
  const isWoken = waits.woken.get(step)?.fence === step.fence && db.limits.coolUntil <= now;
  if (idle(waits.woken, step, isWoken) > wokenWithinMs) world.violate(`${step.id} sleeps although its vendor is back`);
}

function idle(of: Map<StepRow, Idle>, step: StepRow, idles: boolean): number {
  const before = of.get(step);
  if (!idles) of.delete(step);
  if (!idles) return 0;
  const ms = before?.fence === step.fence ? before.ms + 1_000 : 1_000;
  of.set(step, { fence: step.fence, ms });
  return ms;
}
