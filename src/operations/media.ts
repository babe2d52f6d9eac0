import { rm } from 'node:fs/promises';
import type { DataOf, UploadedFile } from '../contract/operation.ts';
import { newId } from '../db/ids.ts';
import {
  deleteMedia as deleteRow,
  findMedia,
  insertMedia,
  listMedia as listRows,
  type Media,
  type NewMedia,
} from '../db/media.ts';
import { errors } from '../errors.ts';
import { UnreadableMedia } from '../media/failures.ts';
import type { PictureFacts, WrittenPicture } from '../media/pictures.ts';
import { fileDigest } from '../storage/digest.ts';
import { mediaKey } from '../storage/keys.ts';
import { type Addresses, addressesFor } from './addresses.ts';
import type { Operation, UserContext } from './context.ts';
import { done, pageOf, success } from './envelope.ts';
import { found } from './found.ts';
import { hasThumbnail, thumbnailKey } from './thumbnails.ts';

const mediaView = (media: Media, addresses: Addresses): DataOf<'getMedia'> => ({
  id: media.id,
  type: media.type,
  originalFilename: media.originalFilename,
  mimeType: media.mimeType,
  size: media.size,
  width: media.width,
  height: media.height,
  duration: media.duration,
  url: addresses.content(media.id),
  thumbnailUrl: hasThumbnail(media) ? addresses.thumbnail(media.id) : null,
  createdAt: media.createdAt.toISOString(),
});

const longestSide = 4096;

/** What is kept is a new encoding of the picture: nothing of the uploaded bytes, its metadata least of all, survives. */
export const uploadMedia: Operation<'uploadMedia'> = async (ctx, { body }) => {
  const media = await keepPicture(ctx, body.file);
  const location = `/api/v1/media/${media.id}`;
  return { status: 201, body: success(ctx, mediaView(media, addressesFor(ctx)), 'created'), headers: { location } };
};

async function keepPicture(ctx: UserContext, upload: UploadedFile): Promise<Media> {
  const clean = `${upload.path}-clean`;
  const picture = await readable(async () => {
    refuseOtherType(upload, await ctx.services.media.inspectPicture(upload.path));
    return ctx.services.media.cleanPicture(upload.path, clean, { maxSide: longestSide });
  });
  try {
    return await storePicture(ctx, upload, clean, picture);
  } finally {
    await rm(clean, { force: true });
  }
}

const pictureTypes = ['image/jpeg', 'image/png', 'image/webp'];

/** A client that says what it sends has to be right about it. */
function refuseOtherType({ mimeType }: UploadedFile, { format }: PictureFacts): void {
  const declared = mimeType.toLowerCase().replace('image/jpg', 'image/jpeg');
  if (pictureTypes.includes(declared) && declared !== `image/${format}`) throw errors.unsupportedMediaType(mimeType);
}

async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableMedia) throw errors.mediaUnreadable('/body/file');
    throw error;
  }
}

async function storePicture(ctx: UserContext, upload: UploadedFile, file: string, picture: WrittenPicture) {
  const { db, user, services } = ctx;
  const id = newId();
  const key = mediaKey({ userId: user.id, mediaId: id, extension: picture.format === 'jpeg' ? 'jpg' : picture.format });
  const row: NewMedia = {
    id,
    userId: user.id,
    taskId: null,
    type: 'image',
    originalFilename: upload.filename || null,
    storagePath: key,
    mimeType: picture.mimeType,
    size: picture.sizeBytes,
    width: picture.width,
    height: picture.height,
    duration: null,
    sha256: Buffer.from(await fileDigest(file, 'sha256'), 'base64'),
  };
  await services.store.put(key, file, picture.mimeType);
  try {
    return await insertMedia(db, row);
  } catch (error) {
    await services.store.remove(key);
    throw error;
  }
}

export const listMedia: Operation<'listMedia'> = async (ctx, { query: { type, ...page } }) => {
  const rows = await listRows(ctx.db, ctx.user.id, { ...page, ...(type && { type }) });
  const addresses = addressesFor(ctx);
  return {
    status: 200,
    body: success(
      ctx,
      pageOf(rows, (media) => mediaView(media, addresses)),
    ),
  };
};

export const getMedia: Operation<'getMedia'> = async (ctx, { path }) => {
  const media = found(await findMedia(ctx.db, path.mediaId, ctx.user.id), 'media');
  return { status: 200, body: success(ctx, mediaView(media, addressesFor(ctx))) };
};

/** The row goes first: from then on no address of it works, whatever becomes of the bytes. */
export const deleteMedia: Operation<'deleteMedia'> = async (ctx, { path }) => {
  const media = found(await deleteRow(ctx.db, path.mediaId, ctx.user.id), 'media');
  for (const key of [media.storagePath, thumbnailKey(media)]) {
    await ctx.services.store.remove(key).catch((error: Error) => {
      ctx.log.warn({ err: error.message, key }, 'a deleted file could not be removed from the store');
    });
  }
  return { status: 200, body: done(ctx, 'deleted') };
};
