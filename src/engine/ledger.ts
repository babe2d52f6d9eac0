import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { PermanentFailure, type StoredFailure, VendorError } from '../errors.ts';
import type { CrashPoint } from './crashPoint.ts';
import {
  admit,
  assertHeld,
  type CallRow,
  type CallStatus,
  coolDown,
  type Entry,
  findCall,
  hashOf,
  hold,
  move,
  opKeyOf,
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
  StopError,
  type VendorPolicy,
} from './step.ts';

/** How long a vendor with look-up may take to show a call that reached it. */
const visibilityMs = 5_000;

interface Book extends Entry {
  options: LedgerOptions;
}

/** What to do about a call, decided and written down before anything leaves the machine. */
type Decision =
  | { kind: 'send' }
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
 * The paid-call protocol for one step: intent committed before the call leaves, the answer kept the moment it is known,
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
      if (decision.ageMs < visibilityMs) throw new BusyError(purchase.vendor, visibilityMs - decision.ageMs);
      decision = await resendAfterLookUp(book);
    }
    if (decision.kind === 'answered') return decision.answer as Answer;
    if (decision.kind === 'failed') throw new PermanentFailure(decision.failure);
    if (decision.kind === 'hold') throw new DoubtError(purchase.vendor);
    options.crash('after-intent', step.kind);
    return accept(book, await send(book, () => purchase.send({ key, signal })), purchase.upstreamId);
  };
}

async function decide(book: Book): Promise<Decision> {
  const { options, opKey, purchase, step } = book;
  const policy = policyOf(book);
  return options.db.transaction(async (trx) => {
    await assertHeld(trx, step);
    const row = await findCall(trx, opKey);
    if (!row || row.status === 'reserved') {
      await admit(trx, purchase.vendor, policy.maxInFlight);
      await writeIntent(trx, book, row);
      return { kind: 'send' };
    }
    if (!row.request_hash.equals(hashOf(purchase.request))) throw new Error(`${opKey} was sent with another request`);
    if (row.status === 'accepted' || row.status === 'succeeded') return { kind: 'answered', answer: row.answer ?? {} };
    if (row.status === 'failed' && row.error) return { kind: 'failed', failure: row.error };
    if (row.status !== 'sending') return { kind: 'hold' };
    return resolveDoubt(trx, book, row, policy);
  });
}

async function resolveDoubt(trx: Knex, book: Book, row: CallRow, policy: VendorPolicy): Promise<Decision> {
  if (policy.idempotency === 'lookup') {
    await takeOver(trx, book);
    return { kind: 'look-up', ageMs: row.age_ms };
  }
  if (policy.idempotency === 'key') {
    await admit(trx, book.purchase.vendor, policy.maxInFlight);
    await writeIntent(trx, book, row, { note: 'same key' });
    return { kind: 'send' };
  }
  if (policy.onDoubt === 'resend' && row.doubt_count === 0) {
    await admit(trx, book.purchase.vendor, policy.maxInFlight);
    await writeIntent(trx, book, row, { note: 'resent in doubt', doubts: 1 });
    return { kind: 'send' };
  }
  await hold(trx, book);
  return { kind: 'hold' };
}

/** The vendor does not know the call, long enough after it left: it never arrived. */
async function resendAfterLookUp(book: Book): Promise<Decision> {
  return book.options.db.transaction(async (trx) => {
    await assertHeld(trx, book.step);
    const row = await findCall(trx, book.opKey);
    await admit(trx, book.purchase.vendor, policyOf(book).maxInFlight);
    await writeIntent(trx, book, row, { note: 'looked up, never arrived' });
    return { kind: 'send' };
  });
}

function policyOf({ options, purchase }: Book): VendorPolicy {
  const policy = options.policies[purchase.vendor];
  if (!policy) throw new Error(`no policy for ${purchase.vendor}`);
  return policy;
}

async function send<Answer extends object>(book: Book, call: () => Promise<Answer>): Promise<Answer> {
  book.options.assertAlive();
  try {
    return await call();
  } catch (error) {
    await settleError(book, error);
    throw error;
  }
}

/** Books what a failed send means: surely not accepted goes back to reserved or failed, everything else stays in doubt. */
async function settleError(book: Book, error: unknown): Promise<void> {
  const { db } = book.options;
  if (error instanceof StopError && error.reason === 'cancelled') {
    await move(db, book, 'ambiguous', { doubt_count: 1 }, 'cancelled while sending');
    return;
  }
  if (!(error instanceof VendorError) || error.accepted === 'unknown') return;
  const next: CallStatus = error.retryable ? 'reserved' : 'failed';
  await move(db, book, next, { error: JSON.stringify(error.failure) }, error.message.slice(0, 200));
  if (error.coolDown) await coolDown(db, book.purchase.vendor, error.retryAfterMs ?? 5_000);
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
  const kept = await move(options.db, book, upstreamId ? 'accepted' : 'succeeded', {
    answer: JSON.stringify(answer),
    upstream_id: upstreamId,
    cost_micros: purchase.maxCostMicros,
    accepted_at: options.db.fn.now(),
  });
  if (!kept) {
    await options
      .db('provider_orphans')
      .insert({ op_key: opKey, upstream_id: upstreamId, answer: JSON.stringify(answer) });
    throw new FencedError(`the answer to ${opKey} came after the fence`);
  }
  options.crash('after-accept', book.step.kind);
  return answer;
}
