import type { Take } from '../db/takes.ts';
import type { Addresses } from './addresses.ts';

/** What takes of scenes and of characters have in common. */
export function takeView(take: Take, addresses: Addresses) {
  const { id, mediaId, prompt, vendor, model, referencesSent, referencesDropped, costMicros, createdAt } = take;
  return {
    id,
    mediaId,
    thumbnailUrl: addresses.thumbnail(mediaId),
    prompt,
    vendor,
    model,
    referencesSent,
    referencesDropped,
    costMicros,
    createdAt: createdAt.toISOString(),
  };
}
