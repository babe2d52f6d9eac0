import { newId } from '../db/ids.ts';
import {
  deleteWebhookEndpoint as deleteRow,
  findWebhookEndpoint,
  insertWebhookEndpoint,
  listWebhookEndpoints as listRows,
  replaceWebhookSecret,
  updateWebhookEndpoint as updateRow,
  type WebhookEndpoint,
} from '../db/webhookEndpoints.ts';
import { errors, fault } from '../errors.ts';
import { ClosedHost } from '../publicHosts.ts';
import type { WebhookEvent } from '../webhooks/events.ts';
import { sealWebhookSecret } from '../webhooks/secrets.ts';
import { newWebhookSecret } from '../webhooks/signature.ts';
import { readTarget } from '../webhooks/target.ts';
import type { Operation, UserContext } from './context.ts';
import { done, pageOf, success } from './envelope.ts';
import { found } from './found.ts';

const endpointsAtMost = 20;

const viewOf = ({ id, url, description, events, enabled, disabledReason, createdAt, updatedAt }: WebhookEndpoint) => ({
  id,
  url,
  description,
  events: events as WebhookEvent[],
  enabled,
  disabledReason,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** The address as it will be asked, or a fault in the field. */
function readUrl({ config }: UserContext, url: string): string {
  try {
    return readTarget(url, config.webhooks).href;
  } catch (error) {
    if (!(error instanceof ClosedHost)) throw error;
    throw errors.invalid([fault('/body/url', error.reason)]);
  }
}

const unique = (events: readonly WebhookEvent[]): WebhookEvent[] => [...new Set(events)];

/** The secret is in this answer and in no other. */
export const createWebhookEndpoint: Operation<'createWebhookEndpoint'> = async (ctx, { body }) => {
  const id = newId();
  const secret = newWebhookSecret();
  const endpoint = {
    id,
    userId: ctx.user.id,
    url: readUrl(ctx, body.url),
    description: body.description,
    events: unique(body.events),
    secret: sealWebhookSecret(ctx.services.secret, id, secret),
  };
  const inserted = await ctx.db.transaction((trx) => insertWebhookEndpoint(trx, endpoint, endpointsAtMost));
  if (!inserted) throw errors.quotaReached('webhook endpoints', endpointsAtMost);
  return {
    status: 201,
    body: success(ctx, { ...viewOf(inserted), secret }, 'created'),
    headers: { location: `/api/v1/webhooks/${id}` },
  };
};

export const listWebhookEndpoints: Operation<'listWebhookEndpoints'> = async (ctx, { query }) => {
  const page = await listRows(ctx.db, ctx.user.id, query);
  return { status: 200, body: success(ctx, pageOf(page, viewOf)) };
};

export const getWebhookEndpoint: Operation<'getWebhookEndpoint'> = async (ctx, { path }) => {
  const endpoint = await findWebhookEndpoint(ctx.db, path.webhookId, ctx.user.id);
  return { status: 200, body: success(ctx, viewOf(found(endpoint, 'webhook endpoint'))) };
};

export const updateWebhookEndpoint: Operation<'updateWebhookEndpoint'> = async (ctx, { path, body }) => {
  const changed = await updateRow(ctx.db, path.webhookId, ctx.user.id, {
    ...body,
    ...(body.url !== undefined && { url: readUrl(ctx, body.url) }),
    ...(body.events !== undefined && { events: unique(body.events) }),
  });
  return { status: 200, body: success(ctx, viewOf(found(changed, 'webhook endpoint')), 'updated') };
};

export const deleteWebhookEndpoint: Operation<'deleteWebhookEndpoint'> = async (ctx, { path }) => {
  const deleted = await deleteRow(ctx.db, path.webhookId, ctx.user.id);
  found(deleted || undefined, 'webhook endpoint');
  return { status: 200, body: done(ctx, 'deleted') };
};

export const rotateWebhookSecret: Operation<'rotateWebhookSecret'> = async (ctx, { path }) => {
  const secret = newWebhookSecret();
  const sealed = sealWebhookSecret(ctx.services.secret, path.webhookId.toLowerCase(), secret);
  const until = await replaceWebhookSecret(ctx.db, path.webhookId, ctx.user.id, sealed);
  const previousSecretExpiresAt = found(until, 'webhook endpoint').toISOString();
  return { status: 200, body: success(ctx, { secret, previousSecretExpiresAt }, 'updated') };
};
