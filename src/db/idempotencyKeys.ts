import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/** The first answer to a request that carried a key. */
export interface StoredAnswer {
  operation: string;
  requestHash: Buffer;
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/** Holds a user's key until the transaction ends; false when another request holds it. Waits for nobody. */
export async function tryLockKey(trx: Knex, userId: string, key: string): Promise<boolean> {
  const lockId = createHash('sha256').update(`${userId} ${key}`).digest().readBigInt64BE();
  const { rows } = await trx.raw<{ rows: { held: boolean }[] }>('select pg_try_advisory_xact_lock(?) as held', [
    lockId.toString(),
  ]);
  return rows[0]?.held ?? false;
}

export async function findStoredAnswer(db: Knex, userId: string, key: string): Promise<StoredAnswer | undefined> {
  const row = await db('idempotency_keys')
    .where({ user_id: userId, key })
    .where('created_at', '>', db.raw("now() - interval '30 days'"))
    .first<
      | { operation: string; request_hash: Buffer; status: number; body: string; headers: Record<string, string> }
      | undefined
    >();
  return (
    row && {
      operation: row.operation,
      requestHash: row.request_hash,
      status: row.status,
      body: JSON.parse(row.body) as unknown,
      headers: row.headers,
    }
  );
}

/** Stores the answer under the lock of its key. The body is kept as text inside the jsonb, so that its bytes come back. */
export async function storeAnswer(trx: Knex, userId: string, key: string, answer: StoredAnswer): Promise<void> {
  const row = {
    user_id: userId,
    key,
    operation: answer.operation,
    request_hash: answer.requestHash,
    status: answer.status,
    body: JSON.stringify(JSON.stringify(answer.body)),
    headers: JSON.stringify(answer.headers),
    locked_until: trx.fn.now(),
    created_at: trx.fn.now(),
  };
  await trx('idempotency_keys').insert(row).onConflict(['user_id', 'key']).merge();
}
