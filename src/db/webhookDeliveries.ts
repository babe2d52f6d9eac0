import type { Knex } from 'knex';
import { newId } from './ids.ts';
import { type Page, type PageRequest, pageOf } from './pages.ts';

export type DeliveryStatus = 'pending' | 'delivered' | 'failed';

export interface DeliveryAttempt {
  number: number;
  at: string;
  httpStatus: number | null;
  durationMs: number;
  error: string | null;
  response: string | null;
}

/** One event for one endpoint, as its owner sees it. */
export interface WebhookDelivery {
  id: string;
  event: string;
  taskId: string | null;
  status: DeliveryStatus;
  nextAttemptAt: Date | null;
  createdAt: Date;
  /** The latest ones, oldest first. */
  attempts: DeliveryAttempt[];
}

const shown = `
  d.id, d.event_type as event, d.task_id as "taskId", d.status, d.created_at as "createdAt",
  case when d.status = 'pending' then d.next_attempt_at end as "nextAttemptAt",
  coalesce((select jsonb_agg(to_jsonb(a) order by a.number) from (
    select number, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, http_status as "httpStatus",
      duration_ms as "durationMs", error, response
    from webhook_attempts where delivery_id = d.id order by number desc limit 20) a), '[]') as attempts`;

/** The newest first. */
export async function listWebhookDeliveries(
  db: Knex,
  endpointId: string,
  { status, ...page }: PageRequest & { status?: DeliveryStatus | undefined },
): Promise<Page<WebhookDelivery>> {
  const which = { endpoint_id: endpointId, ...(status && { status }) };
  const kept = db('webhook_deliveries as d').where(which);
  return pageOf(kept, page, (delivery: WebhookDelivery) => delivery, [db.raw(shown)]);
}

async function readDelivery(db: Knex, id: string): Promise<WebhookDelivery | undefined> {
  return db('webhook_deliveries as d').where({ id }).first<WebhookDelivery | undefined>(db.raw(shown));
}

/** An event that says nothing but that it arrived, for this endpoint whatever it asked for. */
export async function insertTestDelivery(
  trx: Knex,
  { endpointId, userId }: { endpointId: string; userId: string },
): Promise<WebhookDelivery | undefined> {
  const id = newId();
  const payload = { type: 'webhook.test', timestamp: new Date().toISOString(), data: { endpointId } };
  await trx('webhook_deliveries').insert({
    id,
    endpoint_id: endpointId,
    user_id: userId,
    event_type: payload.type,
    payload: JSON.stringify(payload),
  });
  await trx.raw('select queue_delivery(?, ?, now())', [id, userId]);
  return readDelivery(trx, id);
}

/** Tries a delivery again at once, with all its attempts before it; undefined where this endpoint has no such one. */
export async function restartDelivery(trx: Knex, id: string, endpointId: string): Promise<WebhookDelivery | undefined> {
  const [row] = await trx('webhook_deliveries')
    .where({ id, endpoint_id: endpointId })
    .update({ status: 'pending', tries: 0, next_attempt_at: trx.fn.now(), ended_at: null })
    .returning<{ user_id: string }[]>('user_id');
  if (!row) return undefined;
  await trx.raw('select queue_delivery(?, ?, now())', [id, row.user_id]);
  return readDelivery(trx, id);
}
