import { type Seal, seal, unseal } from '../secretBox.ts';

const sealOf = (secret: string, endpointId: string): Seal => ({ secret, purpose: 'webhook secret', owner: endpointId });

/** A signing secret as it is kept. */
export const sealWebhookSecret = (secret: string, endpointId: string, signing: string): Buffer =>
  seal(signing, sealOf(secret, endpointId));

/** Undefined where the installation's secret is another one now. */
export const openWebhookSecret = (secret: string, endpointId: string, sealed: Buffer): string | undefined =>
  unseal(sealed, sealOf(secret, endpointId));
