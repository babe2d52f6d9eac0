import type { Knex } from 'knex';
import { newId } from './ids.ts';
import { type Scene, type SceneRow, toScene } from './screenplayRows.ts';

export interface SceneWords {
  narration: string;
  imagePrompt: string;
  videoPrompt: string;
  characterDescription: string;
  characterSheetIds: string[];
}

const columnsOf = (words: Partial<SceneWords>) => ({
  narration: words.narration,
  image_prompt: words.imagePrompt,
  video_prompt: words.videoPrompt,
  character_description: words.characterDescription,
  character_sheet_ids: words.characterSheetIds,
});

const sameIds = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

/** A pick ends with an edit of what it is made from: a picture with its prompt or cast, a clip with these or its own prompt. */
function picksAfter(scene: Scene, { imagePrompt, videoPrompt, characterSheetIds }: Partial<SceneWords>) {
  const redrawn =
    (imagePrompt !== undefined && imagePrompt !== scene.imagePrompt) ||
    (characterSheetIds !== undefined && !sameIds(characterSheetIds, scene.characterSheetIds));
  const reshot = redrawn || (videoPrompt !== undefined && videoPrompt !== scene.videoPrompt);
  return { image_picked: scene.imagePicked && !redrawn, video_picked: scene.videoPicked && !reshot };
}

export async function findScene(db: Knex, screenplayId: string, sceneUuid: string): Promise<Scene | undefined> {
  const row = await db<SceneRow>('scenes').where({ id: sceneUuid, screenplay_id: screenplayId }).first();
  return row && toScene(row);
}

/** Changes a scene's words or cast; false when the screenplay has no such scene. */
export async function updateScene(
  trx: Knex,
  screenplayId: string,
  sceneUuid: string,
  changes: Partial<SceneWords>,
): Promise<boolean> {
  const scene = await findScene(trx, screenplayId, sceneUuid);
  if (!scene) return false;
  await trx('scenes')
    .where({ id: sceneUuid })
    .update({ ...columnsOf(changes), ...picksAfter(scene, changes), updated_at: trx.fn.now() });
  return true;
}

/** Puts a scene at a 1-based position; those from there on move back by one. Answers its id. */
export async function insertScene(
  trx: Knex,
  screenplayId: string,
  position: number,
  words: SceneWords,
): Promise<string> {
  await trx('scenes')
    .where({ screenplay_id: screenplayId })
    .andWhere('scene_id', '>=', position)
    .update({ scene_id: trx.raw('scene_id + 1') });
  const id = newId();
  await trx('scenes').insert({ id, screenplay_id: screenplayId, scene_id: position, ...columnsOf(words) });
  return id;
}

/** The scenes behind it move up by one. */
export async function deleteScene(trx: Knex, { id, screenplayId, sceneId }: Scene): Promise<void> {
  await trx('scenes').where({ id }).delete();
  await trx('scenes')
    .where({ screenplay_id: screenplayId })
    .andWhere('scene_id', '>', sceneId)
    .update({ scene_id: trx.raw('scene_id - 1') });
}

/** Numbers the scenes as listed; the list has to name each scene of the screenplay once. */
export async function reorderScenes(trx: Knex, screenplayId: string, sceneIds: readonly string[]): Promise<void> {
  await trx('scenes')
    .where({ screenplay_id: screenplayId })
    .update({ scene_id: trx.raw('array_position(?::uuid[], id)', [[...sceneIds]]) });
}

/** Whether unfinished work of any task is about one of these, the winding down of a cancelled one included. */
export async function isWorkedOn(db: Knex, ownerId: string, subjectIds: readonly string[]): Promise<boolean> {
  const { rows } = await db.raw<{ rows: { busy: boolean }[] }>(
    `select exists (select from steps where user_id = :ownerId and status in ('running', 'waiting') and subject_id = any (:subjectIds))
       or exists (select from tasks t join steps s on s.task_id = t.id
         where t.user_id = :ownerId and t.status in ('pending', 'processing') and s.subject_id = any (:subjectIds)) as busy`,
    { ownerId, subjectIds: [...subjectIds] },
  );
  return rows[0]?.busy ?? false;
}
