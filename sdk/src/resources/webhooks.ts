import { type UnwrapOptions, unwrap, type WebhookHeaders } from '../webhooks.js';

export const createWebhooks = (webhookSecret: string | readonly string[] | undefined) => ({
  /** The event of a webhook whose signature is right and recent; throws `WebhookVerificationError`. Needs the body as it came. */
  unwrap: <Event = { type: string; data: unknown }>(
    body: string | Uint8Array,
    headers: WebhookHeaders,
    options?: UnwrapOptions,
  ) => unwrap<Event>(body, headers, { secret: webhookSecret, ...options }),
});

export type Webhooks = ReturnType<typeof createWebhooks>;
