import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
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

/** A picture as a JPEG data URL of at most 1024 pixels a side, free of metadata; made once for all the calls it goes along with. */
export async function asDataUrl({ media, store, attachable }: StepTools, picture: Media): Promise<string> {
  const make = () =>
    media.withJobDir(async (dir) => {
      const file = join(dir, 'reference');
      await store.download(picture.storagePath, file);
      return media.pictureAsDataUrl(file);
    });
  return attachable.get(picture.id, make);
}

/** What is stored was encoded here, without metadata; so much of it goes along as it is. */
const asStored = { mimeType: 'image/jpeg', bytes: 1_000_000, side: 1920 };

/** The picture a clip starts from: an address or, of a usual size, the very file, in full sharpness. */
export async function firstFrameUrl(tools: StepTools, picture: Media): Promise<string> {
  const { width, height, mimeType, size, storagePath } = picture;
  const side = Math.max(width ?? Number.POSITIVE_INFINITY, height ?? Number.POSITIVE_INFINITY);
  const usual = mimeType === asStored.mimeType && size <= asStored.bytes && side <= asStored.side;
  if (tools.store.public || !usual) return referenceUrl(tools, picture);
  const bytes = await buffer(await tools.store.read(storagePath));
  return `data:${mimeType};base64,${bytes.toString('base64')}`;
}
