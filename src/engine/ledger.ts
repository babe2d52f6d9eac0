import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { isDatabaseAway } from '../db/databaseAway.ts';
import { PermanentFailure, type StoredFailure, VendorError } from '../errors.ts';
import {
  afterLookUp,
  answerMayComeMs,
  type CallFacts,
  endOfSend,
  type NextMove,
  nextMove,
  visibilityMs,
} from './callRules.ts';
import type { CrashPoint } from './crashPoint.ts';
import { markUnanswered, takeLateAnswer } from './lateAnswers.ts';
import {
  admit,
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
  stands,
  takeOver,
  writeIntent,
} from './ledgerStore.ts';
import {
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
}

/** What to do about a call, decided and written down before anything leaves the machine. */
type Decision =
  | { kind: 'send'; doubted: boolean }
  | { kind: 'look-up'; ageMs: number }
  | { kind: 'answered'; answer: object }
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
  return async <Answer extends object>(purchase: Purchase<Answer>): Promise<Answer> => {
    const opKey = opKeyOf(step, purchase.purpose, purchase.part);
    const key = createHash('sha256').update(opKey).digest('hex');
    const book = { options, step, opKey, purchase };
    let decision = await decide(book);
    if (decision.kind === 'look-up') {
      const found = await purchase.lookup(key, signal);
      if (found) return accept(book, found, purchase.upstreamId);
      if (afterLookUp(false, decision.ageMs) === 'wait')
        throw new BusyError(purchase.vendor, visibilityMs - decision.ageMs);
      decision = await resendAfterLookUp(book);
    }
    if (decision.kind === 'answered') return decision.answer as Answer;
    if (decision.kind === 'failed') throw new PermanentFailure(decision.failure);
    if (decision.kind === 'hold') throw new DoubtError(purchase.vendor);
    const doubted = decision.kind === 'send' && decision.doubted;
    options.crash('after-intent', step.kind);
    const answer = await send(book, doubted, () => purchase.send({ key, signal, leaving: options.assertAlive }));
    return accept(book, answer, purchase.upstreamId);
  };
}

async function decide(book: Book): Promise<Decision> {
  const { options, opKey, purchase, step } = book;
  const policy = policyOf(book);
  return options.db.transaction(async (trx) => {
    await assertHeld(trx, step);
    const row = await findAnswered(trx, book);
    if (row?.status === 'sending') awaitAnswer(row, book, policy);
    const move = nextMove(row && factsOf(row, purchase.request), policy);
    if (move.kind === 'send') {
      await admit(trx, opKey, { vendor: purchase.vendor, maxInFlight: policy.maxInFlight });
      if (spendsMore(row, move)) await reserve(trx, book);
      await writeIntent(trx, book, row, move);
    }
    if (move.kind === 'look-up') await takeOver(trx, book);
    if (move.kind === 'hold' && row?.status === 'sending') await hold(trx, book);
    return decisionOf(move, row);
  });
}

/** The call as it stands, once an answer that a worker without a lease kept for it is put in. */
async function findAnswered(trx: Knex, { opKey, step }: Book): Promise<CallRow | undefined> {
  const row = await findCall(trx, opKey);
  return row?.status === 'sending' && (await takeLateAnswer(trx, opKey, step)) ? findCall(trx, opKey) : row;
}

/** Comes back soon while an answer may be on its way to somebody else. */
function awaitAnswer(row: CallRow, { purchase }: Book, policy: VendorPolicy): void {
  const call = { doubts: row.doubt_count, ageMs: row.age_ms, unanswered: row.error !== null };
  const waitMs = answerMayComeMs(call, policy);
  if (waitMs > 0) throw new BusyError(purchase.vendor, Math.min(waitMs, lookAgainMs));
}

const lookAgainMs = 2_000;

/** A call sent again under its key is paid once; one resent in doubt may cost twice. */
const spendsMore = (row: CallRow | undefined, { doubts = 0 }: { doubts?: number }): boolean =>
  !row || row.status === 'reserved' || doubts > 0;

const factsOf = (row: CallRow, request: object): CallFacts => ({
  status: row.status,
  sameRequest: row.request_hash.equals(hashOf(request)),
  doubts: row.doubt_count,
});

function decisionOf(move: NextMove, row: CallRow | undefined): Decision {
  const { kind } = move;
  if (kind === 'send') return { kind, doubted: move.doubted ?? false };
  if (kind === 'look-up') return { kind, ageMs: row?.age_ms ?? 0 };
  if (kind === 'answered') return { kind, answer: row?.answer ?? {} };
  if (kind === 'failed') return { kind, failure: row?.error ?? { code: 6000, key: 'internal', params: {} } };
  return { kind };
}

/** The vendor does not know the call, long enough after it left: it never arrived. */
async function resendAfterLookUp(book: Book): Promise<Decision> {
  return book.options.db.transaction(async (trx) => {
    await assertHeld(trx, book.step);
    const row = await findCall(trx, book.opKey);
    await admit(trx, book.opKey, { vendor: book.purchase.vendor, maxInFlight: policyOf(book).maxInFlight });
    await writeIntent(trx, book, row, { note: 'looked up, never arrived' });
    return { kind: 'send', doubted: false };
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

/** Books what a failed send means: surely not accepted goes back to reserved or failed, everything else stays in doubt. */
async function settleError(book: Book, error: unknown, doubted: boolean): Promise<void> {
  const { db } = book.options;
  const end = endOfSend(error, doubted);
  const failure = error instanceof VendorError ? error.failure : undefined;
  if (!end) return markUnanswered(db, book, failure ?? { code: 6000, key: 'internal', params: {} });
  const columns = {
    ...(end.doubts > 0 && { doubt_count: end.doubts }),
    ...(failure && { error: JSON.stringify(failure) }),
  };
  await move(db, book, end.to, columns, error instanceof Error ? error.message.slice(0, 200) : undefined);
  if (end.coolDownMs !== undefined) await coolDown(db, book.purchase.vendor, end.coolDownMs);
}

/** Keeps the answer before anything is made of it. A fenced worker's knowledge goes to the orphans, never lost. */
async function accept<Answer extends object>(
  book: Book,
  answer: Answer,
  upstreamIdOf: Purchase<Answer>['upstreamId'],
): Promise<Answer> {
  const { options, opKey, purchase } = book;
  options.crash('after-answer', book.step.kind);
  const upstreamId = upstreamIdOf?.(answer) ?? null;
  const kept = await keep(book, upstreamId ? 'accepted' : 'succeeded', {
    answer: JSON.stringify(answer),
    upstream_id: upstreamId,
    cost_micros: purchase.maxCostMicros,
    accepted_at: options.db.fn.now(),
  });
  if (!kept) {
    const orphan = { op_key: opKey, upstream_id: upstreamId, answer: JSON.stringify(answer) };
    await whenever(() => options.db('provider_orphans').insert(orphan));
    throw new FencedError(`the answer to ${opKey} came after the fence`);
  }
  options.crash('after-accept', book.step.kind);
  return answer;
}

function keep(book: Book, status: 'accepted' | 'succeeded', columns: object): Promise<boolean> {
  const { db } = book.options;
  return whenever(async () => (await move(db, book, status, columns)) || (await stands(db, book, status)));
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
