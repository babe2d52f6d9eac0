import type { Knex } from 'knex';
import { newId } from './ids.ts';
import { newestFirst, offsetOf, type Page, type PageRequest } from './pages.ts';

export type TakeKind = 'character_sheet' | 'image' | 'clip' | 'film';

/** A reference picture that was left out of a call, and why. */
export interface DroppedReference {
  mediaId: string;
  reason: string;
}

/** Media ids of what belongs to a take besides its own file: poster and subtitles of a film, the views of a sheet. */
export type TakeParts = Readonly<Record<string, string>>;

export type NarrationHashes = Readonly<Record<string, string>>;

export interface Take {
  id: string;
  kind: TakeKind;
  subjectId: string | null;
  mediaId: string;
  prompt: string;
  vendor: string | null;
  model: string | null;
  /** Media ids really attached. */
  referencesSent: string[];
  referencesDropped: DroppedReference[];
  /** Micro-USD. */
  costMicros: number;
  /** Hex SHA-256 over everything that shaped it. */
  inputHash: string;
  parts: TakeParts;
  /** Of a film: the hex SHA-256 of each narration it says, by the id of its scene; null of all else, and where it was not kept. */
  narrationHashes: NarrationHashes | null;
  createdAt: Date;
}

export interface NewTake extends Omit<Take, 'id' | 'createdAt' | 'parts' | 'narrationHashes'> {
  userId: string;
  stepId: string;
  parts?: TakeParts;
  narrationHashes?: NarrationHashes;
}

interface TakeRow {
  id: string;
  user_id: string;
  kind: TakeKind;
  subject_id: string | null;
  media_id: string;
  prompt: string;
  vendor: string | null;
  model: string | null;
  references_sent: string[];
  references_dropped: DroppedReference[];
  cost_micros: string | number;
  input_hash: string;
  parts: TakeParts;
  narration_hashes: NarrationHashes | null;
  created_at: Date;
}

const toTake = (row: TakeRow): Take => ({
  id: row.id,
  kind: row.kind,
  subjectId: row.subject_id,
  mediaId: row.media_id,
  prompt: row.prompt,
  vendor: row.vendor,
  model: row.model,
  referencesSent: row.references_sent,
  referencesDropped: row.references_dropped,
  costMicros: Number(row.cost_micros),
  inputHash: row.input_hash,
  parts: row.parts,
  narrationHashes: row.narration_hashes,
  createdAt: row.created_at,
});

export async function insertTake(db: Knex, take: NewTake): Promise<string> {
  const id = newId();
  await db('takes').insert({
    id,
    user_id: take.userId,
    step_id: take.stepId,
    kind: take.kind,
    subject_id: take.subjectId,
    media_id: take.mediaId,
    prompt: take.prompt,
    vendor: take.vendor,
    model: take.model,
    references_sent: JSON.stringify(take.referencesSent),
    references_dropped: JSON.stringify(take.referencesDropped),
    cost_micros: take.costMicros,
    input_hash: take.inputHash,
    parts: JSON.stringify(take.parts ?? {}),
    narration_hashes: take.narrationHashes && JSON.stringify(take.narrationHashes),
  });
  return id;
}

/** The title of the film that this file is; undefined for any other file. */
export async function findFilmTitle(db: Knex, mediaId: string): Promise<string | undefined> {
  const row = await db('takes as t')
    .join('screenplays as s', 's.id', 't.subject_id')
    .where({ 't.media_id': mediaId, 't.kind': 'film' })
    .first<{ title: string } | undefined>('s.title');
  return row?.title;
}

/** The newest take of a subject that was made from exactly this input: it is bought already. */
export async function findEqualTake(
  db: Knex,
  kind: TakeKind,
  subjectId: string,
  inputHash: string,
): Promise<Take | undefined> {
  const row = await db<TakeRow>('takes')
    .where({ kind, subject_id: subjectId, input_hash: inputHash })
    .orderBy(newestFirst)
    .first();
  return row && toTake(row);
}

/** A take by what it was made from; the SHA-256 of its file, in hex like its hash. */
export interface DistinctTake extends Pick<Take, 'kind' | 'inputHash'> {
  subjectId: string;
  sha256: string;
}

/** What `findEqualTake` would find of these subjects: the newest take of each kind and input. */
export async function findDistinctTakes(db: Knex, subjectIds: readonly string[]): Promise<DistinctTake[]> {
  const { rows } = await db.raw<{ rows: DistinctTake[] }>(
    `select distinct on (k.subject_id, k.kind, k.input_hash) k.kind, k.subject_id as "subjectId",
       k.input_hash as "inputHash", encode(m.sha256, 'hex') as sha256
     from takes k join media_files m on m.id = k.media_id where k.subject_id = any (:subjectIds)
     order by k.subject_id, k.kind, k.input_hash, k.created_at desc, k.id desc`,
    { subjectIds: [...subjectIds] },
  );
  return rows;
}

export async function findTakesAmong(db: Knex, ids: readonly string[]): Promise<Take[]> {
  return (await db<TakeRow>('takes').whereIn('id', ids)).map(toTake);
}

/** A take of this very subject. */
export async function findTakeOf(db: Knex, subjectId: string, takeId: string): Promise<Take | undefined> {
  const row = await db<TakeRow>('takes').where({ id: takeId, subject_id: subjectId }).first();
  return row && toTake(row);
}

/** The latest film of each of these screenplays that has one. */
export async function findFilmTakes(db: Knex, screenplayIds: readonly string[]): Promise<Take[]> {
  const rows = await db<TakeRow>('takes')
    .distinctOn('subject_id')
    .whereIn('subject_id', screenplayIds)
    .where({ kind: 'film' })
    .orderBy(['subject_id', ...newestFirst])
    .select<TakeRow[]>('*');
  return rows.map(toTake);
}

/** What is left of a deleted media row: where its bytes are. */
export interface DeletedFile {
  id: string;
  userId: string;
  storagePath: string;
}

/** All takes of a subject, or those of one kind, the newest first. */
export async function listTakesOf(
  db: Knex,
  subjectId: string,
  { kind, ...page }: PageRequest & { kind?: TakeKind },
): Promise<Page<Take>> {
  const all = db<TakeRow>('takes').where({ subject_id: subjectId, ...(kind && { kind }) });
  const [rows, [counted]] = await Promise.all([
    all.clone().orderBy(newestFirst).limit(page.pageSize).offset(offsetOf(page)),
    all.clone().count({ total: '*' }),
  ]);
  return { ...page, total: Number(counted?.total ?? 0), items: rows.map(toTake) };
}

/**
 * Deletes the takes of these subjects with their files' rows, and answers the files: their bytes have to follow, at once or by the
 * remover. One that unfinished work or another screenplay was given as a reference stays.
 */
export async function deleteTakesOf(trx: Knex, ownerId: string, subjectIds: readonly string[]): Promise<DeletedFile[]> {
  const { rows } = await trx.raw<{ rows: DeletedFile[] }>(
    `with gone as (
       delete from takes where user_id = :ownerId and subject_id = any (:subjectIds) returning media_id, parts),
     files as (
       select media_id from gone
       union select value::uuid from gone, jsonb_each_text(gone.parts)),
     deleted as (
       delete from media_files m using files f
       where m.id = f.media_id and m.user_id = :ownerId
         and not exists (select from screenplays p where p.user_id = :ownerId and m.id = any (p.reference_media_ids))
         and not exists (select from tasks t where t.user_id = :ownerId and t.status in ('pending', 'processing')
           and t.params::text like '%' || m.id || '%')
       returning m.id, m.user_id, m.storage_path),
     removals as (
       insert into object_removals (storage_path, user_id, media_id)
       select storage_path, user_id, id from deleted on conflict do nothing)
     select id, user_id as "userId", storage_path as "storagePath" from deleted`,
    { ownerId, subjectIds: [...subjectIds] },
  );
  return rows;
}
