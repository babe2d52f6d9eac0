import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { isDatabaseAway } from '../db/databaseAway.ts';
import { PermanentFailure, type StoredFailure, VendorError } from '../errors.ts';
import { answerMayComeMs, type CallFacts, endOfSend, lookAgainMs, type NextMove, nextMove } from './callRules.ts';
import type { CrashPoint } from './crashPoint.ts';
import { markUnanswered, takeLateAnswer } from './lateAnswers.ts';
import {
  type Asked,
  admit,
  askedOf,
  assertHeld,
  type CallRow,
  coolDown,
  type Entry,
  findCall,
  hashOf,
  hold,
  move,
  opKeyOf,
  reserve,
  sentBy,
  stands,
  takeOver,
  writeIntent,
} from './ledgerStore.ts';
import {
  type Bought,
  BusyError,
  DoubtError,
  FencedError,
  type HeldStep,
  type Pay,
  type Purchase,
  type VendorPolicy,
} from './step.ts';

interface Book extends Entry {
  options: LedgerOptions;
  purchase: Entry['purchase'] & { upstreamId?(answer: object): string };
}

/** What to do about a call, decided and written down before anything leaves the machine. */
type Decision =
  | { kind: 'send'; doubted: boolean; asked: Asked<object> }
  | { kind: 'look-up'; ageMs: number; asked: Asked<object> }
  | { kind: 'answered'; bought: Bought<object> }
  | { kind: 'failed'; failure: StoredFailure }
  | { kind: 'hold' };

export interface LedgerOptions {
  db: Knex;
  policies: Record<string, VendorPolicy>;
  /** Throws when this worker may already be taken for dead: checked right before a call leaves. */
  assertAlive: () => void;
  crash: CrashPoint;
}

/**
 * The paid-call protocol for one step: money reserved and intent committed before the call leaves, the answer kept the moment it is known,
 * and a call whose answer was lost looked up, repeated under the same key, or held, but never blindly bought again.
 */
export function createPay(options: LedgerOptions, step: HeldStep, signal: AbortSignal): Pay {
  return async <Answer extends object, Label extends object>(
    purchase: Purchase<Answer, Label>,
  ): Promise<Bought<Answer, Label>> => {
    const opKey = opKeyOf(step, purchase.purpose, purchase.part);
    const key = createHash('sha256').update(opKey).digest('hex');
    const book = { options, step, opKey, purchase };
    let decision = await decide(book);
    if (decision.kind === 'look-up') {
      const found = await lookUp(book, () => purchase.lookup(key, signal));
      if (found) return accept(book, found, decision.asked as Asked<Label>);
      const waitMs = lookAgainMs(decision.ageMs, policyOf(book));
      if (waitMs > 0) throw new BusyError(purchase.vendor, waitMs);
      decision = await resendAfterLookUp(book);
    }
    if (decision.kind === 'answered') return decision.bought as Bought<Answer, Label>;
    if (decision.kind === 'failed') throw new PermanentFailure(decision.failure);
    if (decision.kind !== 'send') throw new DoubtError(purchase.vendor);
    options.crash('after-intent', step.kind);
    const call = { key, signal, leaving: options.assertAlive };
    const answer = await send(book, decision.doubted, () => purchase.send(call));
    return accept(book, answer, decision.asked as Asked<Label>);
  };
}

async function decide(book: Book): Promise<Decision> {
  const { options, purchase, step } = book;
  return options.db.transaction(async (trx) => {
    await assertHeld(trx, step);
    const row = await findAnswered(trx, book);
    if (row?.status === 'sending') awaitAnswer(row, book);
    const next = nextMove(row && factsOf(row, purchase), policyOf(book));
    if (next.kind === 'send') return intend(trx, book, row, next);
    if (next.kind === 'look-up') await takeOver(trx, book);
    if (next.kind === 'hold' && row) await hold(trx, book, row.status);
    return decisionOf(next, row);
  });
}

/** The call as it stands, once an answer that a worker without a lease kept for it is put in. */
async function findAnswered(trx: Knex, { opKey, step }: Book): Promise<CallRow | undefined> {
  const row = await findCall(trx, opKey);
  return row?.status === 'sending' && (await takeLateAnswer(trx, opKey, step)) ? findCall(trx, opKey) : row;
}

/** Comes back soon while an answer may be on its way to somebody else. */
function awaitAnswer(row: CallRow, book: Book): void {
  const call = { doubts: row.doubt_count, ageMs: row.age_ms, unanswered: row.error !== null };
  const waitMs = answerMayComeMs(call, policyOf(book));
  if (waitMs > 0) throw new BusyError(book.purchase.vendor, Math.min(waitMs, askAgainMs));
}

const askAgainMs = 2_000;

interface Intent {
  note?: string;
  doubts?: number;
  doubted?: true;
  /** What was sent before surely did not arrive. */
  neverArrived?: true;
}

/** Reserves what the call may cost more than is on the books already, writes it down, and admits it, which undoes both where it cannot leave now. */
async function intend(trx: Knex, book: Book, row: CallRow | undefined, intent: Intent): Promise<Decision> {
  const { opKey, purchase } = book;
  const { maxInFlight, idempotency: recognisedBy } = policyOf(book);
  const replaces = !row || intent.neverArrived || (row.status === 'reserved' && row.doubt_count === 0);
  const micros = replaces ? purchase.maxCostMicros : row.max_cost_micros;
  const booked = row?.status === 'sending' && !intent.doubts ? row.max_cost_micros : 0;
  if (micros > booked) await reserve(trx, book, micros - booked);
  const written = await writeIntent(trx, book, row, { ...intent, replaces, recognisedBy });
  await admit(trx, opKey, { vendor: purchase.vendor, maxInFlight });
  return { kind: 'send', doubted: intent.doubted ?? false, asked: askedOf(written) };
}

const factsOf = (row: CallRow, { request, model }: Entry['purchase']): CallFacts => ({
  status: row.status,
  sameRequest: row.model === model && row.request_hash.equals(hashOf(request)),
  doubts: row.doubt_count,
});

function decisionOf({ kind }: Exclude<NextMove, { kind: 'send' }>, row: CallRow | undefined): Decision {
  if (kind === 'failed') return { kind, failure: row?.error ?? { code: 6000, key: 'internal', params: {} } };
  if (!row || kind === 'hold') return { kind: 'hold' };
  if (kind === 'look-up') return { kind, ageMs: row.age_ms, asked: askedOf(row) };
  return { kind, bought: { ...askedOf(row), answer: row.answer ?? {} } };
}

/** The vendor does not know the call, long enough after it left: it never arrived. */
async function resendAfterLookUp(book: Book): Promise<Decision> {
  return book.options.db.transaction(async (trx) => {
    await assertHeld(trx, book.step);
    const row = await findCall(trx, book.opKey);
    return intend(trx, book, row, { note: 'looked up, never arrived', neverArrived: true });
  });
}

function policyOf({ options, purchase }: Book): VendorPolicy {
  const policy = options.policies[purchase.vendor];
  if (!policy) throw new Error(`no policy for ${purchase.vendor}`);
  return policy;
}

async function send<Answer extends object>(book: Book, doubted: boolean, call: () => Promise<Answer>): Promise<Answer> {
  book.options.assertAlive();
  try {
    return await call();
  } catch (error) {
    await settleError(book, error, doubted);
    throw error;
  }
}

/** A vendor may show that it took the call and made nothing of it; any other error says nothing of the call. */
async function lookUp<Answer>(book: Book, find: () => Promise<Answer>): Promise<Answer> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof VendorError && error.accepted === 'yes') await settleError(book, error, false);
    throw error;
  }
}

/** Books what a failed send means: surely not accepted goes back to reserved or failed, what was charged is booked, everything else stays in doubt. */
async function settleError(book: Book, error: unknown, doubted: boolean): Promise<void> {
  const { db } = book.options;
  const end = endOfSend(error, doubted);
  const failure = error instanceof VendorError ? error.failure : undefined;
  if (!end) return markUnanswered(db, book, failure ?? { code: 6000, key: 'internal', params: {} });
  const columns = {
    ...(end.doubts > 0 && { doubt_count: db.raw('doubt_count + ?', [end.doubts]) }),
    ...(end.keySpent && { recognised_by: 'none' }),
    ...(end.paid && { cost_micros: db.raw('max_cost_micros'), accepted_at: db.fn.now() }),
    ...(failure && { error: JSON.stringify(failure) }),
  };
  const note = error instanceof Error ? error.message.slice(0, 200) : undefined;
  await move(db, sentBy(book), { from: 'sending', to: end.to, columns, note });
  if (end.coolDownMs !== undefined) await coolDown(db, book.purchase.vendor, end.coolDownMs);
}

/** Keeps the answer before anything is made of it. A fenced worker's knowledge goes to the orphans, never lost. */
async function accept<Answer extends object, Label extends object>(
  book: Book,
  answer: Answer,
  asked: Asked<Label>,
): Promise<Bought<Answer, Label>> {
  const { options, opKey, purchase } = book;
  options.crash('after-answer', book.step.kind);
  const upstreamId = purchase.upstreamId?.(answer) ?? null;
  const kept = await keep(book, upstreamId ? 'accepted' : 'succeeded', {
    // Of work that was deleted meanwhile no words are kept: its request was emptied, in the row that this waits for.
    answer: options.db.raw("case when request <> '{}' then ?::jsonb end", [JSON.stringify(answer)]),
    upstream_id: upstreamId,
    cost_micros: options.db.raw('max_cost_micros'),
    accepted_at: options.db.fn.now(),
  });
  if (!kept) {
    const orphan = { op_key: opKey, upstream_id: upstreamId, answer: JSON.stringify(answer) };
    await whenever(() => options.db('provider_orphans').insert(orphan));
    throw new FencedError(`the answer to ${opKey} came after the fence`);
  }
  options.crash('after-accept', book.step.kind);
  return { ...asked, answer };
}

function keep(book: Book, status: 'accepted' | 'succeeded', columns: object): Promise<boolean> {
  const { db } = book.options;
  return whenever(async () => {
    const moved = await move(db, sentBy(book), { from: 'sending', to: status, columns });
    return moved > 0 || stands(db, book, status);
  });
}

/**
 * The answer is paid for: a connection that breaks under it does not lose it, nor a database that is away for a while, with or without the
 * lease. The fence is what keeps a worker that was replaced from writing.
 */
async function whenever<Result>(write: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + keepWithinMs;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() > until) throw error;
      await delay(keepAgainMs);
    }
  }
}

const keepAgainMs = 200;
/** Longer than a worker goes on without its lease. */
const keepWithinMs = 30_000;
