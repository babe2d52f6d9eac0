import type { Knex } from 'knex';
import type { AspectRatio, NarrationLanguage, ScreenplayDraft } from '../film/glossary.ts';
import { newId } from './ids.ts';
import { type Page, type PageRequest, pageOf } from './pages.ts';
import {
  type CharacterSheetRow,
  type SceneRow,
  type Screenplay,
  type ScreenplayRow,
  type ScreenplayStatus,
  type ScreenplaySummary,
  toCharacterSheet,
  toScene,
  toScreenplay,
} from './screenplayRows.ts';

export type { CharacterSheet, Scene, Screenplay, ScreenplayStatus, ScreenplaySummary } from './screenplayRows.ts';

export interface NewScreenplay {
  taskId: string;
  userId: string;
  status: ScreenplayStatus;
  language: NarrationLanguage;
  sceneSeconds: number;
  referenceMediaIds: string[];
  aspectRatio?: AspectRatio;
  draft: ScreenplayDraft;
}

/** Stores a written screenplay whole; scenes name their characters by sheet id. */
export async function insertScreenplay(trx: Knex, given: NewScreenplay): Promise<Screenplay> {
  const id = newId();
  await trx('screenplays').insert({
    id,
    task_id: given.taskId,
    user_id: given.userId,
    title: given.draft.title,
    status: given.status,
    language: given.language,
    scene_seconds: given.sceneSeconds,
    reference_media_ids: given.referenceMediaIds,
    aspect_ratio: given.aspectRatio ?? '16:9',
  });
  const sheetIds = new Map(given.draft.characters.map(({ name }) => [name, newId()]));
  if (given.draft.characters.length > 0) {
    await trx('character_sheets').insert(
      given.draft.characters.map(({ name, description }, position) => {
        return { id: sheetIds.get(name), screenplay_id: id, position, name, description };
      }),
    );
  }
  await trx('scenes').insert(
    given.draft.scenes.map((scene) => ({
      id: newId(),
      screenplay_id: id,
      scene_id: scene.sceneId,
      narration: scene.narration,
      image_prompt: scene.imagePrompt,
      video_prompt: scene.videoPrompt,
      character_description: scene.characterDescription,
      character_sheet_ids: scene.characters.flatMap((name) => sheetIds.get(name) ?? []),
    })),
  );
  const screenplay = await findScreenplay(trx, id, given.userId);
  if (!screenplay) throw new Error('the screenplay just written is missing');
  return screenplay;
}

/** What the books say was spent by the task that wrote it and by those that name it; a task that is gone takes nothing along. */
const costMicros = `(select coalesce(sum(c.spent_micros), 0)::float8 from provider_calls c where c.task_id = any (array(
  select screenplays.task_id union select t.id from tasks t where t.screenplay_id = screenplays.id)))`;

export async function findScreenplay(db: Knex, id: string, ownerId: string): Promise<Screenplay | undefined> {
  const [screenplay] = await findScreenplaysAmong(db, [id], ownerId);
  return screenplay;
}

/** Whole, with their scenes and characters, in three queries however many they are. */
export async function findScreenplaysAmong(db: Knex, ids: readonly string[], ownerId: string): Promise<Screenplay[]> {
  const rows = await db('screenplays')
    .whereIn('id', ids)
    .where({ user_id: ownerId })
    .select<ScreenplayRow[]>(
      '*',
      db.raw("(select params ->> 'style' from tasks where tasks.id = screenplays.task_id) as style"),
      db.raw(`${costMicros} as cost_micros`),
    );
  if (rows.length === 0) return [];
  const found = rows.map(({ id }) => id);
  const [scenes, sheets] = await Promise.all([
    db<SceneRow>('scenes').whereIn('screenplay_id', found).orderBy('scene_id'),
    db<CharacterSheetRow>('character_sheets').whereIn('screenplay_id', found).orderBy('position'),
  ]);
  const partsOf = <Row extends { screenplay_id: string }>(parts: Row[], { id }: ScreenplayRow) =>
    parts.filter(({ screenplay_id }) => screenplay_id === id);
  return rows.map((row) =>
    toScreenplay(row, partsOf(scenes, row).map(toScene), partsOf(sheets, row).map(toCharacterSheet)),
  );
}

const posterMediaId = `coalesce(
  (select (k.parts ->> 'poster')::uuid from takes k where k.subject_id = screenplays.id and k.kind = 'film'
     order by k.created_at desc, k.id desc limit 1),
  (select k.media_id from scenes c join takes k on k.id = c.image_take_id
     where c.screenplay_id = screenplays.id order by k.created_at desc, k.id desc limit 1))`;

export async function listScreenplays(db: Knex, ownerId: string, page: PageRequest): Promise<Page<ScreenplaySummary>> {
  const shown = [
    'id',
    'title',
    'status',
    db.raw('task_id as "taskId"'),
    db.raw('created_at as "createdAt"'),
    db.raw('updated_at as "updatedAt"'),
    db.raw('(select count(*)::int from scenes where screenplay_id = screenplays.id) as "sceneCount"'),
    db.raw(`${posterMediaId} as "posterMediaId"`),
    db.raw(`${costMicros} as "costMicros"`),
    db.raw(`exists (select from takes k where k.subject_id = screenplays.id and k.kind = 'film') as "hasFilm"`),
  ];
  return pageOf(db('screenplays').where({ user_id: ownerId }), page, (row: ScreenplaySummary) => row, shown);
}

/** Its status, under a lock that keeps films and other edits away until the transaction ends. */
export async function lockScreenplay(trx: Knex, id: string, ownerId: string): Promise<ScreenplayStatus | undefined> {
  const row = await trx<ScreenplayRow>('screenplays').where({ id, user_id: ownerId }).forNoKeyUpdate().first('status');
  return row?.status;
}

export async function renameScreenplay(db: Knex, id: string, ownerId: string, title: string): Promise<boolean> {
  const changed = await db('screenplays').where({ id, user_id: ownerId }).update({ title, updated_at: db.fn.now() });
  return changed > 0;
}

/** Draft to confirmed, once; false when it is not a draft (any more). */
export async function confirmScreenplay(db: Knex, id: string, ownerId: string): Promise<boolean> {
  const changed = await db('screenplays')
    .where({ id, user_id: ownerId, status: 'draft' })
    .update({ status: 'confirmed', updated_at: db.fn.now() });
  return changed > 0;
}

export async function setScreenplayStatus(db: Knex, id: string, status: ScreenplayStatus): Promise<void> {
  await db('screenplays').where({ id }).update({ status, updated_at: db.fn.now() });
}

/** After an edit the latest film is not what the screenplay says any more: completed or failed goes back to confirmed. */
export async function reopenScreenplay(trx: Knex, id: string): Promise<void> {
  const reopened = trx.raw("case when status in ('completed', 'failed') then 'confirmed' else status end");
  await trx('screenplays').where({ id }).update({ status: reopened, updated_at: trx.fn.now() });
}

/** A film begins. In another aspect ratio than the last one all pictures are drawn anew, those a person picked too. */
export async function beginFilm(trx: Knex, id: string, aspectRatio: AspectRatio): Promise<void> {
  const turned = await trx('screenplays')
    .where({ id })
    .whereNot({ aspect_ratio: aspectRatio })
    .update({ aspect_ratio: aspectRatio });
  if (turned > 0) await trx('scenes').where({ screenplay_id: id }).update({ image_picked: false, video_picked: false });
  await setScreenplayStatus(trx, id, 'generating');
}

/** Its scenes and character sheets go with it. */
export async function deleteScreenplay(trx: Knex, id: string, ownerId: string): Promise<void> {
  await trx('screenplays').where({ id, user_id: ownerId }).delete();
}
