import { type Seal, seal, unseal } from '../secretBox.ts';

const sealOf = (secret: string, endpointId: string): Seal => ({ secret, purpose: 'webhook secret', owner: endpointId });

/** A signing secret as it is kept. */
export const sealWebhookSecret = (secret: string, endpointId: string, signing: string): Buffer =>
  seal(signing, sealOf(secret, endpointId));

/** Undefined where it was sealed with neither the installation's secret nor a former one. */
export const openWebhookSecret = (
  secret: string,
  endpointId: string,
  sealed: Buffer,
  formerSecrets: readonly string[] = [],
): string | undefined => unseal(sealed, sealOf(secret, endpointId), formerSecrets);

/** Sealed anew with the present secret where a former one sealed it; undefined where nothing is to do or can be done. */
export function resealWebhookSecret(
  secret: string,
  endpointId: string,
  sealed: Buffer | null,
  formerSecrets: readonly string[],
): Buffer | undefined {
  if (!sealed || openWebhookSecret(secret, endpointId, sealed) !== undefined) return undefined;
  const signing = openWebhookSecret(secret, endpointId, sealed, formerSecrets);
  return signing === undefined ? undefined : sealWebhookSecret(secret, endpointId, signing);
}
