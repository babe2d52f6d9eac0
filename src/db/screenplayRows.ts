import type { AspectRatio, NarrationLanguage } from '../film/glossary.ts';

export type ScreenplayStatus = 'draft' | 'confirmed' | 'generating' | 'completed' | 'failed';
export type SceneStatus = 'pending' | 'generating' | 'completed' | 'failed';

/** All `…Url` fields hold canonical, unsigned paths. */
export interface Scene {
  id: string;
  screenplayId: string;
  /** 1-based, as shown. */
  sceneId: number;
  narration: string;
  imagePrompt: string;
  videoPrompt: string;
  characterDescription: string;
  characterSheetIds: string[];
  imageUrl: string | null;
  videoUrl: string | null;
  imageTakeId: string | null;
  videoTakeId: string | null;
  /** A person chose the picture shown: no film replaces it. */
  imagePicked: boolean;
  videoPicked: boolean;
  status: SceneStatus;
}

export interface CharacterSheet {
  id: string;
  screenplayId: string;
  name: string;
  description: string;
  combinedViewUrl: string | null;
  frontViewUrl: string | null;
  sideViewUrl: string | null;
  backViewUrl: string | null;
  takeId: string | null;
  /** A person chose its take. */
  picked: boolean;
}

export interface Screenplay {
  id: string;
  taskId: string;
  userId: string;
  title: string;
  status: ScreenplayStatus;
  language: NarrationLanguage;
  sceneSeconds: number;
  referenceMediaIds: string[];
  /** Of the latest film asked for; what is drawn from now on is drawn in it. */
  aspectRatio: AspectRatio;
  /** As its task asked for it. */
  style: string | undefined;
  /** Micro-USD, of all its tasks. */
  costMicros: number;
  createdAt: Date;
  updatedAt: Date;
  scenes: Scene[];
  characterSheets: CharacterSheet[];
}

export interface ScreenplaySummary {
  id: string;
  taskId: string;
  title: string;
  status: ScreenplayStatus;
  /** Micro-USD, of all its tasks. */
  costMicros: number;
  sceneCount: number;
  /** True once a film was made of it, whether or not it still is what the screenplay says. */
  hasFilm: boolean;
  /** Of the latest film, else of the scene drawn last. */
  posterMediaId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface ScreenplayRow {
  id: string;
  task_id: string;
  user_id: string;
  title: string;
  status: ScreenplayStatus;
  language: NarrationLanguage;
  scene_seconds: number;
  reference_media_ids: string[];
  aspect_ratio: AspectRatio;
  style: string | null;
  cost_micros: number;
  created_at: Date;
  updated_at: Date;
}

export interface SceneRow {
  id: string;
  screenplay_id: string;
  scene_id: number;
  narration: string;
  image_prompt: string;
  video_prompt: string;
  character_description: string;
  character_sheet_ids: string[];
  image_url: string | null;
  video_url: string | null;
  image_take_id: string | null;
  video_take_id: string | null;
  image_picked: boolean;
  video_picked: boolean;
  status: SceneStatus;
}

export interface CharacterSheetRow {
  id: string;
  screenplay_id: string;
  position: number;
  name: string;
  description: string;
  combined_view_url: string | null;
  front_view_url: string | null;
  side_view_url: string | null;
  back_view_url: string | null;
  take_id: string | null;
  picked: boolean;
}

export const toScene = (row: SceneRow): Scene => ({
  id: row.id,
  screenplayId: row.screenplay_id,
  sceneId: row.scene_id,
  narration: row.narration,
  imagePrompt: row.image_prompt,
  videoPrompt: row.video_prompt,
  characterDescription: row.character_description,
  characterSheetIds: row.character_sheet_ids,
  imageUrl: row.image_url,
  videoUrl: row.video_url,
  imageTakeId: row.image_take_id,
  videoTakeId: row.video_take_id,
  imagePicked: row.image_picked,
  videoPicked: row.video_picked,
  status: row.status,
});

export const toCharacterSheet = (row: CharacterSheetRow): CharacterSheet => ({
  id: row.id,
  screenplayId: row.screenplay_id,
  name: row.name,
  description: row.description,
  combinedViewUrl: row.combined_view_url,
  frontViewUrl: row.front_view_url,
  sideViewUrl: row.side_view_url,
  backViewUrl: row.back_view_url,
  takeId: row.take_id,
  picked: row.picked,
});

export const toScreenplay = (row: ScreenplayRow, scenes: Scene[], characterSheets: CharacterSheet[]): Screenplay => ({
  id: row.id,
  taskId: row.task_id,
  userId: row.user_id,
  title: row.title,
  status: row.status,
  language: row.language,
  sceneSeconds: row.scene_seconds,
  referenceMediaIds: row.reference_media_ids,
  aspectRatio: row.aspect_ratio,
  style: row.style ?? undefined,
  costMicros: row.cost_micros,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  scenes,
  characterSheets,
});
