import type { Knex } from 'knex';

export interface MediaUpload {
  id: string;
  userId: string;
  name: string;
  mimeType: string;
  byteSize: number;
  sha256: Buffer | null;
  /** Key of the raw object. */
  storagePath: string;
  /** What it has become; null until it is complete. */
  mediaId: string | null;
  expiresAt: Date;
}

interface UploadRow {
  id: string;
  user_id: string;
  name: string;
  mime_type: string;
  byte_size: number;
  sha256: Buffer | null;
  storage_path: string;
  media_id: string | null;
  expires_at: Date;
}

export async function insertUpload(trx: Knex, upload: Omit<MediaUpload, 'mediaId'>): Promise<void> {
  await trx('media_uploads').insert({
    id: upload.id,
    user_id: upload.userId,
    name: upload.name,
    mime_type: upload.mimeType,
    byte_size: upload.byteSize,
    sha256: upload.sha256,
    storage_path: upload.storagePath,
    expires_at: upload.expiresAt,
  });
}

export async function findUpload(db: Knex, id: string, ownerId: string): Promise<MediaUpload | undefined> {
  const row = await db<UploadRow>('media_uploads').where({ id, user_id: ownerId }).first();
  if (!row) return undefined;
  const { user_id: userId, mime_type: mimeType, byte_size: byteSize, ...rest } = row;
  const { name, sha256, storage_path: storagePath, media_id: mediaId, expires_at: expiresAt } = rest;
  return { id, userId, name, mimeType, byteSize, sha256, storagePath, mediaId, expiresAt };
}

/** What of a user the bucket may still take; the user is to be locked, so that no other upload counts meanwhile. */
export async function sumOpenUploads(trx: Knex, ownerId: string): Promise<{ count: number; bytes: number }> {
  const [open] = await trx('media_uploads')
    .where({ user_id: ownerId, media_id: null })
    .where('expires_at', '>', trx.fn.now())
    .count({ count: '*' })
    .sum({ bytes: 'byte_size' });
  return { count: Number(open?.count ?? 0), bytes: Number(open?.bytes ?? 0) };
}

/** False where it was completed, or deleted, meanwhile. */
export async function completeUpload(trx: Knex, id: string, mediaId: string): Promise<boolean> {
  return (await trx('media_uploads').where({ id, media_id: null }).update({ media_id: mediaId })) === 1;
}

/** Of an upload that turned out to be no picture. */
export async function deleteUpload(trx: Knex, id: string): Promise<void> {
  await trx('media_uploads').where({ id, media_id: null }).delete();
}

/** Deletes some of the uploads made before then, and has their raw objects removed, also of complete ones: an address outlives them. */
export async function deleteOldUploads(db: Knex, before: Date, most: number): Promise<number> {
  const { rows } = await db.raw<{ rows: { count: string }[] }>(
    `with old as (delete from media_uploads where id in
         (select id from media_uploads where created_at < ? order by created_at limit ?)
         returning id, user_id, storage_path),
       noted as (insert into object_removals (storage_path, user_id, media_id)
         select storage_path, user_id, id from old on conflict do nothing)
     select count(*) from old`,
    [before, most],
  );
  return Number(rows[0]?.count ?? 0);
}
