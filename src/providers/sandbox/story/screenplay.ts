import type { Brief } from './brief.ts';

export interface WrittenScene {
  scene_id: number;
  narration: string;
  image_prompt: string;
  video_prompt: string;
  character_description: string;
  characters: string[];
  image_url: null;
  video_url: null;
  status: 'pending';
}

/** A screenplay exactly in the document's format, plus the names of each scene's characters. */
export interface Screenplay {
  task_id: string;
  script_title: string;
  scenes: WrittenScene[];
  characters: { name: string; description: string }[];
}

export function writeScreenplay(brief: Brief): Screenplay {
  const characters = Array.from({ length: brief.characterCount }, (_, i) => ({
    name: ['Mimi', 'Koko', 'Taro', 'Luna', 'Nico', 'Pip', 'Sora', 'Bo'][i] ?? `Hero ${i}`,
    description: `a small orange cat with a blue scarf and green eyes`,
  }));
  const names = characters.map((one) => one.name);
  return {
    task_id: brief.taskId,
    script_title: brief.idea.slice(0, 20),
    scenes: Array.from({ length: brief.sceneCount }, (_, i) => ({
      scene_id: i + 1,
      narration: `${brief.idea.slice(0, 40)} (${i + 1})`,
      image_prompt: `anime style, manga art, 2D animation, cel shaded, wide shot, ${brief.idea.slice(0, 100)}`,
      video_prompt: 'slow zoom in',
      character_description: characters.map((one) => `${one.name}: ${one.description}`).join('; '),
      characters: names,
      image_url: null,
      video_url: null,
      status: 'pending',
    })),
    characters,
  };
}
