/**
 * The field's words, once.
 *
 * - **task**: what a user asked for and watches; **step**: one unit of generation work of a task.
 * - **screenplay**: the written film; **scene**: one shot of it; **character sheet**: one character seen from front, side and back.
 * - **take**: one generated picture, clip or film, never overwritten; a scene selects one picture take and one clip take.
 * - **clip**: the moving picture of one scene; **film**: all clips cut together.
 * - **turn**: the agent's answer to one message of a conversation, as work: a task of type `message` that no list shows.
 * - **fence**: the number a step's owner must show to write; it rises with every claim, so a late owner writes nothing.
 * - **lease**: a worker process's proof of life; **ledger**: the book of paid calls, written before they are made.
 */
export const taskTypes = ['screenplay', 'image', 'video', 'film'] as const;
export type TaskType = (typeof taskTypes)[number];
/** All that has steps: what users ask for, and the agent's turns. */
export type WorkType = TaskType | 'message';

export type TaskStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';

export const stepKinds = [
  'writeScreenplay',
  'drawCharacterSheet',
  'drawSceneImage',
  'drawImage',
  'shootSceneClip',
  'shootClip',
  'assembleFilm',
] as const;
export type StepKind = (typeof stepKinds)[number];
/** Every kind of step there is, those of the agent's turns included. */
export const workKinds = [...stepKinds, 'answerMessage'] as const;
export type WorkKind = (typeof workKinds)[number];

export type StepStatus =
  | 'blocked'
  | 'ready'
  | 'running'
  | 'waiting'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'dead'
  | 'needs_review';

/** The part of the work a step belongs to, as shown in progress. */
export type Stage = 'screenplay' | 'characters' | 'images' | 'clips' | 'film';

export const stageOf: Record<StepKind, Stage> = {
  writeScreenplay: 'screenplay',
  drawCharacterSheet: 'characters',
  drawSceneImage: 'images',
  drawImage: 'images',
  shootSceneClip: 'clips',
  shootClip: 'clips',
  assembleFilm: 'film',
};

export const stageOfWork = (kind: WorkKind): Stage | 'conversation' =>
  kind === 'answerMessage' ? 'conversation' : stageOf[kind];

export type AspectRatio = '16:9' | '9:16' | '1:1';
export type NarrationLanguage = 'zh' | 'en';

/** How the finished film is rendered. */
export interface RenderOptions {
  aspectRatio: AspectRatio;
}

/** What a screenplay is written from. `images` are the user's own media ids. */
export interface ScreenplayParams {
  prompt: string;
  images: string[];
  sceneCount: number;
  characterCount: number;
  sceneSeconds: 5 | 10 | 15;
  style?: string;
  language: NarrationLanguage;
}

/** A scene as the language model writes it and the database keeps it. */
export interface SceneDraft {
  /** 1-based, as shown. */
  sceneId: number;
  narration: string;
  imagePrompt: string;
  videoPrompt: string;
  characterDescription: string;
  /** Names out of the screenplay's characters: whom this scene waits for and is drawn with. */
  characters: string[];
}

export interface CharacterDraft {
  name: string;
  description: string;
}

export interface ScreenplayDraft {
  title: string;
  scenes: SceneDraft[];
  characters: CharacterDraft[];
}

/** The fixed English opening of every image prompt. */
export const imagePromptOpening = 'anime style, manga art, 2D animation, cel shaded';
