import type { Knex } from 'knex';

/** A file whose row is gone. */
export interface RemovedFile {
  /** Key in the object store. */
  storagePath: string;
  userId: string;
  mediaId: string;
}

interface RemovalRow {
  storage_path: string;
  user_id: string;
  media_id: string;
}

/** Hands the bytes of these files to the remover; to be called in the transaction that deletes their rows. */
export async function scheduleRemoval(trx: Knex, file: RemovedFile): Promise<void> {
  await trx('object_removals')
    .insert({ storage_path: file.storagePath, user_id: file.userId, media_id: file.mediaId })
    .onConflict()
    .ignore();
}

/** Has a file removed in a day, unless a row has named it by then. */
export async function scheduleOrphanRemoval(db: Knex, file: RemovedFile): Promise<void> {
  await db('object_removals').insert({
    storage_path: file.storagePath,
    user_id: file.userId,
    media_id: file.mediaId,
    not_before: db.raw("now() + interval '1 day'"),
  });
}

/** Has it removed now rather than in a day; false where a row named it meanwhile, which is waited for. */
export async function hastenRemoval(db: Knex, { storagePath }: RemovedFile): Promise<boolean> {
  const due = await db('object_removals').where({ storage_path: storagePath }).update({ not_before: db.fn.now() });
  return due > 0;
}

/** The same for all files of a user. What a signed address may still put into the bucket is removed when that has expired. */
export async function scheduleRemovalOfAll(trx: Knex, userId: string): Promise<void> {
  await trx.raw(
    `insert into object_removals (storage_path, user_id, media_id, not_before)
     select storage_path, user_id, id, now() from media_files where user_id = :userId
     union all
     select storage_path, user_id, id, greatest(now(), expires_at) from media_uploads where user_id = :userId
     on conflict do nothing`,
    { userId },
  );
}

/** Some files that are due, kept from other processes for five minutes. */
export async function claimRemovals(db: Knex, most: number): Promise<RemovedFile[]> {
  const { rows } = await db.raw<{ rows: RemovalRow[] }>(
    `update object_removals set not_before = now() + interval '5 minutes' where storage_path in (
       select storage_path from object_removals where not_before <= now() order by not_before limit ?
       for update skip locked)
     returning storage_path, user_id, media_id`,
    [most],
  );
  return rows.map((row) => ({ storagePath: row.storage_path, userId: row.user_id, mediaId: row.media_id }));
}

export async function removalDone(db: Knex, { storagePath }: RemovedFile): Promise<void> {
  await db('object_removals').where({ storage_path: storagePath }).delete();
}

/** To be tried again, after a pause that doubles up to an hour. */
export async function removalFailed(db: Knex, { storagePath }: RemovedFile): Promise<void> {
  await db.raw(
    `update object_removals set failures = failures + 1,
       not_before = now() + least(interval '1 hour', interval '1 second' * power(2, least(failures, 12)))
     where storage_path = ?`,
    [storagePath],
  );
}
