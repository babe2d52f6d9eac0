import type { Knex } from 'knex';
import { type ClaimedDelivery, claimDelivery, postponeDelivery, recordAttempt } from '../db/webhookAttempts.ts';
import type { Log } from '../log.ts';
import { failingAtMostMs, waitAfterMs } from './backOff.ts';
import type { AttemptError } from './events.ts';
import { openWebhookSecret } from './secrets.ts';
import { type SendOptions, type Sent, sendWebhook } from './send.ts';

export interface DeliverOptions extends SendOptions {
  db: Knex;
  /** The installation's secret, with which signing secrets are sealed. */
  secret: string;
  /** Those that it replaces, while it is rotated. */
  formerSecrets?: readonly string[];
  /** Times the waits between attempts. */
  backOffScale: number;
  log: Log;
}

export interface DeliverJob {
  deliveryId: string;
  userId: string;
}

/** So that the endpoints of one user, however slow, leave room for everybody else's. */
const perUserAtMost = 4;

/** Answers what does a job: one attempt of one delivery, its outcome written down. */
export function createDeliver(options: DeliverOptions): (job: DeliverJob) => Promise<void> {
  const underWay = new Map<string, number>();
  return async ({ deliveryId, userId }) => {
    const before = underWay.get(userId) ?? 0;
    if (before >= perUserAtMost) return postponeDelivery(options.db, deliveryId, 1000 + Math.random() * 4000);
    underWay.set(userId, before + 1);
    try {
      await deliver(options, deliveryId);
    } finally {
      const left = (underWay.get(userId) ?? 1) - 1;
      if (left > 0) underWay.set(userId, left);
      else underWay.delete(userId);
    }
  };
}

async function deliver(options: DeliverOptions, deliveryId: string): Promise<void> {
  const { db, backOffScale: scale, signal } = options;
  if (signal?.aborted) return;
  const claim = await claimDelivery(db, deliveryId);
  if (!claim) return;
  const log = options.log.child({ deliveryId, endpointId: claim.endpointId, attempt: claim.attempt });
  const sent = await tryToSend(options, claim).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
    return undefined;
  });
  // Ended in the middle of it: the claim runs out, and another process sends it under the same id.
  if (!sent) return;
  const final = sent.httpStatus === 410 || sent.error === 'endpoint_disabled';
  const disabled = await recordAttempt(db, claim, {
    ...sent,
    retryInMs: final ? undefined : waitAfterMs(claim.tries + 1, { scale, retryAfterMs: sent.retryAfterMs }),
    failingAtMostMs,
  });
  log.info({ status: sent.httpStatus, error: sent.error, ms: sent.durationMs }, 'webhook sent');
  if (disabled) log.warn({ reason: disabled }, 'webhook endpoint disabled');
}

const notSent = (error: AttemptError): Sent => ({
  ok: false,
  httpStatus: null,
  durationMs: 0,
  error,
  response: null,
  retryAfterMs: 0,
});

async function tryToSend(options: DeliverOptions, claim: ClaimedDelivery): Promise<Sent> {
  if (!claim.enabled) return notSent('endpoint_disabled');
  const { secret, formerSecrets } = options;
  const open = (sealed: Buffer) => openWebhookSecret(secret, claim.endpointId, sealed, formerSecrets);
  const present = open(claim.secret);
  if (present === undefined) return notSent('secret_unreadable');
  const former = claim.previousSecret && open(claim.previousSecret);
  const secrets = former ? [present, former] : [present];
  return sendWebhook({ id: claim.id, body: claim.payload, url: claim.url, secrets }, options);
}
