import { rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import type { UploadedFile } from '../../contract/operation.ts';
import { mediaIdOf } from '../../db/ids.ts';
import { deleteMedia, type Media } from '../../db/media.ts';
import { setAvatarUrl } from '../../db/users.ts';
import type { UserContext } from '../context.ts';
import { removeBytes } from '../removeBytes.ts';
import { checkUpload, readable, storePicture } from '../uploads.ts';

const sidePx = 512;

/** A square around the picture's centre, kept like any other file of one's own; the avatar before goes unless it is used elsewhere. */
export async function replaceAvatar(ctx: UserContext, upload: UploadedFile): Promise<void> {
  const square = `${upload.path}-avatar.webp`;
  const picture = await readable(async () => {
    await checkUpload(ctx, upload);
    return ctx.services.media.fitPicture(upload.path, square, { width: sidePx, height: sidePx });
  });
  let before: Media | undefined;
  try {
    await storePicture(ctx, { file: square, picture, filename: 'avatar.webp' }, async (trx, { url }) => {
      before = await exchange(trx, ctx.user.id, url);
    });
  } finally {
    await rm(square, { force: true });
  }
  if (before) await removeBytes(ctx, before);
}

export async function removeAvatar(ctx: UserContext): Promise<void> {
  const before = await ctx.db.transaction((trx) => exchange(trx, ctx.user.id, null));
  if (before) await removeBytes(ctx, before);
}

/** Sets the avatar and deletes the row of the one before, which is answered; one that something shows stays. */
async function exchange(trx: Knex, userId: string, url: string | null): Promise<Media | undefined> {
  const mediaId = mediaIdOf(await setAvatarUrl(trx, userId, url));
  const deleted = mediaId === null ? undefined : await deleteMedia(trx, mediaId, userId);
  return deleted === 'in use' ? undefined : deleted;
}
