/** What an endpoint can ask for. */
export const webhookEvents = ['task.completed', 'task.failed', 'task.cancelled', 'task.needs_review'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Why an attempt did not reach its end, in the contract's words. */
const attemptErrors = [
  'address_refused',
  'name_not_found',
  'timed_out',
  'connection_failed',
  'redirected',
  'refused',
  'endpoint_disabled',
  'secret_unreadable',
] as const;
export type AttemptError = (typeof attemptErrors)[number];
