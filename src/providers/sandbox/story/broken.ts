import type { brokenScreenplays } from '../faults.ts';
import type { Screenplay } from './screenplay.ts';

type Defect = (typeof brokenScreenplays)[number];

const wrongTypes = ({ scenes, characters, ...rest }: Screenplay) => ({
  ...rest,
  script_title: 42,
  scenes: scenes.map((scene, index) => ({ ...scene, scene_id: `scene ${index + 1}`, narration: [scene.narration] })),
  characters: Object.fromEntries(characters.map((one) => [one.name, one.description])),
});

const wrongCount = (screenplay: Screenplay) => ({
  ...screenplay,
  scenes: screenplay.scenes.length > 1 ? screenplay.scenes.slice(0, -1) : [...screenplay.scenes, ...screenplay.scenes],
});

/** A screenplay spoiled the way language models spoil them. */
export function breakScreenplay(screenplay: Screenplay, defect: Defect): string {
  const text = JSON.stringify(screenplay, undefined, 2);
  const spoiled: Record<Defect, () => string> = {
    fenced: () => `\`\`\`json\n${text}\n\`\`\``,
    prose: () => `Of course! Here is the screenplay you asked for:\n\n${text}\n\nTell me if you want any changes.`,
    trailingComma: () => text.replaceAll(/"\n(\s*)\}/g, '",\n$1}').replaceAll(/\}\n(\s*)\]/g, '},\n$1]'),
    truncated: () => text.slice(0, Math.floor(text.length * 0.7)),
    wrongCount: () => JSON.stringify(wrongCount(screenplay), undefined, 2),
    wrongTypes: () => JSON.stringify(wrongTypes(screenplay), undefined, 2),
  };
  return spoiled[defect]();
}
