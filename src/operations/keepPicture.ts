import { rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import type { UploadedFile } from '../contract/operation.ts';
import type { Media } from '../db/media.ts';
import type { UserContext } from './context.ts';
import { checkUpload, readable, storePicture } from './uploads.ts';

const longestSide = 4096;

/**
 * Makes media of a file somebody sent, however it came. What is kept is a new encoding of the picture: nothing of the bytes that were
 * sent, their metadata least of all, survives. `pointer` says where the client finds what is at fault.
 */
export async function keepPicture(
  ctx: UserContext,
  upload: UploadedFile,
  { pointer, also }: { pointer?: string; also?: (trx: Knex, media: Media) => Promise<void> } = {},
): Promise<Media> {
  const clean = `${upload.path}-clean`;
  const picture = await readable(async () => {
    await checkUpload(ctx, upload, pointer);
    return ctx.services.media.cleanPicture(upload.path, clean, { maxSide: longestSide });
  }, pointer);
  try {
    return await storePicture(ctx, { file: clean, picture, filename: upload.filename }, also);
  } finally {
    await rm(clean, { force: true });
  }
}
