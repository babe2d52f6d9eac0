import { deleteMedia as deleteRow, findMedia, listMedia as listRows } from '../db/media.ts';
import { errors } from '../errors.ts';
import { addressesFor } from './addresses.ts';
import type { Operation } from './context.ts';
import { done, pageOf, success } from './envelope.ts';
import { found } from './found.ts';
import { keepPicture } from './keepPicture.ts';
import { mediaView } from './mediaView.ts';
import { removeBytes } from './removeBytes.ts';

export const uploadMedia: Operation<'uploadMedia'> = async (ctx, { body }) => {
  const media = await keepPicture(ctx, body.file);
  const location = `/api/v1/media/${media.id}`;
  return { status: 201, body: success(ctx, mediaView(media, addressesFor(ctx)), 'created'), headers: { location } };
};

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
