import type { Knex } from 'knex';
import { VendorError } from '../errors.ts';
import type { Log } from '../log.ts';
import { answerIn, findsAway, store, vendorOf } from './absenceRules.ts';
import { AwayError, type HeldStep, type Pay, type VendorPolicy } from './step.ts';

interface Absence {
  db: Knex;
  policies: Record<string, VendorPolicy>;
}

/** What a run's error is once its vendor, or the store, was found away: all processes wait for it, and the step at no cost to its tries. */
export async function absenceOf(error: unknown, { db, policies }: Absence, step: HeldStep, log: Log): Promise<unknown> {
  if (!findsAway(error, policies)) return error;
  const vendor = vendorOf(error);
  const askedMs = error instanceof VendorError ? (error.retryAfterMs ?? 0) : 0;
  const values = [vendor, step.id, askedMs];
  try {
    const { rows } = await db.raw<{ rows: { known: boolean; wait_ms: number; over: boolean }[] }>(
      "select * from meet_absence(?, ?, ? * interval '1 millisecond')",
      values,
    );
    const [met] = rows;
    if (!met) return error;
    if (!met.known) log.warn({ vendor, err: error.message }, `the ${wordFor(vendor)} is away: waiting for it`);
    return new AwayError(error.failure, { delayMs: met.wait_ms, known: met.known, over: met.over });
  } catch (cause) {
    log.warn({ err: cause }, `that the ${wordFor(vendor)} is away could not be noted`);
    return error;
  }
}

const wordFor = (vendor: string): string => (vendor === store ? 'object store' : 'vendor');

/** The store has done something for a step: nobody waits for it any more. Never rejects. */
export const storeIsBack = (db: Knex, log: Log): Promise<void> => vendorIsBack(db, store, false, log);

/** Any answer of a vendor that was away ends the waiting for it, also a refusal. It is noted once the answer is kept. */
export function noticing(pay: Pay, { db, log }: { db: Knex; log: Log }): Pay {
  return async (purchase) => {
    const seen = { answer: false, cooling: false };
    const send: typeof purchase.send = async (call) => {
      try {
        const answer = await purchase.send(call);
        seen.answer = true;
        return answer;
      } catch (error) {
        if (error instanceof VendorError) Object.assign(seen, answerIn(error));
        throw error;
      }
    };
    try {
      return await pay({ ...purchase, send });
    } finally {
      if (seen.answer) await vendorIsBack(db, purchase.vendor, seen.cooling, log);
    }
  };
}

/** Never rejects: an answer is not lost for this, and the next one tells the same. */
async function vendorIsBack(db: Knex, vendor: string, cooling: boolean, log: Log): Promise<void> {
  try {
    const { rows } = await db.raw<{ rows: { back: boolean }[] }>('select vendor_is_back(?, ?) as back', [
      vendor,
      cooling,
    ]);
    if (!rows[0]?.back) return;
    log.info({ vendor }, `the ${wordFor(vendor)} is back`);
    await db.raw('select wake_after_absence(?)', [vendor]);
  } catch (error) {
    log.warn({ err: error }, `that the ${wordFor(vendor)} is back could not be noted`);
  }
}
