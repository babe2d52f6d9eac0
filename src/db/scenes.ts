import type { Knex } from 'knex';
import type { AspectRatio } from '../film/glossary.ts';
import {
  type CharacterSheet,
  type CharacterSheetRow,
  type Scene,
  type SceneRow,
  type ScreenplayRow,
  toCharacterSheet,
  toScene,
} from './screenplayRows.ts';

/** What a scene is drawn and shot from. */
export interface SceneMaterial {
  scene: Scene;
  /** The characters in it, in order. */
  sheets: CharacterSheet[];
  screenplayId: string;
  sceneSeconds: 5 | 10 | 15;
  referenceMediaIds: string[];
  style: string | undefined;
  aspectRatio: AspectRatio;
}

export async function loadScene(db: Knex, sceneUuid: string): Promise<SceneMaterial | undefined> {
  const row = await db<SceneRow>('scenes').where({ id: sceneUuid }).first();
  if (!row) return undefined;
  const [screenplay, sheets] = await Promise.all([
    loadScreenplay(db, row.screenplay_id),
    db<CharacterSheetRow>('character_sheets').whereIn('id', row.character_sheet_ids),
  ]);
  const inOrder = row.character_sheet_ids.flatMap((id) => sheets.filter((sheet) => sheet.id === id));
  return { scene: toScene(row), sheets: inOrder.map(toCharacterSheet), ...screenplay };
}

export interface SheetMaterial extends Omit<SceneMaterial, 'scene' | 'sheets'> {
  sheet: CharacterSheet;
}

export async function loadCharacterSheet(db: Knex, characterSheetId: string): Promise<SheetMaterial | undefined> {
  const row = await db<CharacterSheetRow>('character_sheets').where({ id: characterSheetId }).first();
  return row && { sheet: toCharacterSheet(row), ...(await loadScreenplay(db, row.screenplay_id)) };
}

async function loadScreenplay(db: Knex, id: string): Promise<Omit<SceneMaterial, 'scene' | 'sheets'>> {
  const row = await db('screenplays as p')
    .join('tasks as t', 't.id', 'p.task_id')
    .where('p.id', id)
    .first<(ScreenplayRow & { style: string | null }) | undefined>('p.*', db.raw("t.params ->> 'style' as style"));
  if (!row) throw new Error(`screenplay ${id} is gone`);
  return {
    screenplayId: id,
    sceneSeconds: row.scene_seconds as 5 | 10 | 15,
    referenceMediaIds: row.reference_media_ids,
    style: row.style ?? undefined,
    aspectRatio: row.aspect_ratio,
  };
}

/** The owner's screenplay that has this scene or character sheet. */
export async function findScreenplayWith(
  db: Knex,
  table: 'scenes' | 'character_sheets',
  { id, ownerId }: { id: string; ownerId: string },
): Promise<string | undefined> {
  const row = await db(`${table} as s`)
    .join('screenplays as p', 'p.id', 's.screenplay_id')
    .where({ 's.id': id, 'p.user_id': ownerId })
    .first<{ id: string } | undefined>('p.id');
  return row?.id;
}
