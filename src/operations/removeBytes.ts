import type { Media } from '../db/media.ts';
import { removeOne } from '../engine/removals.ts';
import type { Context } from './context.ts';

/** Removes a file whose row is deleted already. What fails now is done later: the removal was written down with the deletion. */
export async function removeBytes(
  { db, log, services }: Context,
  media: Pick<Media, 'id' | 'userId' | 'storagePath'>,
): Promise<void> {
  const { storagePath, userId, id: mediaId } = media;
  await removeOne(db, { storagePath, userId, mediaId }, { removeFile: services.removeFile, log });
}
