import type { Knex } from 'knex';

/** A delivery in the hands of one attempt. */
export interface ClaimedDelivery {
  id: string;
  /** The number of this attempt: a write shows it, so a late attempt ends nothing. */
  attempt: number;
  tries: number;
  payload: string;
  endpointId: string;
  url: string;
  enabled: boolean;
  secret: Buffer;
  previousSecret: Buffer | null;
}

/** Takes a delivery that is due for a minute; undefined where it is not (any more): somebody else has it, or it has ended. */
export async function claimDelivery(db: Knex, id: string): Promise<ClaimedDelivery | undefined> {
  const { rows } = await db.raw<{ rows: ClaimedDelivery[] }>(
    `update webhook_deliveries d set attempts = d.attempts + 1, next_attempt_at = now() + interval '1 minute'
     from webhook_endpoints e
     where d.id = ? and d.status = 'pending' and d.next_attempt_at <= now() and e.id = d.endpoint_id
     returning d.id, d.attempts as attempt, d.tries, d.payload, e.id as "endpointId", e.url, e.enabled, e.secret,
       case when e.previous_secret_until > now() then e.previous_secret end as "previousSecret"`,
    [id],
  );
  return rows[0];
}

/** Puts a due delivery off: its owner has enough of them under way. */
export async function postponeDelivery(db: Knex, id: string, byMs: number): Promise<void> {
  await db.raw(
    `with later as (
       update webhook_deliveries set next_attempt_at = now() + make_interval(secs => ?)
       where id = ? and status = 'pending' and next_attempt_at <= now() returning id, user_id, next_attempt_at)
     select queue_delivery(id, user_id, next_attempt_at) from later`,
    [byMs / 1000, id],
  );
}

export interface AttemptOutcome {
  ok: boolean;
  httpStatus: number | null;
  durationMs: number;
  error: string | null;
  response: string | null;
  /** Undefined: it was the last attempt. */
  retryInMs: number | undefined;
  /** An endpoint that failed for longer than this is disabled. */
  failingAtMostMs: number;
}

/**
 * Writes down how an attempt ended: the log, the delivery with its next attempt, and what it means for the endpoint, in one commit.
 * Answers why the endpoint was disabled by it, if it was. Lock order: endpoint, delivery.
 */
export async function recordAttempt(
  db: Knex,
  claim: Pick<ClaimedDelivery, 'id' | 'attempt' | 'endpointId' | 'url'>,
  outcome: AttemptOutcome,
): Promise<'gone' | 'failing' | undefined> {
  return db.transaction(async (trx) => {
    const judged = await judgeEndpoint(trx, claim, outcome);
    if (!judged) return undefined;
    const { httpStatus, durationMs, error, response } = outcome;
    await trx('webhook_attempts').insert({
      delivery_id: claim.id,
      number: claim.attempt,
      http_status: httpStatus,
      duration_ms: durationMs,
      error,
      response,
    });
    await settleDelivery(trx, claim, outcome);
    return judged.disabled ?? undefined;
  });
}

/**
 * Undefined where the endpoint was deleted meanwhile, and the delivery with it. What was sent to an address that it has left says nothing
 * about it.
 */
async function judgeEndpoint(
  trx: Knex,
  { endpointId, url }: Pick<ClaimedDelivery, 'endpointId' | 'url'>,
  { ok, httpStatus, error, failingAtMostMs }: AttemptOutcome,
): Promise<{ disabled: 'gone' | 'failing' | null } | undefined> {
  // An attempt that was never made says nothing about the endpoint.
  const counts = error !== 'endpoint_disabled';
  const { rows } = await trx.raw<{ rows: { disabled: 'gone' | 'failing' | null }[] }>(
    `with endpoint as (
       select id, url = :url as present, case
         when not enabled or :ok or url <> :url then null
         when :gone then 'gone'
         when failing_since < now() - make_interval(secs => :most) then 'failing' end as reason
       from webhook_endpoints where id = :id for no key update)
     update webhook_endpoints e set
       failing_since = case when not (:counts and endpoint.present) then e.failing_since
         when not :ok then coalesce(e.failing_since, now()) end,
       enabled = e.enabled and endpoint.reason is null,
       disabled_reason = coalesce(endpoint.reason, e.disabled_reason)
     from endpoint where e.id = endpoint.id returning endpoint.reason as disabled`,
    { id: endpointId, url, ok, gone: httpStatus === 410, counts, most: failingAtMostMs / 1000 },
  );
  return rows[0];
}

async function settleDelivery(trx: Knex, { id, attempt }: { id: string; attempt: number }, outcome: AttemptOutcome) {
  const mine = trx('webhook_deliveries').where({ id, attempts: attempt, status: 'pending' });
  if (outcome.ok) {
    await mine.update({ status: 'delivered', ended_at: trx.fn.now() });
  } else if (outcome.retryInMs === undefined) {
    await mine.update({ status: 'failed', tries: trx.raw('tries + 1'), ended_at: trx.fn.now() });
  } else {
    await trx.raw(
      `with next as (
         update webhook_deliveries set tries = tries + 1, next_attempt_at = now() + make_interval(secs => ?)
         where id = ? and attempts = ? and status = 'pending' returning id, user_id, next_attempt_at)
       select queue_delivery(id, user_id, next_attempt_at) from next`,
      [outcome.retryInMs / 1000, id, attempt],
    );
  }
}

/** Queues deliveries anew whose job or worker was lost. */
export async function topUpDeliveries(db: Knex): Promise<void> {
  await db.raw('select top_up_deliveries()');
}
