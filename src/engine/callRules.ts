import { VendorError } from '../errors.ts';
import { type CallStatus, StopError, type VendorPolicy } from './step.ts';

const coolDownMs = 5_000;

/** A call in the ledger, as far as what comes next depends on it. */
export interface CallFacts {
  status: CallStatus;
  /** Whether it was written down for the very same request. */
  sameRequest: boolean;
  doubts: number;
}

export type NextMove =
  /** `doubted`: an earlier send under the same key may have been taken, whatever becomes of this one. */
  | { kind: 'send'; note?: string; doubts?: number; doubted?: true }
  | { kind: 'look-up' }
  | { kind: 'answered' }
  | { kind: 'failed' }
  | { kind: 'hold' };

/**
 * What a step may do about its paid call: the one place that decides whether money is spent (again). What is paid for is used, even where
 * something else would be asked for by now.
 */
export function nextMove(call: CallFacts | undefined, policy: VendorPolicy): NextMove {
  if (!call) return { kind: 'send' };
  if (call.status === 'accepted' || call.status === 'succeeded') return { kind: 'answered' };
  if (call.status === 'failed') return { kind: 'failed' };
  if (call.status === 'reserved') return { kind: call.sameRequest || call.doubts === 0 ? 'send' : 'hold' };
  return call.status === 'sending' ? inDoubt(call, policy) : { kind: 'hold' };
}

/** Never another request under a key that may have been taken: the vendor would refuse it, or answer with what it made of the first. */
function inDoubt({ doubts, sameRequest }: CallFacts, { idempotency, onDoubt }: VendorPolicy): NextMove {
  if (idempotency === 'lookup') return { kind: 'look-up' };
  if (!sameRequest) return { kind: 'hold' };
  if (idempotency === 'key') return { kind: 'send', note: 'same key', doubted: true };
  if (onDoubt === 'resend' && doubts === 0) return { kind: 'send', note: 'resent in doubt', doubts: 1 };
  return { kind: 'hold' };
}

/** An answer may be a little later than its time: it has to be kept, too. */
const keptWithinMs = 5_000;

/**
 * How long to wait for the answer of a call that somebody else may still have on its way, before it is sent a second time as if it had none:
 * its worker may have lost the database and not the vendor. Nothing where a second send costs nothing, and where its sender said that
 * there is no answer.
 */
export function answerMayComeMs(
  call: { doubts: number; ageMs: number; unanswered: boolean },
  { idempotency, onDoubt, answersWithinMs }: VendorPolicy,
): number {
  if (idempotency !== 'none' || onDoubt !== 'resend' || call.doubts > 0 || call.unanswered) return 0;
  return Math.max(0, answersWithinMs + keptWithinMs - call.ageMs);
}

/** How long after it left a call is looked up again that the vendor did not show at once. */
const looksAfterMs = [5_000, 30_000];

/**
 * How long to wait until a call is looked up again that left `ageMs` ago and is not known; 0 once it has been unknown for so long that it never
 * arrived. A vendor under load takes a call later than one would think, and what is sent again before that is bought twice.
 */
export function lookAgainMs(ageMs: number, { shownWithinMs }: VendorPolicy): number {
  const next = looksAfterMs.find((ms) => ms > ageMs) ?? shownWithinMs;
  return Math.max(0, Math.min(next, shownWithinMs) - ageMs);
}

export interface SendEnd {
  to: 'reserved' | 'failed' | 'ambiguous' | 'sending';
  doubts: number;
  coolDownMs?: number;
  /** The vendor had its last word under this key: another try needs another one. */
  keySpent?: true;
  /** It was charged for, although nothing came of it. */
  paid?: true;
}

/**
 * What a send without a usable answer means for the books; undefined: it stays in doubt. That this send was surely not taken says nothing
 * of an earlier one under the same key.
 */
export function endOfSend(error: unknown, doubted = false): SendEnd | undefined {
  if (error instanceof StopError && error.reason === 'cancelled') return { to: 'ambiguous', doubts: 1 };
  if (!(error instanceof VendorError) || error.accepted === 'unknown') return undefined;
  if (error.accepted === 'yes') return { to: 'failed', doubts: 0, paid: true };
  const cooling = error.coolDown && { coolDownMs: error.retryAfterMs ?? coolDownMs };
  if (doubted && error.retryable) return { to: 'sending', doubts: 0, ...cooling };
  if (doubted) return { to: 'ambiguous', doubts: 1, keySpent: true, ...cooling };
  return { to: error.retryable ? 'reserved' : 'failed', doubts: 0, ...cooling };
}

/** What the vendor's word on a submitted clip leads to. */
export function afterPoll(
  standing: 'running' | 'completed' | 'failed',
  overdue: boolean,
): 'collect' | 'fail' | 'give-up' | 'ask-again' {
  if (standing === 'completed') return 'collect';
  if (standing === 'failed') return 'fail';
  return overdue ? 'give-up' : 'ask-again';
}

/** What a poll without an answer leads to; a vendor that is away is waited for longer. */
export function afterFailedPoll(
  error: unknown,
  { overdue, overdueAway }: { overdue: boolean; overdueAway: boolean },
): 'give-up' | 'ask-again' {
  const isAway = error instanceof VendorError && error.away;
  return (isAway ? overdueAway : overdue) ? 'give-up' : 'ask-again';
}
