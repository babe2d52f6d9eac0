import { VendorError } from '../errors.ts';
import { AwayError, BusyError, StoreAwayError, type VendorPolicy } from './step.ts';

/** The object store is waited for as a vendor is; it has a row beside theirs. */
export const store = 'storage';

/** Whether an error says that the vendor is away and that nothing was bought, or nothing that a repetition could buy twice; or that the store is. */
export function findsAway(
  error: unknown,
  policies: Record<string, Pick<VendorPolicy, 'idempotency'>>,
): error is VendorError | StoreAwayError {
  if (error instanceof StoreAwayError) return true;
  if (!(error instanceof VendorError) || !error.away) return false;
  return error.accepted === 'no' || policies[vendorOf(error)]?.idempotency !== 'none';
}

export const vendorOf = (error: VendorError | StoreAwayError): string =>
  error instanceof StoreAwayError ? store : String(error.failure.params.vendor ?? '');

/** What a call that failed tells of its vendor all the same: a refusal is an answer, too. */
export const answerIn = ({ accepted, away, coolDown }: VendorError): { answer: boolean; cooling: boolean } => ({
  answer: accepted !== 'unknown' && !away,
  cooling: coolDown,
});

/** What `admit_call` found. */
export interface Admission {
  cool_ms: number;
  /** Of a vendor that is away, one call in two seconds asks whether it is back: that of the step which the claim chose for it, as a rule. */
  asking: boolean;
  over: boolean;
  paused: boolean;
  in_flight: number;
}

/** A step that has paid before is not kept from running by a pause, only from paying again: it comes back this soon. */
const pausedForMs = 3_000;

/** Why a call may not leave now, if it may not. */
export function whyNotNow(
  found: Admission,
  { vendor, maxInFlight }: { vendor: string; maxInFlight: number },
  random: () => number = Math.random,
): AwayError | BusyError | undefined {
  const { cool_ms: coolMs, asking, over, paused, in_flight: inFlight } = found;
  if (coolMs > 0 && !asking) return over ? awayTooLong(vendor) : new BusyError(vendor, coolMs);
  if (paused) return new BusyError(vendor, pausedForMs);
  return inFlight >= maxInFlight ? new BusyError(vendor, 250 + random() * 500) : undefined;
}

const awayTooLong = (vendor: string): AwayError => {
  const params = { vendor, reason: 'away for 15 minutes' };
  return new AwayError({ code: 7002, key: 'provider_unavailable', params }, { delayMs: 0, known: true, over: true });
};
