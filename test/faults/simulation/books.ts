import { whyNotNow } from '../../../src/engine/absenceRules.ts';
import { type CallFacts, type NextMove, nextMove, type SendEnd } from '../../../src/engine/callRules.ts';
import { AwayError, FencedError, StopError } from '../../../src/engine/step.ts';
import { PermanentFailure } from '../../../src/errors.ts';
import { admitCall, coolDown } from './absence.ts';
import { book, type Database } from './database.ts';
import { type CallRow, type Held, priceMicros } from './rows.ts';
import { checkOver, noteAsking } from './waits.ts';
import type { World } from './world.ts';

/** The ledger's transactions; what they decide is decided by the engine's own `nextMove`. */

export const opKeyOf = ({ step, generation }: Held): string => `${step.id}:${generation}`;

function assertHeld(db: Database, { step, fence }: Held): void {
  const held = step.status === 'running' && (step.fence === fence || db.removed.has('fence'));
  if (!held) throw new FencedError(`${step.id} is not held under ${fence}`);
  if (step.task.status === 'cancelled' && !db.removed.has('cancelled-task')) throw new StopError('cancelled');
}

/** What a refusal would undo is undone with its transaction. */
function admit(world: World, held: Held): void {
  const { db, policy, random } = world;
  const before = { ...db.limits };
  const found = admitCall(db, opKeyOf(held), held.step);
  const refusal = whyNotNow(found, { vendor: 'tuzi', maxInFlight: policy.maxInFlight }, random.next);
  if (!refusal) {
    noteAsking(world, held.step);
    return;
  }
  db.limits = before;
  if (refusal instanceof AwayError) checkOver(world, held.step);
  throw refusal;
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

const factsOf = ({ db }: World, call: CallRow, { edition }: Held): CallFacts => ({
  status: call.status,
  sameRequest: call.edition === edition || db.removed.has('same-request'),
  doubts: call.doubts,
});

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
  const move = nextMove(row && factsOf(world, row, held), world.policy);
  if (move.kind === 'send') {
    const spendsMore = !row || row.status === 'reserved' || (move.doubts ?? 0) > 0;
    if (!checked && spendsMore && isOverBudget(world, held)) throw overBudget();
    admit(world, held);
    if (!world.removed.has('intent')) writeIntent(world, held, { doubts: move.doubts ?? 0 });
  }
  if (move.kind === 'look-up' && row) row.fence = held.fence;
  if (move.kind === 'hold' && row) hold(row, held);
  return { ...move, ageMs: row ? db.now() - row.sendingAt : 0, row };
}

function hold(row: CallRow, { fence }: Held): void {
  if (row.status !== 'sending' && row.status !== 'reserved') return;
  if (row.status === 'sending') row.doubts += 1;
  row.status = 'ambiguous';
  row.recognisedBy = 'none';
  row.fence = fence;
}

export function resendAfterLookUp(world: World, held: Held): void {
  assertHeld(world.db, held);
  admit(world, held);
  writeIntent(world, held, { neverArrived: true });
}

const newCall = (held: Held): CallRow => ({
  opKey: opKeyOf(held),
  step: held.step,
  status: 'reserved',
  fence: 0,
  sends: 0,
  doubts: 0,
  sendingAt: 0,
  edition: held.edition,
  recognisedBy: 'none',
  upstreamId: undefined,
  costMicros: 0,
  lostMicros: 0,
});

export function writeIntent(
  { db, policy }: World,
  held: Held,
  { doubts = 0, neverArrived = false }: { doubts?: number; neverArrived?: boolean } = {},
): void {
  const opKey = opKeyOf(held);
  const call = db.calls.get(opKey) ?? newCall(held);
  if (neverArrived || (call.status === 'reserved' && call.doubts === 0)) call.edition = held.edition;
  call.status = 'sending';
  call.fence = held.fence;
  call.sends += 1;
  call.doubts += doubts;
  call.sendingAt = db.now();
  call.recognisedBy = policy.idempotency;
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
  if (call && end.keySpent) call.recognisedBy = 'none';
  if (call && end.paid) call.costMicros = priceMicros;
  if (end.coolDownMs !== undefined) coolDown(db, end.coolDownMs);
}

/** What was bought: the vendor's id, and the edition that the ledger has with it. */
export interface Bought {
  id: string;
  edition: number;
}

export const boughtOf = (world: World, call: CallRow, held: Held): Bought => ({
  id: call.upstreamId ?? '',
  edition: world.removed.has('label') ? held.edition : call.edition,
});

export function accept(world: World, held: Held, upstreamId: string): Bought {
  const { db } = world;
  if (world.removed.has('intent') && !db.calls.has(opKeyOf(held))) writeIntent(world, held);
  const call = move(db, held, 'succeeded');
  if (!call) {
    db.orphans.push({ opKey: opKeyOf(held), upstreamId });
    throw new FencedError('the answer came after the fence');
  }
  book(call, upstreamId);
  return boughtOf(world, call, held);
}
