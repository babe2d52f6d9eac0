import { takenForDeadMs } from '../../../src/engine/leaseRules.ts';
import { moneyOf } from './books.ts';
import type { Routine } from './clock.ts';
import { stepsOf } from './database.ts';
import { type CallRow, priceMicros } from './rows.ts';
import type { World } from './world.ts';

const strandedAfterMs = takenForDeadMs + 15_000;

/** Whether everything has come to its end, or waits for a person and for nobody else. */
export const isAtRest = ({ db }: World): boolean =>
  db.tasks.every(({ status, steps }) => {
    const moving = steps.some((step) => ['ready', 'running', 'waiting'].includes(step.status));
    return !moving && (status !== 'processing' || steps.some((step) => step.status === 'needs_review'));
  });

/** Looks once a second for what must never be. */
export function* watch(world: World): Routine {
  const { db, clock } = world;
  for (;;) {
    yield 1_000;
    for (const wake of db.wakes.values()) {
      const owner = world.processes.find(({ pool }) => pool === wake.lockedBy);
      // Nobody can take anything back while the database is away.
      const since = Math.max(wake.lockedAt, owner?.diedAt ?? 0, world.outage ? clock.now() : world.backAt);
      if (!owner?.alive && wake.lockedBy && clock.now() - since > strandedAfterMs) {
        world.violate(`a wake-up is locked by ${wake.lockedBy}, which is gone`);
        wake.lockedBy = undefined;
      }
    }
    for (const user of new Set(db.tasks.map((task) => task.user))) {
      if (moneyOf(db, user) > world.budgetMicros) world.violate(`${user} spent more than the budget`);
    }
  }
}

export function checkAtRest(world: World): void {
  const { db, results } = world;
  for (const task of db.tasks) {
    if (!isAtRest(world)) world.violate(`${task.id} is ${task.status}: ${task.steps.map(({ status }) => status)}`);
  }
  for (const step of stepsOf(db)) {
    const written = results.get(step.id) ?? 0;
    if (written > 1) world.violate(`${step.id} has taken ${written} results`);
    if ((step.status === 'done') !== (written === 1))
      world.violate(`${step.id} is ${step.status} after ${written} results`);
  }
  checkMoney(world);
}

function checkMoney(world: World): void {
  const { db, vendor, policy } = world;
  const charges = new Map<string, number>();
  for (const { key } of vendor.accepted) charges.set(key, (charges.get(key) ?? 0) + 1);
  for (const key of vendor.mixed) world.violate(`${key} was sent again with another request`);
  for (const [key, count] of charges) {
    const call = db.calls.get(key);
    if (!call) world.violate(`${key} was charged and is not in the ledger`);
    else checkCall(world, call, count);
  }
  for (const call of db.calls.values()) {
    if (call.status === 'sending' && isAtRest(world)) world.violate(`${call.opKey} is reserved at rest`);
    if (call.costMicros > 0 && !charges.has(call.opKey)) world.violate(`${call.opKey} is booked and was never charged`);
  }
  const doubled = [...charges.values()].filter((count) => count > 1).length;
  if (policy.idempotency !== 'none' && doubled > 0) world.violate(`${doubled} calls were charged twice`);
}

/** Charges that the ledger can tell of: what it booked, and every send it counts as doubtful. */
function checkCall(world: World, call: CallRow, charged: number): void {
  const known = call.costMicros / priceMicros + call.doubts;
  if (charged > known) world.violate(`${call.opKey} was charged ${charged} times, the ledger knows of ${known}`);
}
