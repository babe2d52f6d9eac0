import type { Knex } from 'knex';
import type { UploadedFile } from '../contract/operation.ts';
import { newId } from '../db/ids.ts';
import { insertMedia, type Media, sumMediaBytes } from '../db/media.ts';
import { hastenRemoval, type RemovedFile, scheduleOrphanRemoval } from '../db/objectRemovals.ts';
import { removeOne } from '../engine/removals.ts';
import { errors } from '../errors.ts';
import { TooManyPixels, UnreadableMedia } from '../media/failures.ts';
import type { WrittenPicture } from '../media/pictures.ts';
import { fileDigest } from '../storage/digest.ts';
import { mediaKey } from '../storage/keys.ts';
import type { UserContext } from './context.ts';

const pictureTypes = ['image/jpeg', 'image/png', 'image/webp'];

/** A client that says what it sends has to be right about it. */
export async function checkUpload(
  { services }: UserContext,
  { path, mimeType }: UploadedFile,
  pointer = '/body/file',
): Promise<void> {
  const { format } = await services.media.inspectPicture(path);
  const declared = mimeType.toLowerCase().replace('image/jpg', 'image/jpeg');
  if (pictureTypes.includes(declared) && declared !== `image/${format}`)
    throw errors.contentDisagrees(pointer, declared, `image/${format}`);
}

/** Whatever is no picture is the caller's fault. */
export async function readable<T>(work: () => Promise<T>, pointer = '/body/file'): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooManyPixels) throw errors.tooManyPixels(pointer, error.megapixels);
    if (error instanceof UnreadableMedia) throw errors.mediaUnreadable(pointer);
    throw error;
  }
}

interface NewPicture {
  file: string;
  picture: WrittenPicture;
  filename: string;
}

/**
 * Puts a picture into the store and its row into the database, with `also` in the same transaction; neither stays without the
 * other: the file is written down for removal first, outside of any transaction, and the row calls that off. Refused when the user's files would be more than the user may keep, counted under a lock.
 */
export async function storePicture(
  ctx: UserContext,
  { file, picture, filename }: NewPicture,
  also: (trx: Knex, media: Media) => Promise<void> = async () => undefined,
): Promise<Media> {
  const { db, user, services } = ctx;
  const id = newId();
  const extension = picture.format === 'jpeg' ? 'jpg' : picture.format;
  const storagePath = mediaKey({ userId: user.id, mediaId: id, extension });
  const sha256 = Buffer.from(await fileDigest(file, 'sha256'), 'base64');
  const { mimeType, sizeBytes: size, width, height } = picture;
  const facts = { type: 'image', originalFilename: filename || null, mimeType, size, width, height } as const;
  const orphan = { storagePath, userId: user.id, mediaId: id };
  await scheduleOrphanRemoval(services.db, orphan);
  await services.store.put(storagePath, file, mimeType);
  try {
    return await db.transaction(async (trx) => {
      await checkBytes(ctx, trx, size);
      const row = { id, userId: user.id, taskId: null, storagePath, duration: null, sha256, ...facts };
      const media = await insertMedia(trx, row);
      await also(trx, media);
      return media;
    });
  } catch (error) {
    await forgetOrphan(ctx, orphan);
    throw error;
  }
}

/** Whatever becomes of the bytes, what is told is why there is no row; the remover works off what is left. */
async function forgetOrphan({ services, log }: UserContext, orphan: RemovedFile): Promise<void> {
  const { db, removeFile } = services;
  try {
    if (await hastenRemoval(db, orphan)) await removeOne(db, orphan, { removeFile, log });
  } catch (error) {
    log.warn({ err: error, key: orphan.storagePath }, 'a file without a row is left to the remover');
  }
}

async function checkBytes({ config, user }: UserContext, trx: Knex, more: number): Promise<void> {
  const most = config.maxMediaBytesPerUser;
  if ((await sumMediaBytes(trx, user.id)) + more > most) throw errors.quotaReached('bytes of files', most);
}
