import type { Knex } from 'knex';
import { type PauseScope, pauseScopes } from '../db/pauses.ts';

/** In the order in which their rows are locked. */
const vendorsOf = (scope: PauseScope): PauseScope[] =>
  pauseScopes.filter((one) => one !== 'all' && (scope === 'all' || one === scope)).sort();

/** Waits for every intent that was let through before; whoever comes after sees what is committed with this. */
async function lockVendors(trx: Knex, scope: PauseScope): Promise<void> {
  const vendors = vendorsOf(scope);
  await trx('vendor_limits')
    .insert(vendors.map((vendor) => ({ vendor })))
    .onConflict()
    .ignore();
  await trx('vendor_limits').whereIn('vendor', vendors).orderBy('vendor').forUpdate().select('vendor');
}

/** From the commit on no process writes down another paid call to this vendor, or to any. */
export async function pauseSpending(
  trx: Knex,
  { scope, reason, by }: { scope: PauseScope; reason: string; by: string },
): Promise<void> {
  await lockVendors(trx, scope);
  await trx('spending_pauses')
    .insert({ scope, reason, paused_by: by })
    .onConflict('scope')
    .merge(['reason', 'paused_by']);
}

/** Wakes as many workers as there are steps that waited for this. */
export async function resumeSpending(trx: Knex, scope: PauseScope): Promise<void> {
  await trx('spending_pauses').where({ scope }).delete();
  await trx.raw(
    `select wake_workers((select count(*)::int from steps where status = 'ready' and vendor = any (?)), now())`,
    [vendorsOf(scope)],
  );
}
