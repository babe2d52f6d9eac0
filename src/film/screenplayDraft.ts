import type { CharacterDraft, NarrationLanguage, SceneDraft, ScreenplayDraft } from './glossary.ts';
import { shortened } from './narration.ts';
import { withOpening, withoutOpening } from './prompts.ts';
import { castOf, nameKey } from './screenplayCast.ts';
import { withLooks } from './screenplayLooks.ts';
import { screenplayBounds as bounds, type RawScene, type RawScreenplay } from './screenplayShape.ts';
import { clip, isVisible, oneLine } from './text.ts';

/** Turns an answer of the right shape into a draft, or says what in it cannot be used; faults are numbered as in the answer. */
export function draftOf(
  raw: RawScreenplay,
  language: NarrationLanguage,
  continues?: { from: number; characters: readonly CharacterDraft[] },
): { draft: ScreenplayDraft } | { faults: string[] } {
  const characters = continues ? [...continues.characters] : (raw.characters ?? []).map(toCharacter);
  const scenes = raw.scenes.map((scene, index) => toScene(scene, index, characters, language));
  const faults = [
    ...characterFaults(characters),
    ...scenes.flatMap((scene) => sceneFaults(scene, language, characters)),
  ];
  if (faults.length > 0) return { faults: faults.slice(0, 20) };
  const title = oneLine(raw.script_title ?? '', bounds.title);
  if (continues) return { draft: { title, scenes: scenes.map(numberedFrom(continues.from)), characters } };
  const [first, ...others] = scenes;
  const described = first ? [{ ...first, imagePrompt: withLooks(first.imagePrompt, characters) }, ...others] : [];
  return { draft: { title: isVisible(title) ? title : titleFrom(first), scenes: described, characters } };
}

const numberedFrom =
  (first: number) =>
  (scene: SceneDraft): SceneDraft => ({ ...scene, sceneId: scene.sceneId - 1 + first });

/** A film without a title is called by the beginning of its narration. */
const titleFrom = (first: SceneDraft | undefined): string =>
  clip(first?.narration.split(/[。！？.!?]/)[0] || first?.narration || 'Film', 60);

const toCharacter = ({ name, description }: CharacterDraft): CharacterDraft => ({
  name: oneLine(name.replaceAll(/[:：]/g, ' '), bounds.name),
  description: oneLine(description, bounds.description),
});

function toScene(
  raw: RawScene,
  index: number,
  characters: readonly CharacterDraft[],
  language: NarrationLanguage,
): SceneDraft {
  const scene = {
    sceneId: index + 1,
    narration: shortened(oneLine(raw.narration, bounds.narration), language),
    imagePrompt: oneLine(raw.image_prompt, bounds.prompt),
    videoPrompt: oneLine(raw.video_prompt, bounds.prompt),
    characterDescription: oneLine(raw.character_description ?? '', bounds.description),
  };
  const cast = castOf(raw.characters, Object.values(scene).join('\n'), characters);
  const looks = cast.map(({ name, description }) => `${name}: ${description}`).join('; ');
  return {
    ...scene,
    imagePrompt: isVisible(scene.imagePrompt) ? clip(withOpening(scene.imagePrompt), bounds.prompt) : '',
    characterDescription: scene.characterDescription || clip(looks, bounds.description),
    characters: cast.map(({ name }) => name),
  };
}

function characterFaults(characters: readonly CharacterDraft[]): string[] {
  const taken = new Set<string>();
  return characters.flatMap(({ name, description }, index) => {
    const faults = isVisible(name) ? [] : [`characters.${index}.name: is empty`];
    if (!isVisible(description)) faults.push(`characters.${index}.description: is empty`);
    if (taken.has(nameKey(name))) faults.push(`characters.${index}.name: another character has this name`);
    taken.add(nameKey(name));
    return faults;
  });
}

function sceneFaults(scene: SceneDraft, language: NarrationLanguage, characters: readonly CharacterDraft[]): string[] {
  const at = `scenes.${scene.sceneId - 1}`;
  const required = { narration: scene.narration, image_prompt: scene.imagePrompt, video_prompt: scene.videoPrompt };
  const empty = Object.entries(required).filter(([, text]) => !isVisible(text));
  const faults = empty.map(([field]) => `${at}.${field}: is empty`);
  if (!isIn(language, scene.narration)) {
    faults.push(`${at}.narration: must be in ${language === 'zh' ? 'Chinese' : 'English'}`);
  }
  const prompts = { image_prompt: withoutOpening(scene.imagePrompt), video_prompt: scene.videoPrompt };
  for (const [field, text] of Object.entries(prompts)) {
    const words = characters.reduce((rest, { name }) => (name ? rest.replaceAll(name, ' ') : rest), text);
    if (isVisible(text) && !isIn('en', words)) faults.push(`${at}.${field}: must be in English`);
  }
  return faults;
}

/** Chinese has Chinese characters in it; English is written in Latin letters for the most part. */
function isIn(language: NarrationLanguage, text: string): boolean {
  if (language === 'zh') return /\p{Script=Han}/u.test(text);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return latin > 0 && latin * 2 > letters;
}
