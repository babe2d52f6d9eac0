import { join } from 'node:path';
import type { Media } from '../db/media.ts';
import type { DroppedReference } from '../db/takes.ts';
import type { StepTools } from './tools.ts';

/** Pictures attached to a call, and those left out. */
export interface Attached {
  urls: string[];
  sent: string[];
  dropped: DroppedReference[];
}

/** How long a vendor may take to fetch what a signed address shows. */
const signedForSeconds = 900;

/** Attaches pictures in their order of importance, as many as the vendor takes; the rest is dropped with the reason. */
export async function attachReferences(
  tools: StepTools,
  pictures: readonly Media[],
  atMost: number,
): Promise<Attached> {
  const taken = pictures.slice(0, atMost);
  const dropped = pictures
    .slice(atMost)
    .map(({ id }) => ({ mediaId: id, reason: `the vendor takes ${atMost} references at most` }));
  const urls = await Promise.all(taken.map((picture) => referenceUrl(tools, picture)));
  return { urls, sent: taken.map(({ id }) => id), dropped };
}

/** An https address where the vendor can reach the store, else the picture itself as a data URL. */
export async function referenceUrl(tools: StepTools, picture: Media): Promise<string> {
  if (tools.store.public) {
    const url = await tools.store.signedUrl(picture.storagePath, signedForSeconds);
    if (url) return url;
  }
  return asDataUrl(tools, picture);
}

/** A picture as a JPEG data URL of at most 1024 pixels a side, free of metadata. */
export async function asDataUrl({ media, store }: StepTools, picture: Media): Promise<string> {
  return media.withJobDir(async (dir) => {
    const file = join(dir, 'reference');
    await store.download(picture.storagePath, file);
    return media.pictureAsDataUrl(file);
  });
}
