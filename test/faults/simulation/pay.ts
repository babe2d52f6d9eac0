import { endOfSend, lookAgainMs } from '../../../src/engine/callRules.ts';
import { BusyError, DoubtError, StopError } from '../../../src/engine/step.ts';
import { PermanentFailure } from '../../../src/errors.ts';
import {
  accept,
  type Bought,
  bookSendEnd,
  boughtOf,
  decide,
  isOverBudget,
  opKeyOf,
  overBudget,
  resendAfterLookUp,
} from './books.ts';
import type { Routine } from './clock.ts';
import { hear } from './noticing.ts';
import { assertAlive, type Process } from './process.ts';
import type { Held } from './rows.ts';
import type { Run } from './worker.ts';
import { query, type World } from './world.ts';

/** The paid-call protocol of `src/engine/ledger.ts`, an effect at a time. */
export function* pay(world: World, process: Process, run: Run): Routine<Bought> {
  const { held } = run;
  const checked = world.removed.has('budget-lock');
  if (checked && (yield* query(world, () => isOverBudget(world, held)))) throw overBudget();
  let decidedAt = world.clock.now();
  const decision = yield* query(world, () => {
    decidedAt = world.clock.now();
    return decide(world, held, checked);
  });
  if (decision.kind === 'look-up' && !world.removed.has('lookup')) {
    const found = yield* lookUp(world, held);
    if (found) return yield* keep(world, held, found);
    const waitMs = lookAgainMs(decision.ageMs, world.policy);
    if (waitMs > 0) throw new BusyError('vendor', waitMs);
    yield* query(world, () => resendAfterLookUp(world, held));
  } else if (decision.kind === 'look-up') {
    yield* query(world, () => resendAfterLookUp(world, held));
  }
  if (decision.kind === 'answered' && decision.row) return boughtOf(world, decision.row, held);
  if (decision.kind === 'failed') throw new PermanentFailure({ code: 7000, key: 'provider_failed', params: {} });
  if (decision.kind === 'hold') throw doubted(world, held);
  const { status, cancelledAt } = held.step.task;
  if (status === 'cancelled' && cancelledAt < decidedAt)
    world.violate(`${opKeyOf(held)} is sent for a task that had been cancelled before`);
  return yield* send(world, process, run, decision.kind === 'send' && decision.doubted);
}

/** A call may only be in doubt if its answer never reached a worker that lived to write it down. */
function doubted(world: World, held: Held): DoubtError {
  const { answered } = world.truths.get(opKeyOf(held)) ?? {};
  if (answered && !answered.harmed) world.violate(`${opKeyOf(held)} is held although its answer was in hand`);
  return new DoubtError('tuzi');
}

function* lookUp(world: World, held: Held): Routine<string | undefined> {
  yield world.random.between(5, 50);
  const found = world.vendor.lookUp(opKeyOf(held));
  yield world.random.between(5, 50);
  return found;
}

function* send(world: World, process: Process, run: Run, doubted = false): Routine<Bought> {
  const { held } = run;
  const opKey = opKeyOf(held);
  assertAlive(world, process);
  const { answered } = world.truths.get(opKey) ?? {};
  if (answered && !answered.harmed) world.violate(`${opKey} is sent again although its answer was in hand`);
  const former = world.db.calls.get(`${held.step.id}:${held.generation - 1}`)?.status;
  if (former === 'accepted' || former === 'succeeded') world.violate(`${opKey} buys what is there already`);
  world.count('send');
  try {
    const { id } = yield* world.vendor.send(opKey, held.edition, world.clock.now() < world.calmAt);
    if (run.stop) throw new StopError(run.stop);
    hear(run);
    return yield* keep(world, held, id, process);
  } catch (error) {
    hear(run, error);
    const end = endOfSend(error, doubted);
    if (end) yield* query(world, () => bookSendEnd(world, held, end));
    throw error;
  }
}

function* keep(world: World, held: Held, id: string, process?: Process): Routine<Bought> {
  const opKey = opKeyOf(held);
  if (!process) return yield* query(world, () => accept(world, held, id));
  const answered = { process, at: world.clock.now(), harmed: true };
  world.truths.set(opKey, { answered });
  let bought: Bought = { id, edition: held.edition };
  if (!(world.removed.has('take-id') && held.step.kind === 'shootSceneClip')) {
    bought = yield* query(world, () => accept(world, held, id));
  }
  answered.harmed = false;
  return bought;
}
