import type { Knex } from 'knex';
import { move } from './ledgerStore.ts';

/** Later than any vendor's time-out, and than a worker's patience with a database that is to take the answer. */
const answeredWithin = "interval '10 minutes'";
const atOnce = 100;

/** What is on its way without an answer, or in doubt, for work that was deleted is nobody's to decide any more: it counts as spent. */
export async function writeOffForsaken(db: Knex): Promise<void> {
  if ((await forsaken(db).first('op_key')) === undefined) return;
  await db.transaction(async (trx) => {
    const keys: string[] = await forsaken(trx).orderBy('id').limit(atOnce).forUpdate().pluck('op_key');
    const which = (calls: Knex.QueryBuilder) => calls.whereIn('op_key', keys);
    const lost = (times: string) => ({ lost_micros: trx.raw(`${times} * max_cost_micros`) });
    const how = { to: 'abandoned', note: 'its work was deleted' } as const;
    await move(trx, which, { ...how, from: 'ambiguous', columns: lost('doubt_count') });
    await move(trx, which, { ...how, from: 'sending', columns: lost('(doubt_count + 1)') });
  });
}

const forsaken = (db: Knex) =>
  db('provider_calls as c')
    .where((call) =>
      call
        .where({ status: 'ambiguous' })
        .orWhere((sent) => sent.where({ status: 'sending' }).whereRaw(`sending_at < now() - ${answeredWithin}`)),
    )
    .whereNotExists(db('steps as s').whereRaw('s.id = c.step_id').select(db.raw('1')));
