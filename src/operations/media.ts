import { rm } from 'node:fs/promises';
import type { DataOf, UploadedFile } from '../contract/operation.ts';
import { deleteMedia as deleteRow, findMedia, listMedia as listRows, type Media } from '../db/media.ts';
import { errors } from '../errors.ts';
import { type Addresses, addressesFor } from './addresses.ts';
import type { Operation, UserContext } from './context.ts';
import { done, pageOf, success } from './envelope.ts';
import { found } from './found.ts';
import { removeBytes } from './removeBytes.ts';
import { hasThumbnail } from './thumbnails.ts';
import { checkUpload, readable, storePicture } from './uploads.ts';

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
    await checkUpload(ctx, upload);
    return ctx.services.media.cleanPicture(upload.path, clean, { maxSide: longestSide });
  });
  try {
    return await storePicture(ctx, { file: clean, picture, filename: upload.filename });
  } finally {
    await rm(clean, { force: true });
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
  const deleted = await ctx.db.transaction((trx) => deleteRow(trx, path.mediaId, ctx.user.id));
  const media = found(deleted, 'media');
  if (media === 'in use') throw errors.inUse('media');
  await removeBytes(ctx, media);
  return { status: 200, body: done(ctx, 'deleted') };
};
