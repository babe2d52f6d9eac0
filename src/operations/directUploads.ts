import { join } from 'node:path';
import type { BodyOf, DataOf } from '../contract/operation.ts';
import { newId } from '../db/ids.ts';
import { findMedia, type Media, sumMediaBytes } from '../db/media.ts';
import {
  completeUpload as completeRow,
  deleteUpload,
  findUpload,
  insertUpload,
  type MediaUpload,
  sumOpenUploads,
} from '../db/mediaUploads.ts';
import { scheduleRemoval } from '../db/objectRemovals.ts';
import { AppError, errors, fault } from '../errors.ts';
import { fileDigest } from '../storage/digest.ts';
import { extensionOf, uploadKey } from '../storage/keys.ts';
import { ObjectMissing } from '../storage/objectStore.ts';
import { addressesFor } from './addresses.ts';
import { cleanName } from './cleanName.ts';
import type { Operation, UserContext } from './context.ts';
import { success } from './envelope.ts';
import { found } from './found.ts';
import { keepPicture } from './keepPicture.ts';
import { mediaView } from './mediaView.ts';
import { removeBytes } from './removeBytes.ts';

const openForSeconds = 900;
const mostOpen = 100;
const pointer = '/path/uploadId';

/** An address at the bucket for exactly these bytes: their type and length are signed with it. */
export const startUpload: Operation<'startUpload'> = async (ctx, { body }) => {
  const { store } = ctx.services;
  const upload = newUpload(ctx, body);
  const signed = store.direct ? await store.signedPut(upload.storagePath, upload.byteSize, openForSeconds) : undefined;
  if (!signed) throw errors.directUploadUnsupported();
  await ctx.db.transaction(async (trx) => {
    await checkRoom(ctx, trx, upload.byteSize);
    await insertUpload(trx, upload);
  });
  const data: DataOf<'startUpload'> = {
    ...{ uploadId: upload.id, method: 'PUT', ...signed },
    expiresAt: upload.expiresAt.toISOString(),
  };
  return { status: 201, body: success(ctx, data, 'created') };
};

function newUpload({ user }: UserContext, body: BodyOf<'startUpload'>): Omit<MediaUpload, 'mediaId'> {
  const { name, mimeType, byteSize, sha256 } = body;
  const id = newId();
  const extension = extensionOf(mimeType) ?? 'jpg';
  return {
    ...{ id, userId: user.id, name: cleanName(name), mimeType, byteSize },
    sha256: sha256 === undefined ? null : Buffer.from(sha256, 'hex'),
    storagePath: uploadKey({ userId: user.id, uploadId: id, extension }),
    expiresAt: new Date(Date.now() + openForSeconds * 1000),
  };
}

/** What the bucket may still take counts like what it has. */
async function checkRoom({ config, user }: UserContext, trx: UserContext['db'], more: number): Promise<void> {
  const kept = await sumMediaBytes(trx, user.id);
  const open = await sumOpenUploads(trx, user.id);
  if (open.count >= mostOpen) throw errors.quotaReached('unfinished uploads', mostOpen);
  const most = config.maxMediaBytesPerUser;
  if (kept + open.bytes + more > most) throw errors.quotaReached('bytes of files', most);
}

/** The first to be told makes the file; whoever asks again is shown it. */
export const completeUpload: Operation<'completeUpload'> = async (ctx, { path }) => {
  const upload = found(await findUpload(ctx.db, path.uploadId, ctx.user.id), 'upload');
  const media = upload.mediaId === null ? await takeOver(ctx, upload) : await madeOf(ctx, upload.mediaId);
  const location = `/api/v1/media/${media.id}`;
  return { status: 201, body: success(ctx, mediaView(media, addressesFor(ctx)), 'created'), headers: { location } };
};

const madeOf = async ({ db, user }: UserContext, mediaId: string | null): Promise<Media> =>
  found(mediaId === null ? undefined : await findMedia(db, mediaId, user.id), 'upload');

/** Somebody else was quicker; the transaction is not to be kept. */
class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

async function takeOver(ctx: UserContext, upload: MediaUpload): Promise<Media> {
  try {
    const media = await ctx.services.media.withJobDir(async (dir) => {
      const file = join(dir, 'upload');
      await fetchRaw(ctx, upload, file);
      const { name: filename, mimeType, byteSize: sizeBytes } = upload;
      const options = { pointer, also: (trx: UserContext['db'], made: Media) => settle(trx, upload, made) };
      return keepPicture(ctx, { path: file, filename, mimeType, sizeBytes }, options);
    });
    await removeBytes(ctx, rawOf(upload));
    return media;
  } catch (error) {
    if (error instanceof TakenOver) return madeBySomebodyElse(ctx, upload);
    if (isFaultOfBytes(error)) await forget(ctx, upload);
    throw error;
  }
}

async function settle(trx: UserContext['db'], upload: MediaUpload, { id }: Media): Promise<void> {
  if (!(await completeRow(trx, upload.id, id))) throw new TakenOver();
  await scheduleRemoval(trx, rawOf(upload));
}

async function madeBySomebodyElse(ctx: UserContext, { id }: MediaUpload): Promise<Media> {
  const now = found(await findUpload(ctx.db, id, ctx.user.id), 'upload');
  return madeOf(ctx, now.mediaId);
}

const rawOf = ({ id: mediaId, userId, storagePath }: MediaUpload) => ({ id: mediaId, mediaId, userId, storagePath });

/** Looks at the length before it fetches anything: a bucket that takes more than was signed costs no disk here. */
async function fetchRaw({ services: { store } }: UserContext, upload: MediaUpload, file: string): Promise<void> {
  const { storagePath, byteSize, sha256 } = upload;
  const stored = await store.stat(storagePath);
  if (!stored) throw errors.wrongState('upload', 'without its bytes');
  if (stored.sizeBytes !== byteSize) throw errors.invalid([fault(pointer, 'other_length')]);
  await store.download(storagePath, file).catch((error: unknown) => {
    throw error instanceof ObjectMissing ? errors.wrongState('upload', 'without its bytes') : error;
  });
  if (sha256 && (await fileDigest(file, 'sha256')) !== sha256.toString('base64'))
    throw errors.invalid([fault(pointer, 'other_sha256')]);
}

/** No second try makes a picture of them. */
const isFaultOfBytes = (error: unknown): boolean =>
  error instanceof AppError && (error.status === 400 || error.status === 415);

async function forget(ctx: UserContext, upload: MediaUpload): Promise<void> {
  await ctx.db.transaction(async (trx) => {
    await deleteUpload(trx, upload.id);
    await scheduleRemoval(trx, rawOf(upload));
  });
  await removeBytes(ctx, rawOf(upload));
}
