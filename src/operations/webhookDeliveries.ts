import {
  insertTestDelivery,
  listWebhookDeliveries as listRows,
  restartDelivery,
  type WebhookDelivery,
} from '../db/webhookDeliveries.ts';
import { findWebhookEndpoint, type WebhookEndpoint } from '../db/webhookEndpoints.ts';
import { errors } from '../errors.ts';
import type { AttemptError, WebhookEvent } from '../webhooks/events.ts';
import type { Operation, UserContext } from './context.ts';
import { pageOf, success } from './envelope.ts';
import { found } from './found.ts';

const viewOf = ({ id, event, taskId, status, attempts, nextAttemptAt, createdAt }: WebhookDelivery) => ({
  id,
  event: event as WebhookEvent | 'webhook.test',
  taskId,
  status,
  attempts: attempts.map((attempt) => ({ ...attempt, error: attempt.error as AttemptError | null })),
  nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});

/** One of one's own that is sent to. */
async function enabledEndpoint({ db, user }: UserContext, id: string): Promise<WebhookEndpoint> {
  const endpoint = found(await findWebhookEndpoint(db, id, user.id), 'webhook endpoint');
  if (!endpoint.enabled) throw errors.wrongState('webhook endpoint', 'disabled');
  return endpoint;
}

/** Where the delivery can be watched. */
const headersOf = (endpointId: string) => ({ location: `/api/v1/webhooks/${endpointId}/deliveries` });

export const testWebhookEndpoint: Operation<'testWebhookEndpoint'> = async (ctx, { path }) => {
  const { id } = await enabledEndpoint(ctx, path.webhookId);
  const delivery = await ctx.db.transaction((trx) => insertTestDelivery(trx, { endpointId: id, userId: ctx.user.id }));
  return {
    status: 202,
    body: success(ctx, viewOf(found(delivery, 'webhook delivery')), 'accepted'),
    headers: headersOf(id),
  };
};

export const listWebhookDeliveries: Operation<'listWebhookDeliveries'> = async (ctx, { path, query }) => {
  const { id } = found(await findWebhookEndpoint(ctx.db, path.webhookId, ctx.user.id), 'webhook endpoint');
  return { status: 200, body: success(ctx, pageOf(await listRows(ctx.db, id, query), viewOf)) };
};

export const redeliverWebhook: Operation<'redeliverWebhook'> = async (ctx, { path }) => {
  const { id } = await enabledEndpoint(ctx, path.webhookId);
  const delivery = await ctx.db.transaction((trx) => restartDelivery(trx, path.deliveryId, id));
  return {
    status: 202,
    body: success(ctx, viewOf(found(delivery, 'webhook delivery')), 'accepted'),
    headers: headersOf(id),
  };
};
