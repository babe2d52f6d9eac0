import type { OperationId } from '../contract/operation.ts';

/** Answers that hold a secret shown once: kept for a repeated `Idempotency-Key`, they are sealed. */
export const secretAnswers: ReadonlySet<string> = new Set<OperationId>([
  'createApiKey',
  'createWebhookEndpoint',
  'rotateWebhookSecret',
]);
