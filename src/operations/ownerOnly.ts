import type { OperationId } from '../contract/operation.ts';

/** What an API key may not do: manage keys, and decide about the account. A lost key can be revoked; it can't make itself at home. */
export const ownerOnly: ReadonlySet<OperationId> = new Set([
  'listApiKeys',
  'createApiKey',
  'revokeApiKey',
  'changePassword',
  'deleteCurrentUser',
]);
