import type { Knex } from 'knex';
import type { NarrationLanguage, ScreenplayDraft } from '../film/glossary.ts';
import { newId } from './ids.ts';
import { offsetOf, type Page, type PageRequest } from './pages.ts';
import {
  type CharacterSheet,
  type CharacterSheetRow,
  type Scene,
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

export async function findScreenplay(db: Knex, id: string, ownerId: string): Promise<Screenplay | undefined> {
  const row = await db<ScreenplayRow>('screenplays').where({ id, user_id: ownerId }).first();
  if (!row) return undefined;
  const [scenes, sheets] = await Promise.all([
    db<SceneRow>('scenes').where({ screenplay_id: id }).orderBy('scene_id'),
    db<CharacterSheetRow>('character_sheets').where({ screenplay_id: id }).orderBy('position'),
  ]);
  return toScreenplay(row, scenes.map(toScene), sheets.map(toCharacterSheet));
}

export async function listScreenplays(db: Knex, ownerId: string, page: PageRequest): Promise<Page<ScreenplaySummary>> {
  const own = db('screenplays').where({ user_id: ownerId });
  const [items, [counted]] = await Promise.all([
    own
      .clone()
      .select<ScreenplaySummary[]>(
        'id',
        'title',
        'status',
        db.raw('task_id as "taskId"'),
        db.raw('created_at as "createdAt"'),
        db.raw('updated_at as "updatedAt"'),
        db.raw('(select count(*)::int from scenes where screenplay_id = screenplays.id) as "sceneCount"'),
      )
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(page.pageSize)
      .offset(offsetOf(page)),
    own.clone().count({ total: '*' }),
  ]);
  return { ...page, total: Number(counted?.total ?? 0), items };
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

export interface SceneChanges {
  narration?: string;
  imagePrompt?: string;
  videoPrompt?: string;
  characterDescription?: string;
}

/** Changes a scene's words; undefined when the screenplay has no such scene. */
export async function updateScene(
  db: Knex,
  screenplayId: string,
  sceneUuid: string,
  changes: SceneChanges,
): Promise<Scene | undefined> {
  const columns = {
    narration: changes.narration,
    image_prompt: changes.imagePrompt,
    video_prompt: changes.videoPrompt,
    character_description: changes.characterDescription,
    updated_at: db.fn.now(),
  };
  const [row] = await db('scenes')
    .where({ id: sceneUuid, screenplay_id: screenplayId })
    .update(columns)
    .returning<SceneRow[]>('*');
  if (row) await db('screenplays').where({ id: screenplayId }).update({ updated_at: db.fn.now() });
  return row && toScene(row);
}

/** Changes a character's name or description; undefined when the screenplay has no such sheet. */
export async function updateCharacterSheet(
  db: Knex,
  screenplayId: string,
  characterSheetId: string,
  changes: { name?: string; description?: string },
): Promise<CharacterSheet | undefined> {
  const [row] = await db('character_sheets')
    .where({ id: characterSheetId, screenplay_id: screenplayId })
    .update({ name: changes.name, description: changes.description, screenplay_id: screenplayId })
    .returning<CharacterSheetRow[]>('*');
  if (row) await db('screenplays').where({ id: screenplayId }).update({ updated_at: db.fn.now() });
  return row && toCharacterSheet(row);
}
