import { type CallFacts, type NextMove, nextMove, type SendEnd } from '../../../src/engine/callRules.ts';
import { BusyError, FencedError } from '../../../src/engine/step.ts';
import { PermanentFailure } from '../../../src/errors.ts';
import type { Database } from './database.ts';
import type { CallRow, Held } from './rows.ts';
import { priceMicros, type World } from './world.ts';

/** The ledger's transactions; what they decide is decided by the engine's own `nextMove`. */

export const opKeyOf = ({ step, generation }: Held): string => `${step.id}:${generation}`;

function assertHeld(db: Database, { step, fence }: Held): void {
  const held = step.status === 'running' && (step.fence === fence || db.removed.has('fence'));
  if (!held) throw new FencedError(`${step.id} is not held under ${fence}`);
}

function admit(world: World, opKey: string): void {
  const { db, policy, removed } = world;
  if (db.coolUntil > db.now()) throw new BusyError('vendor', db.coolUntil - db.now());
  const ownCounts = removed.has('own-call-in-flight');
  const inFlight = [...db.calls.values()].filter((call) => {
    const { status, fence } = call.step;
    if (call.status === 'accepted') return call.opKey !== opKey && ['ready', 'running', 'waiting'].includes(status);
    if (call.status !== 'sending') return false;
    if (ownCounts) return ['ready', 'running', 'waiting'].includes(status);
    return call.opKey !== opKey && status === 'running' && fence === call.fence;
  });
  if (inFlight.length >= policy.maxInFlight) throw new BusyError('vendor', world.random.between(250, 750));
}

export function moneyOf(db: Database, user: string): number {
  let sum = 0;
  for (const { step, costMicros, status, doubts } of db.calls.values()) {
    if (step.task.user === user) sum += costMicros + (status === 'sending' ? priceMicros : 0) + doubts * priceMicros;
  }
  return sum;
}

export const isOverBudget = ({ db, budgetMicros }: World, { step }: Held): boolean =>
  moneyOf(db, step.task.user) + priceMicros > budgetMicros;

export const overBudget = (): PermanentFailure =>
  new PermanentFailure({ code: 5001, key: 'over_budget', params: { limit: 'day' } });

const factsOf = (call: CallRow): CallFacts => ({ status: call.status, sameRequest: true, doubts: call.doubts });

/** The decision about a paid call, written down in the same transaction. `checked`: the budget was looked at before it. */
export function decide(
  world: World,
  held: Held,
  checked: boolean,
): NextMove & { ageMs: number; row: CallRow | undefined } {
  const { db } = world;
  assertHeld(db, held);
  const opKey = opKeyOf(held);
  const row = db.calls.get(opKey);
  const move = nextMove(row && factsOf(row), world.policy);
  if (move.kind === 'send') {
    admit(world, opKey);
    const spendsMore = !row || row.status === 'reserved' || (move.doubts ?? 0) > 0;
    if (!checked && spendsMore && isOverBudget(world, held)) throw overBudget();
    if (!world.removed.has('intent')) writeIntent(world, held, move.doubts ?? 0);
  }
  if (move.kind === 'look-up' && row) row.fence = held.fence;
  if (move.kind === 'hold' && row?.status === 'sending') {
    row.status = 'ambiguous';
    row.fence = held.fence;
    row.doubts += 1;
  }
  return { ...move, ageMs: row ? db.now() - row.sendingAt : 0, row };
}

export function resendAfterLookUp(world: World, held: Held): void {
  assertHeld(world.db, held);
  admit(world, opKeyOf(held));
  writeIntent(world, held, 0);
}

export function writeIntent({ db }: World, held: Held, doubts: number): void {
  const opKey = opKeyOf(held);
  const fresh = { opKey, step: held.step, sends: 0, doubts: 0, upstreamId: undefined, costMicros: 0, lostMicros: 0 };
  const call = db.calls.get(opKey) ?? { ...fresh, status: 'sending' as const, fence: 0, sendingAt: 0 };
  call.status = 'sending';
  call.fence = held.fence;
  call.sends += 1;
  call.doubts += doubts;
  call.sendingAt = db.now();
  db.calls.set(opKey, call);
}

function move(db: Database, held: Held, to: CallRow['status']): CallRow | undefined {
  const call = db.calls.get(opKeyOf(held));
  if (call?.status !== 'sending') return undefined;
  if (call.fence !== held.fence && !db.removed.has('fence')) return undefined;
  call.status = to;
  return call;
}

export function bookSendEnd({ db }: World, held: Held, end: SendEnd): void {
  const call = move(db, held, end.to);
  if (call) call.doubts += end.doubts;
  if (end.coolDownMs !== undefined) db.coolUntil = Math.max(db.coolUntil, db.now() + end.coolDownMs);
}

export function accept(world: World, held: Held, upstreamId: string): void {
  const { db } = world;
  if (world.removed.has('intent') && !db.calls.has(opKeyOf(held))) writeIntent(world, held, 0);
  const call = move(db, held, held.step.kind === 'shootSceneClip' ? 'accepted' : 'succeeded');
  if (!call) {
    db.orphans.push({ opKey: opKeyOf(held), upstreamId });
    throw new FencedError('the answer came after the fence');
  }
  call.upstreamId = upstreamId;
  call.costMicros = priceMicros;
}
