import type { CharacterDraft } from '../../src/film/glossary.ts';

const opening = 'anime style, manga art, 2D animation, cel shaded';

export const cast: CharacterDraft[] = [
  { name: 'Mimi', description: 'a small orange kitten with green eyes and a red scarf' },
  { name: '阿宝', description: 'an old grey dog with a torn left ear and a brass bell' },
];

export interface AnswerScene {
  scene_id: unknown;
  narration: unknown;
  image_prompt: unknown;
  video_prompt: unknown;
  character_description: unknown;
  characters?: unknown;
  image_url: null;
  video_url: null;
  status: string;
}

/** A good answer in the document's shape. */
export function goodAnswer(sceneCount = 3) {
  const scenes = Array.from({ length: sceneCount }, (_, index): AnswerScene => {
    return {
      scene_id: index + 1,
      narration: `第${index + 1}天，Mimi望着远处的大海。`,
      image_prompt: `${opening}, Mimi on roof number ${index + 1} at dawn`,
      video_prompt: 'Mimi turns her head, slow push in',
      character_description: 'Mimi: orange kitten',
      characters: ['Mimi'],
      image_url: null,
      video_url: null,
      status: 'pending',
    };
  });
  return { task_id: 'one', script_title: '看海', scenes, characters: structuredClone(cast) };
}

export const expected = { sceneCount: 3, characterCount: 2, language: 'zh', complete: true } as const;
