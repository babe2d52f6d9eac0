import type { AspectRatio, RenderOptions, ScreenplayParams, TaskType } from './glossary.ts';

/** What its paid calls may cost together, in micro-USD; the ledger holds it. */
export interface Capped {
  maxCost?: number;
}

/** In pixels, width by height. */
type PictureSize = '1536x864' | '864x1536' | '1024x1024';

/** What each type of task is asked with, every default filled in. All ids are the user's own. */
export type ImageParams = Capped &
  ({ prompt: string; size: PictureSize; references: string[] } | { sceneUuid: string } | { characterSheetId: string });

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

/** What a turn works on. The pictures are named here too, so that they cannot be deleted under it. */
export interface TurnParams {
  /** The person's message. */
  messageId: string;
  /** The id the answer will have. */
  answerId: string;
  images: string[];
  /** What the agent is told of the film that was looked at, as it stood then: asked again, it is asked the same. */
  seen?: string;
}

/** What each type of work is kept with, as it was ordered. */
export type WorkParamsOf = ParamsOf & { message: TurnParams };

/** The frame of each aspect ratio in pixels, for pictures and for the film. */
export const frameSizes: Record<AspectRatio, { picture: PictureSize; width: number; height: number }> = {
  '16:9': { picture: '1536x864', width: 1280, height: 720 },
  '9:16': { picture: '864x1536', width: 720, height: 1280 },
  '1:1': { picture: '1024x1024', width: 960, height: 960 },
};

export const sheetSize = frameSizes['16:9'].picture;
