import type { Core, Wire } from '../core.js';
import { WebhooksApi } from '../generated/apis/WebhooksApi.js';
import type { WebhookDeliveryStatus } from '../generated/models/WebhookDeliveryStatus.js';
import type { WebhookEndpointCreate } from '../generated/models/WebhookEndpointCreate.js';
import type { WebhookEndpointUpdate } from '../generated/models/WebhookEndpointUpdate.js';
import { Configuration } from '../generated/runtime.js';
import type { ListOptions, RequestOptions } from '../options.js';
import { type UnwrapOptions, unwrap, type WebhookHeaders } from '../webhooks.js';

const api = (wire: Wire) => new WebhooksApi(new Configuration(wire));

export interface DeliveryListOptions extends ListOptions {
  status?: WebhookDeliveryStatus | undefined;
}

export const createWebhooks = (core: Core, webhookSecret: string | readonly string[] | undefined) => ({
  /** The secret is shown in this answer only. */
  create: (webhookEndpointCreate: WebhookEndpointCreate, options?: RequestOptions) =>
    core.call((wire) => api(wire).createWebhookEndpointRaw({ webhookEndpointCreate }), options),
  get: (webhookId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).getWebhookEndpointRaw({ webhookId }), options),
  list: (options: ListOptions = {}) => core.list((wire, page) => api(wire).listWebhookEndpointsRaw(page), options),
  update: (webhookId: string, webhookEndpointUpdate: WebhookEndpointUpdate, options?: RequestOptions) =>
    core.call((wire) => api(wire).updateWebhookEndpointRaw({ webhookId, webhookEndpointUpdate }), options),
  delete: (webhookId: string, options?: RequestOptions) =>
    core.done((wire) => api(wire).deleteWebhookEndpointRaw({ webhookId }), options),
  /** Another secret; the present one goes on signing beside it for a while. */
  rotateSecret: (webhookId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).rotateWebhookSecretRaw({ webhookId }), options),
  /** Has a webhook sent that means nothing. */
  test: (webhookId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).testWebhookEndpointRaw({ webhookId }), options),
  /** What was sent and what came of it. */
  deliveries: (webhookId: string, { status, ...options }: DeliveryListOptions = {}) =>
    core.list((wire, page) => api(wire).listWebhookDeliveriesRaw({ webhookId, ...page, status }), options),
  redeliver: (webhookId: string, deliveryId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).redeliverWebhookRaw({ webhookId, deliveryId }), options),
  /** The event of a webhook whose signature is right and recent; throws `WebhookVerificationError`. Needs the body as it came. */
  unwrap: (body: string | Uint8Array, headers: WebhookHeaders, options?: UnwrapOptions) =>
    unwrap(body, headers, { secret: webhookSecret, ...options }),
});

export type Webhooks = ReturnType<typeof createWebhooks>;
