import type { Knex } from 'knex';
import { mediaPath } from './ids.ts';
import { scheduleRemoval } from './objectRemovals.ts';
import { type Page, type PageRequest, pageOf } from './pages.ts';
import { lockUser } from './users.ts';

export type MediaType = 'image' | 'video' | 'audio' | 'subtitle' | 'archive';

export interface Media {
  id: string;
  userId: string;
  /** The task that made it; null for an upload. */
  taskId: string | null;
  type: MediaType;
  originalFilename: string | null;
  storagePath: string;
  /** Canonical path, unsigned. */
  url: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  width: number | null;
  height: number | null;
  /** Seconds. */
  duration: number | null;
  sha256: Buffer;
  createdAt: Date;
}

export type NewMedia = Omit<Media, 'url' | 'createdAt'>;

interface MediaRow {
  id: string;
  user_id: string;
  task_id: string | null;
  type: MediaType;
  original_filename: string | null;
  storage_path: string;
  url: string;
  mime_type: string;
  size: string | number;
  width: number | null;
  height: number | null;
  duration: number | null;
  sha256: Buffer;
  created_at: Date;
}

const toMedia = (row: MediaRow): Media => ({
  id: row.id,
  userId: row.user_id,
  taskId: row.task_id,
  type: row.type,
  originalFilename: row.original_filename,
  storagePath: row.storage_path,
  url: row.url,
  mimeType: row.mime_type,
  size: Number(row.size),
  width: row.width,
  height: row.height,
  duration: row.duration,
  sha256: row.sha256,
  createdAt: row.created_at,
});

/** The file is there to stay: what would have removed it as an orphan is called off in the same transaction. */
export async function insertMedia(db: Knex, media: NewMedia): Promise<Media> {
  await db('object_removals').where({ storage_path: media.storagePath }).delete();
  const [row] = await db<MediaRow>('media_files')
    .insert({
      id: media.id,
      user_id: media.userId,
      task_id: media.taskId,
      type: media.type,
      original_filename: media.originalFilename,
      storage_path: media.storagePath,
      url: mediaPath(media.id),
      mime_type: media.mimeType,
      size: media.size,
      width: media.width,
      height: media.height,
      duration: media.duration,
      sha256: media.sha256,
    })
    .returning('*');
  if (!row) throw new Error('insert of a media file returned no row');
  return toMedia(row);
}

export async function findMedia(db: Knex, id: string, ownerId: string): Promise<Media | undefined> {
  const row = await db<MediaRow>('media_files').where({ id, user_id: ownerId }).first();
  return row && toMedia(row);
}

/** Media by id whoever owns it, unless the account was closed: for signed addresses, which are the permission. */
export async function findSignedMedia(db: Knex, id: string): Promise<Media | undefined> {
  const open = db('users').whereRaw('users.id = media_files.user_id').where({ is_active: true }).select(db.raw('1'));
  const row = await db<MediaRow>('media_files').where({ id }).whereExists(open).first();
  return row && toMedia(row);
}

/** The owner's media among these ids, in the order asked. */
export async function findMediaAmong(db: Knex, ids: readonly string[], ownerId: string): Promise<Media[]> {
  const rows = await db<MediaRow>('media_files').whereIn('id', ids).where({ user_id: ownerId });
  const byId = new Map(rows.map((row) => [row.id, toMedia(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function listMedia(
  db: Knex,
  ownerId: string,
  { type, ...page }: PageRequest & { type?: MediaType },
): Promise<Page<Media>> {
  const own = db<MediaRow>('media_files').where({ user_id: ownerId, ...(type && { type }) });
  return pageOf(own, page, toMedia);
}

/** Bytes of all files of a user, who is locked until the transaction ends: no other upload counts meanwhile. */
export async function sumMediaBytes(trx: Knex, ownerId: string): Promise<number> {
  await lockUser(trx, ownerId);
  const [counted] = await trx<MediaRow>('media_files').where({ user_id: ownerId }).sum({ bytes: 'size' });
  return Number(counted?.bytes ?? 0);
}

/**
 * Deletes the row of one's own media and sees to it that the bytes follow, unless a screenplay or unfinished work needs it; an avatar may
 * go, and what a finished task made for itself. Under the lock under which orders are taken: one that names it comes before or after.
 */
export async function deleteMedia(trx: Knex, id: string, ownerId: string): Promise<Media | 'in use' | undefined> {
  await lockUser(trx, ownerId);
  const media = await findMedia(trx, id, ownerId);
  if (!media) return undefined;
  if (await isNeeded(trx, media)) return 'in use';
  const deleted = await trx<MediaRow>('media_files').where({ id, user_id: ownerId }).delete();
  if (deleted === 0) return undefined;
  await trx('users').where({ id: ownerId, avatar_url: media.url }).update({ avatar_url: null });
  await scheduleRemoval(trx, { storagePath: media.storagePath, userId: ownerId, mediaId: id });
  return media;
}

async function isNeeded(db: Knex, { id, url, userId }: Media): Promise<boolean> {
  const { rows } = await db.raw<{ rows: { needed: boolean }[] }>(
    `select exists (select from scenes c join screenplays p on p.id = c.screenplay_id
         where p.user_id = :userId and :url in (c.image_url, c.video_url))
       or exists (select from character_sheets c join screenplays p on p.id = c.screenplay_id
         where p.user_id = :userId and :url in (c.combined_view_url, c.front_view_url, c.side_view_url, c.back_view_url))
       or exists (select from screenplays where user_id = :userId and :id = any (reference_media_ids))
       or exists (select from screenplays p, lateral (select k.media_id, k.parts from takes k
           where k.subject_id = p.id and k.kind = 'film' order by k.created_at desc, k.id desc limit 1) film
         where p.user_id = :userId and (film.media_id = :id or film.parts::text like :mention))
       or exists (select from tasks where user_id = :userId and status in ('pending', 'processing')
         and params::text like :mention) as needed`,
    { id, url, userId, mention: `%${id}%` },
  );
  return rows[0]?.needed ?? false;
}
