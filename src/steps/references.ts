import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Media } from '../db/media.ts';
import type { DroppedReference, NewTake } from '../db/takes.ts';
import type { VideoProvider } from '../providers/abilities.ts';
import type { StepTools } from './tools.ts';

/** Pictures attached to a call, and their media ids. */
export interface Attached {
  urls: string[];
  sent: string[];
}

/** What a take tells of how it was made; kept with its paid call, so that it is told as it was when the call left. */
export type TakeLabel = Pick<NewTake, 'prompt' | 'referencesSent' | 'referencesDropped' | 'inputHash'>;

/** How long a vendor may take to fetch what a signed address shows. */
const signedForSeconds = 900;

/** The most important pictures, as many as the vendor takes; the rest is dropped with the reason. */
export function chooseReferences(
  pictures: readonly Media[],
  atMost: number,
): { sent: Media[]; dropped: DroppedReference[] } {
  const reason = `the vendor takes ${atMost} references at most`;
  return {
    sent: pictures.slice(0, atMost),
    dropped: pictures.slice(atMost).map(({ id }) => ({ mediaId: id, reason })),
  };
}

type Attaching = Pick<VideoProvider['capabilities'], 'maxReferences' | 'idempotency'>;

/** Attaches pictures in their order of importance, as many as the vendor takes. */
export async function attachReferences(
  tools: StepTools,
  pictures: readonly Media[],
  vendor: Attaching,
): Promise<Attached> {
  const { sent } = chooseReferences(pictures, vendor.maxReferences);
  const urls = await Promise.all(sent.map((picture) => referenceUrl(tools, picture, vendor)));
  return { urls, sent: sent.map(({ id }) => id) };
}

/**
 * Whether the vendor is given addresses. A signed one differs at every try, and a vendor that honours keys compares what comes under them:
 * it gets the pictures themselves.
 */
const takesAddresses = ({ store }: StepTools, { idempotency }: Pick<Attaching, 'idempotency'>): boolean =>
  store.public && idempotency !== 'key';

/** An https address where the vendor can reach the store, else the picture itself as a data URL. */
async function referenceUrl(tools: StepTools, picture: Media, vendor: Pick<Attaching, 'idempotency'>): Promise<string> {
  if (takesAddresses(tools, vendor)) {
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
export async function firstFrameUrl(
  tools: StepTools,
  picture: Media,
  vendor: Pick<Attaching, 'idempotency'>,
): Promise<string> {
  const { width, height, mimeType, size, storagePath } = picture;
  const side = Math.max(width ?? Number.POSITIVE_INFINITY, height ?? Number.POSITIVE_INFINITY);
  const usual = mimeType === asStored.mimeType && size <= asStored.bytes && side <= asStored.side;
  if (takesAddresses(tools, vendor) || !usual) return referenceUrl(tools, picture, vendor);
  return tools.media.withJobDir(async (dir) => {
    const file = join(dir, 'frame');
    // A download is whole or fails; a stream may also bring what was damaged on its way, and that would be bought for.
    await tools.store.download(storagePath, file);
    return `data:${mimeType};base64,${await readFile(file, 'base64')}`;
  });
}
