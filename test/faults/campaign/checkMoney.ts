import { createHash } from 'node:crypto';
import type { Evidence } from './evidence.ts';

interface Call {
  op_key: string;
  vendor: string;
  status: string;
  send_count: number;
  doubt_count: number;
  cost_micros: number | null;
  upstream_id: string | null;
  step_status: string;
}

/** A step that ended so may leave a call that was surely not taken: no money is held for it, and a retry sends it. */
const endedBadly = new Set(['failed', 'cancelled', 'dead']);

const keyOf = (opKey: string): string => createHash('sha256').update(opKey).digest('hex');

/** Promise 3: what the vendors charged is what the ledger says, and nothing twice: where a vendor cannot tell, doubts are held, or sent once more. */
export async function checkMoney({ db, charges }: Evidence): Promise<string[]> {
  const faults: string[] = [];
  const calls: Call[] = await db('provider_calls as c')
    .join('steps as s', 's.id', 'c.step_id')
    .select('c.*', 's.status as step_status');
  const byKey = new Map(calls.map((call) => [keyOf(call.op_key), call]));
  const charged = new Map<string, number>();
  for (const { key, id, vendor } of charges) {
    if (key === null || !byKey.has(key)) faults.push(`${vendor} charged for ${id}, which the ledger does not know`);
    else charged.set(key, (charged.get(key) ?? 0) + 1);
  }
  const modeOf = new Map(charges.map(({ vendor, mode }) => [vendor as string, mode]));
  const resent = new Set<string>(
    charges.filter(({ mode, onDoubt }) => mode === 'none' && onDoubt === 'resend').map(({ vendor }) => vendor),
  );
  for (const [key, call] of byKey) {
    const times = charged.get(key) ?? 0;
    const mode = modeOf.get(call.vendor) ?? 'key';
    const booked = call.cost_micros !== null ? 1 : 0;
    if (times > (resent.has(call.vendor) ? 2 : 1))
      faults.push(`${call.op_key} was charged ${times} times by ${call.vendor} (${mode})`);
    if (times > booked + call.doubt_count)
      faults.push(`${call.op_key} was charged ${times} times, the ledger knows of ${booked + call.doubt_count}`);
    if (booked > times) faults.push(`${call.op_key} is booked as charged and never was`);
    if (call.status === 'sending' || (call.status === 'reserved' && !endedBadly.has(call.step_status)))
      faults.push(`${call.op_key} is ${call.status} at rest`);
  }
  return [...faults, ...(await checkSums(db)), ...(await checkBudgets(db))];
}

/** Nobody has spent, or may have spent, more than their budget. */
async function checkBudgets(db: Evidence['db']): Promise<string[]> {
  const over = await db('budgets as b')
    .join('spending as s', 's.user_id', 'b.user_id')
    .whereRaw('s.spent_micros + s.reserved_micros + s.doubt_micros > b.day_micros')
    .select<{ user_id: string; day_micros: number; spent_micros: number; doubt_micros: number }[]>('b.*', 's.*');
  return over.map(
    (one) => `${one.user_id} is over the budget: ${one.spent_micros} and ${one.doubt_micros} of ${one.day_micros}`,
  );
}

async function checkSums(db: Evidence['db']): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { wrong: number; reserved: number }[] }>(
    `select coalesce(sum(reserved_micros), 0)::float8 as reserved,
       (select count(*)::int from (
          select user_id, booked_on, sum(spent_micros) as spent, sum(doubt_micros) as doubt from provider_calls group by 1, 2) c
        full join spending s on s.user_id = c.user_id and s.day = c.booked_on
        where c.spent is distinct from s.spent_micros or c.doubt is distinct from s.doubt_micros) as wrong
     from spending`,
  );
  const { wrong = 0, reserved = 0 } = rows[0] ?? {};
  return [
    ...(reserved > 0 ? [`${reserved} micro-USD are reserved at rest`] : []),
    ...(wrong > 0 ? [`the spending of ${wrong} days is not the sum of its calls`] : []),
  ];
}
