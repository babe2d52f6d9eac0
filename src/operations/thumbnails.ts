import { join } from 'node:path';
import type { Media } from '../db/media.ts';
import { mediaKey } from '../storage/keys.ts';
import type { Context } from './context.ts';

export const greatestWidth = 640;

/** Pictures have one, and moving pictures have a poster. */
export const hasThumbnail = ({ type }: Media): boolean => type === 'image' || type === 'video';

/** One thumbnail per file is kept, at the greatest width; smaller ones are made from it. */
export const thumbnailKey = ({ userId, id }: Pick<Media, 'userId' | 'id'>): string =>
  mediaKey({ userId, mediaId: id, variant: 'thumbnail', extension: 'webp' });

export interface SmallPicture {
  file: string;
  mimeType: 'image/webp' | 'image/jpeg';
}

const underWay = new Map<string, Promise<void>>();

/** Makes the kept thumbnail of a file unless it is there; several requests at once make it once. */
async function keepThumbnail(ctx: Context, media: Media): Promise<void> {
  const key = thumbnailKey(media);
  if (await ctx.services.store.stat(key)) return;
  const making = underWay.get(key) ?? makeThumbnail(ctx, media, key).finally(() => underWay.delete(key));
  underWay.set(key, making);
  await making;
}

async function makeThumbnail({ services }: Context, media: Media, key: string): Promise<void> {
  const { store, media: room } = services;
  await room.withJobDir(async (dir) => {
    const whole = join(dir, 'whole');
    await store.download(media.storagePath, whole);
    const picture = media.type === 'video' ? join(dir, 'poster.jpg') : whole;
    if (media.type === 'video') await room.takePoster(whole, picture);
    const small = join(dir, 'small.webp');
    await room.thumbnail(picture, small, { width: greatestWidth });
    await putUnlessThere(services.store, key, small);
  });
}

/** Another process may have made it meanwhile; encoders of different versions differ in bytes, and either will do. */
async function putUnlessThere(store: Context['services']['store'], key: string, file: string): Promise<void> {
  try {
    await store.put(key, file, 'image/webp');
  } catch (error) {
    if (!(await store.stat(key))) throw error;
  }
}

/** Hands a picture of at most this width to `use`; its file is gone afterwards. */
export async function withThumbnail(
  ctx: Context,
  media: Media,
  wanted: { width: number; webp: boolean },
  use: (picture: SmallPicture) => Promise<void>,
): Promise<void> {
  await keepThumbnail(ctx, media);
  const { store, media: room } = ctx.services;
  await room.withJobDir(async (dir) => {
    const kept = join(dir, 'kept.webp');
    const fitted = join(dir, 'fitted.webp');
    await store.download(thumbnailKey(media), kept);
    const { width, height } = await room.thumbnail(kept, fitted, { width: wanted.width });
    if (wanted.webp) return use({ file: fitted, mimeType: 'image/webp' });
    const jpeg = join(dir, 'fitted.jpg');
    await room.fitPicture(fitted, jpeg, { width, height });
    return use({ file: jpeg, mimeType: 'image/jpeg' });
  });
}
