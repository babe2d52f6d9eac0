import type { OperationId } from '../contract/operation.ts';

/**
 * What an API key may not do: manage keys, change the password, close the account, and raise what it may spend. A lost key can be revoked and
 * has made no other. Webhook endpoints are set up by programs, so a key may; they are disabled when it is revoked.
 */
export const ownerOnly: ReadonlySet<OperationId> = new Set([
  'listApiKeys',
  'createApiKey',
  'revokeApiKey',
  'changePassword',
  'deleteCurrentUser',
  'setBudget',
]);
