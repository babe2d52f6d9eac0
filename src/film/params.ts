import type { AspectRatio, RenderOptions, ScreenplayParams, TaskType } from './glossary.ts';

/** What its paid calls may cost together, in micro-USD; the ledger holds it. */
export interface Capped {
  maxCost?: number;
}

/** What each type of task is asked with, every default filled in. All ids are the user's own. */
export type ImageParams = Capped &
  ({ prompt: string; size: string; references: string[] } | { sceneUuid: string } | { characterSheetId: string });

export type VideoParams = Capped &
  ({ prompt: string; seconds: 5 | 10 | 15; firstFrame?: string; references: string[] } | { sceneUuid: string });

export type FilmParams = ({ screenplayId: string } | ScreenplayParams) & Capped & { render: RenderOptions };

export interface ParamsOf {
  screenplay: ScreenplayParams & Capped;
  image: ImageParams;
  video: VideoParams;
  film: FilmParams;
}

/** A task as it is asked for: the type decides the params. */
export type TaskOrder = { [Type in TaskType]: { type: Type; params: ParamsOf[Type] } }[TaskType];

/** The frame of each aspect ratio in pixels, for pictures and for the film. */
export const frameSizes: Record<AspectRatio, { picture: string; width: number; height: number }> = {
  '16:9': { picture: '1536x864', width: 1280, height: 720 },
  '9:16': { picture: '864x1536', width: 720, height: 1280 },
  '1:1': { picture: '1024x1024', width: 960, height: 960 },
};

export const sheetSize = frameSizes['16:9'].picture;
